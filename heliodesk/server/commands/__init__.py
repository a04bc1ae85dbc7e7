"""The commands, a module each: NAME, HELP, `arguments(parser)` and `run(options)`, which returns
the exit code. A new module is a new command."""
