enum SheetsModule {}
