"""One module per file version, oldest first."""
