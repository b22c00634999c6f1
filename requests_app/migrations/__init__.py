"""The history of the schema: named, linear, one idea each."""
