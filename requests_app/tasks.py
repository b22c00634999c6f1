"""Celery's side of the jobs: each task takes ids and makes one service call."""
