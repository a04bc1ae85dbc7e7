"""How fast the desk is, and on what machine: `bin/bench`."""
