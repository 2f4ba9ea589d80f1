enum ServicesModule {}
