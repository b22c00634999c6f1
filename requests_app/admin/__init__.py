"""The desk: Django's admin site with an own skin and own pages."""
