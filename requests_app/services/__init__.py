"""The only writers: lock, load facts, check, write, event, refresh, queue on commit."""
