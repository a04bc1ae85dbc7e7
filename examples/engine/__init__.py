"""An Engine to try the desk with: the contract of docs/engine.md in plain Python.

`store` keeps jobs and feeds in SQLite, `contract` answers by the contract, `pages` shows the feeds
to people, and `server` puts both behind one port.
"""
