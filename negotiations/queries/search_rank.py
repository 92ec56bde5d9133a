"""The most relevant rows first: a bounded number of candidates, ranked, in pages that stay."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import connection

from negotiations.queries.cursors import read_cursor, write_cursor
from negotiations.queries.search_rows import Wanted, newest

# Never more rows are ranked for one answer, however frequent the words: the newest ones.
RANKED = 500
_KINDS = (int, int, int)


def page_by_rank(
    wanted: Wanted, *, name: str, limit: int, cursor: str | None
) -> tuple[list[int], str | None]:
    """One page of ids, most relevant first, newest first among equals; then the next cursor.

    The cursor holds how far the record went when the first page was asked, so that what is
    published meanwhile moves nothing. Refuses `bad_cursor`.
    """
    place = None
    if cursor is not None:
        score, number, until = read_cursor(cursor, name=name, kinds=_KINDS)
        place, wanted = (-score, -number), replace(wanted, newest=until)
    rows = newest(wanted, after=None, need=RANKED)
    scores = _scores(wanted, [pk for pk, _ in rows])
    ranked = sorted(((-scores[pk], -key[2]), pk, key[2]) for pk, key in rows)
    until = wanted.newest or max((key[2] for _, key in rows), default=0)
    left = [row for row in ranked if place is None or row[0] > place]
    following = None
    if len(left) > limit:
        (score, _), _, number = left[limit - 1]
        following = write_cursor(name=name, key=(-score, number, until))
    return [pk for _, pk, _ in left[:limit]], following


def _scores(wanted: Wanted, ids: list[int]) -> dict[int, int]:
    """How well each row fits the words, in millionths (ts_rank: how often, and where they stand).

    What is quoted or paraphrased weighs ten times what is said beside it.
    """
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT object_id, round(1000000 * ts_rank(words, %s::tsquery))::int "
            "FROM negotiations_searchable WHERE noun = %s AND object_id = ANY(%s)",
            [wanted.words, wanted.noun, ids],
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return dict(rows)
