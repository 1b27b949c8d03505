"""Documents for people to read: a plain outline, and the tagged PDF made from it."""
