enum TerminalKitModule {}
