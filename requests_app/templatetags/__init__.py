"""Words and filters for templates."""
