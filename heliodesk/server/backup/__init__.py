"""The whole desk in one archive, and back (docs/decisions/backup.md)."""
