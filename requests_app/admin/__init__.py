"""The desk: what staff see and do. Each page asks selectors, each act makes one service call."""

from requests_app.admin import setup

__all__ = ["setup"]
