"""Who asked and who is told: the command line and the GitHub side."""
