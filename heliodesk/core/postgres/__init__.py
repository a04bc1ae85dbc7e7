"""Django's PostgreSQL engine, with moments read in a tenth of the time."""
