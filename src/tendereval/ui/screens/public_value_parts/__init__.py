"""Parts of the Public value screen."""
