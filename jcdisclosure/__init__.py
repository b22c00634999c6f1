"""The project around the application: settings, queue, addresses, logging."""

# Imported so that tasks find this Celery application in every process, also in the web server.
from jcdisclosure.celery import app as celery_app

__all__ = ["celery_app"]
