"""The tests; their paths mirror the code."""
