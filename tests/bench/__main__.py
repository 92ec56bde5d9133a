"""`python -m tests.bench …`: `load SIZE` makes a record, `drop` clears away."""

from __future__ import annotations

import sys

from tests.bench.databases import Bench, ensure


def main(words: list[str]) -> None:
    """Do what is asked."""
    bench = Bench()
    match words:
        case ["load", *sizes]:
            for size in sizes:
                print(f"DATABASE_URL={bench.url(ensure(bench, size))}")
        case ["drop", *sizes]:
            for name in [f"bench_{size}" for size in sizes] or bench.names():
                bench.drop(name)
        case ["hold"]:
            print("Holding the server; Ctrl-C ends it", flush=True)
            import signal

            signal.pause()


if __name__ == "__main__":
    main(sys.argv[1:])
