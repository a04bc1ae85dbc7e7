"""PostgreSQL as the desk brings it along (docs/decisions/embedded-postgres.md)."""
