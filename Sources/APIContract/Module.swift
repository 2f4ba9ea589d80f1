enum APIContractModule {}
