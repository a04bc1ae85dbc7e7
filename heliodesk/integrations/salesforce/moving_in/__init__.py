"""The whole export of a company brought in: people, directory, cases and their history (M1)."""
