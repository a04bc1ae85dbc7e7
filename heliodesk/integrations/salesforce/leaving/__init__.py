"""Moving out: everything as CSV files in the shape that the import reads."""
