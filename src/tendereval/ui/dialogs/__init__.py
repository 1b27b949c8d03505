"""The few windows that ask: files, and what cannot be undone."""
