enum OptimizerModule {}
