"""One file for each command; each makes one service call."""
