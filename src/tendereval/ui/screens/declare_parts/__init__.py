"""Parts of the Declare screen."""
