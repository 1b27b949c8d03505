"""The commands: words in, services called, words out; no rule lives here."""
