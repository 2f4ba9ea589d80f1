enum SchedulingModule {}
