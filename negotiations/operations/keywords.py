"""The words by which a text is proposed for a track: configuration, so no entry in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import transaction

from negotiations.desk_words import Role
from negotiations.models import Keyword, Negotiation, Person, Track
from negotiations.operations import lookups
from negotiations.operations.permissions import Actor, require
from negotiations.operations.texts import clean
from negotiations.recognition import WordList, words_digest
from negotiations.refusals import Refusal

MOST_WORDS, LONGEST = 100, 120


def seed_keywords(*, by: Actor, track: str, words: Iterable[str]) -> None:
    """Give a track (`negotiation/track`) its first words. Raises as `set_keywords`."""
    of = lookups.track(track)
    require(by, Role.OFFICER).within([of.negotiation_id])
    _keep(of, _read(words))


def set_keywords(
    *, by: Actor, negotiation: str, words: Mapping[str, Iterable[str]], seen: str
) -> None:
    """Make these the words of the tracks of a negotiation, by slug; tracks left out keep theirs.

    Empty words are passed over, equal ones kept once. `seen` is the digest of the words that were
    seen. Raises Refusal `not_allowed`, `no_such_row`, `bad_text`, `too_long`, `too_many_words`,
    and `words_changed` where they are others by now.
    """
    of = lookups.negotiation(negotiation)
    require(by, Role.OFFICER).within([of.pk])
    kept = {lookups.track(f"{negotiation}/{slug}"): _read(some) for slug, some in words.items()}
    with transaction.atomic():
        Negotiation.objects.select_for_update(no_key=True).get(pk=of.pk)
        if words_digest(_listed(of)) != seen:
            raise Refusal("words_changed", at="/words")
        for track, some in kept.items():
            _keep(track, some)


def _read(words: Iterable[str]) -> list[str]:
    kept = list(dict.fromkeys(filter(None, (" ".join(clean(word).split()) for word in words))))
    if len(kept) > MOST_WORDS:
        raise Refusal("too_many_words", at="/words", most=MOST_WORDS)
    if any(len(word) > LONGEST for word in kept):
        raise Refusal("too_long", at="/words", name="words", most=LONGEST)
    return kept


def _keep(track: Track, words: list[str]) -> None:
    Keyword.objects.filter(track=track).exclude(word__in=words).delete()
    Keyword.objects.bulk_create(
        (Keyword(track=track, word=word) for word in words), ignore_conflicts=True
    )


def _listed(negotiation: Negotiation) -> list[tuple[str, str]]:
    rows = Keyword.objects.filter(track__negotiation=negotiation)
    return list(rows.values_list("track__slug", "word"))


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
