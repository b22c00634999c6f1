"""The project around the application: settings, queue, addresses, logging."""
