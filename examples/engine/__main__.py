"""`python -m examples.engine`: serve an example Engine until it is stopped."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path

from examples.engine.server import EngineServer
from examples.engine.store import Store


def main() -> None:
    """Serve."""
    parser = argparse.ArgumentParser(prog="python -m examples.engine", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8100)
    parser.add_argument("--store", type=Path, default=Path("engine.sqlite3"), help="its file")
    parser.add_argument("--jobs", type=Path, help="a JSON file of jobs, read when there are none")
    parser.add_argument(
        "--token",
        default=os.environ.get("ENGINE_TOKEN", ""),
        help="what callers have to send (ENGINE_TOKEN)",
    )
    options = parser.parse_args()
    if not options.token:
        parser.error("give a token, by --token or ENGINE_TOKEN")
    store = Store(options.store)
    if options.jobs:
        store.fill(options.jobs)
    server = EngineServer(options.host, options.port, store=store, token=options.token)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
