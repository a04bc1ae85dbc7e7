"""Between granian's own interface (RSGI) and Django: requests read, answers given."""
