enum ForecastingModule {}
