"""Questions to the database. Nothing here writes."""
