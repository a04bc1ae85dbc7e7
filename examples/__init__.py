"""Programs that show how others speak with the desk. Nothing in the desk needs them."""
