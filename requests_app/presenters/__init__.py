"""Domain objects as pages show them: words, colours, order."""
