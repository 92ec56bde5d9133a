"""Finding in few queries what thousands of lines of a batch may each name another of.

Whatever is not found here is looked for by its own name when its line is read, which tells the line
what is wrong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from negotiations.models import Office, Party, Person, Snapshot, Source, Statement, Track
from negotiations.operations.finders import Finders
from negotiations.operations.lookups import office, party, person, track
from negotiations.operations.statement_lookups import (
    KeptText,
    kept_text,
    optional_statement,
    source_of,
    utterance,
)
from negotiations.operations.texts import Searched

Lines = Sequence[Mapping[str, Any]]


def find_for_all(finders: Finders, lines: Lines) -> None:
    """What all lines name, but for texts."""
    people = Person.objects.only("slug").filter(slug__in=_texts(lines, "speaker"))
    finders.know(person, ((row.slug, row) for row in people))
    offices = Office.objects.only("slug").filter(slug__in=_texts(lines, "office_held"))
    finders.know(office, ((row.slug, row) for row in offices))
    codes = _texts(lines, "parties_for") | _texts(lines, "about")
    finders.know(party, ((row.code, row) for row in Party.objects.filter(code__in=codes)))
    finders.know(track, _tracks(_texts(lines, "tracks")))
    sources = Source.objects.only("chain", "published_at")
    finders.know(source_of, sources.in_bulk(_ids(lines, "source")).items())
    others = Statement.objects.in_bulk(_ids(lines, "repeats") | _ids(lines, "translates"))
    finders.know(optional_statement, others.items())
    firsts = {id: row for id, row in others.items() if row.repeats_id is None}
    finders.know(utterance, firsts.items())


def find_texts(finders: Finders, lines: Lines) -> None:
    """The kept text of each source that a line quotes."""
    quoting = [line for line in lines if line.get("quotation")]
    sources = finders.known(source_of, _ids(quoting, "source"))
    finders.know(kept_text, _kept_texts(sources))


def _tracks(paths: Collection[str]) -> Iterator[tuple[str, Track]]:
    slugs = {path.partition("/")[2] for path in paths}
    for row in Track.objects.select_related("negotiation").filter(slug__in=slugs):
        yield f"{row.negotiation.slug}/{row.slug}", row


def _kept_texts(sources: Collection[Source]) -> Iterator[tuple[Source, KeptText | None]]:
    """The text of each source, as `kept_text` finds that of one."""
    rows = Snapshot.objects.filter(source__chain__in={source.chain for source in sources})
    newest_first = rows.order_by("-captured_at", "-id").values_list(
        "source__chain", "source_id", "source__published_at", "pk", "text"
    )
    by_chain = defaultdict(list)
    for chain, *kept in newest_first:
        by_chain[chain].append(kept)
    for one in sources:
        own = (
            KeptText(snapshot=id, searched=Searched(text))
            for source, published_at, id, text in by_chain[one.chain]
            if source == one.pk or published_at
        )
        yield one, next(own, None)


def _texts(lines: Lines, name: str) -> set[str]:
    """The texts that lines give under this name, alone or in a list, as far as they can be kept."""
    found: set[str] = set()
    for line in lines:
        given = line.get(name)
        each = given if isinstance(given, list | tuple) else (given,)
        found.update(text for text in each if isinstance(text, str) and text.isprintable())
    return found


def _ids(lines: Lines, name: str) -> set[int]:
    return {id for line in lines if type(id := line.get(name)) is int and abs(id) < 2**63}
