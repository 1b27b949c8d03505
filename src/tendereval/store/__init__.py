"""One tender in one SQLite file; rows never leave this package, only frozen domain values."""
