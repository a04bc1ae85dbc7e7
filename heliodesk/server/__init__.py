"""The house around the desk: its database, its environment, its command line."""
