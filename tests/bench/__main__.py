"""`make bench`: measures, prints, and writes the table that the README quotes.

Knobs come from the environment: SIZES, WORKS, PEERS (by comma), ROUNDS, COUNT (different questions
a work), QUICK=1 (two minutes on the small record), README=1 (write the table into README.md).
Words after the program: `load SIZE…` only makes records, `drop [SIZE…]` throws them away, `hold`
keeps their server running.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import asdict

from tests.bench.databases import SIZES, Bench, ensure
from tracker.local_place import data_folder


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
            signal.pause()
        case []:
            _measure(bench, os.environ)
        case _:
            sys.exit(__doc__)


def _measure(bench: Bench, environ: Mapping[str, str]) -> None:
    # The questions are made with the product's own words, which takes its settings.
    os.environ["DATABASE_URL"], os.environ["BROKER_URL"] = bench.url("bench_10k"), bench.broker
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    import django

    django.setup()
    from tests.bench import report
    from tests.bench.running import WORKS, run
    from tests.bench.servers import NAMES

    quick = environ.get("QUICK") == "1"
    sizes = _words(environ, "SIZES", ["10k"] if quick else list(SIZES))
    rounds = int(environ.get("ROUNDS", "2" if quick else "7"))
    count = int(environ.get("COUNT", "12" if quick else "48"))
    few = [work for work in WORKS if work not in {"W7", "W9"}]
    works = _words(environ, "WORKS", few if quick else list(WORKS))
    found = []
    for size in sizes:
        # What is copied is compared where that is bearable, and what is a hundred thousand
        # statements on any record, on that of a hundred thousand.
        peers = _words(environ, "PEERS", [n for n in NAMES if (size, n) != ("1m", "datasette")])
        named = size == "100k" or "WORKS" in environ
        wanted = [w for w in works if named or w not in {"W7", "W9"}]
        found.append(run(bench, size, works=wanted, peers=peers, rounds=rounds, count=count,
                         say=lambda text: print(text, flush=True)))  # fmt: skip
        text = report.table(found, rounds=rounds)
    print(text)
    (data_folder(os.environ) / "bench" / "found.json").write_text(
        json.dumps([asdict(one) for one in found])
    )
    if any(one.failed for one in found):
        sys.exit("A server answered wrongly; see above")
    if environ.get("README") == "1":
        report.write_readme(text)


def _words(environ: Mapping[str, str], name: str, usual: list[str]) -> list[str]:
    asked = environ.get(name, "")
    return [word.strip() for word in asked.split(",") if word.strip()] or usual


if __name__ == "__main__":
    main(sys.argv[1:])
