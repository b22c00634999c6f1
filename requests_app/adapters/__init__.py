"""The outside world, one file for each library or machine."""
