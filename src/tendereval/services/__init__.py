"""What people do with a tender, one function each; the only way to change a file."""
