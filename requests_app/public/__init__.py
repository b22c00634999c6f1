"""The citizen's side: addresses, views and forms; each makes one service call."""
