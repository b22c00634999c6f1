"""Forms of the citizen's side: they read and repeat what was typed; what is right is for the services."""
