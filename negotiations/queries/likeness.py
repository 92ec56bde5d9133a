"""Sources whose text is nearly the one at hand: the same story at another address."""

from __future__ import annotations

from negotiations.desk_words import Role
from negotiations.likeness import bands_of, distance, probes
from negotiations.models import Fingerprint, Snapshot
from negotiations.queries.captures import source_told
from negotiations.queries.seats import Seat
from negotiations.queries.shapes.captures import SimilarText

SIMILAR = 80.0
# So many with a band in common are weighed by their bits, and so many of these letter by letter.
_WEIGHED, _COMPARED, _LETTERS = 2000, 10, 20_000


def similar_texts(text: str, *, seat: Seat, limit: int = 5) -> tuple[SimilarText, ...]:
    """Sources with a text of which at least four fifths are the same, the most similar first.

    Two SQL queries. Drafts are told to officers only. Found for certain are texts whose SimHash
    differs in at most eleven of its 64 bits: a reprint with a few words changed or added.
    """
    # Read when first needed: it makes a table of all letters, which takes a tenth of a second.
    from rapidfuzz.fuzz import ratio

    bands = bands_of(text)
    near = Fingerprint.objects.filter(bands__overlap=probes(bands)).order_by("-pk")
    if not seat.may(Role.OFFICER):
        near = near.filter(snapshot__source__published_at__isnull=False)
    pairs = near.values_list("snapshot", "bands")[:_WEIGHED]
    nearest = sorted(pairs, key=lambda pair: distance(bands, pair[1]))[:_COMPARED]
    snapshots = Snapshot.objects.select_related("source").in_bulk([pk for pk, _ in nearest])
    best: dict[int, SimilarText] = {}
    for snapshot in snapshots.values():
        score = ratio(_level(text), _level(snapshot.text), score_cutoff=SIMILAR)
        known = best.get(snapshot.source_id)
        if score and (known is None or known.similarity < score / 100):
            source = source_told(snapshot.source)
            best[source.id] = SimilarText(source=source, similarity=round(score / 100, 3))
    ranked = sorted(best.values(), key=lambda one: (-one.similarity, one.source.id))
    return tuple(ranked[:limit])


def _level(text: str) -> str:
    return " ".join(text[:_LETTERS].casefold().split())
