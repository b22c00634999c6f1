"""Answering requests for government information, from filing to archive."""
