"""The demo company: invented people, homes and installers, and a year of support work."""
