"""The words by which a text is proposed for a track: configuration, so no entry in the ledger."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from negotiations.desk_words import Role
from negotiations.models import Keyword, Negotiation, Person, Track
from negotiations.operations import lookups
from negotiations.operations.permissions import Actor, require
from negotiations.operations.texts import clean
from negotiations.recognition import WordList
from negotiations.refusals import Refusal

MOST_WORDS, LONGEST = 100, 120


def set_keywords(*, by: Actor, track: str, words: Iterable[str]) -> int:
    """Make these the words of a track (`negotiation/track`); how many there are now.

    Empty ones are passed over, equal ones kept once. Raises Refusal `not_allowed`, `no_such_row`,
    `bad_text`, `too_long`, `too_many_words`.
    """
    of = lookups.track(track)
    require(by, Role.OFFICER).within([of.negotiation_id])
    kept = list(dict.fromkeys(filter(None, (" ".join(clean(w).split()) for w in words))))
    if len(kept) > MOST_WORDS:
        raise Refusal("too_many_words", at="/words", most=MOST_WORDS)
    if any(len(word) > LONGEST for word in kept):
        raise Refusal("too_long", at="/words", name="words", most=LONGEST)
    with transaction.atomic():
        Track.objects.select_for_update(no_key=True).get(pk=of.pk)
        Keyword.objects.filter(track=of).exclude(word__in=kept).delete()
        Keyword.objects.bulk_create(
            (Keyword(track=of, word=word) for word in kept), ignore_conflicts=True
        )
    return len(kept)


def track_words(negotiation: Negotiation) -> WordList:
    """What is looked for to propose tracks of a negotiation, by slug. One SQL query."""
    words: dict[str, list[str]] = {}
    rows = Keyword.objects.filter(track__negotiation=negotiation)
    for slug, word in rows.order_by("track__position", "pk").values_list("track__slug", "word"):
        words.setdefault(slug, []).append(word)
    return WordList(words)


def names_of_people() -> WordList:
    """What people are recognised by, by slug: names in both languages, aliases. One SQL query."""
    rows = Person.objects.order_by("pk").values_list("slug", "name_en", "name_ko", "aliases")
    return WordList({slug: [en, ko, *aliases] for slug, en, ko, aliases in rows})
