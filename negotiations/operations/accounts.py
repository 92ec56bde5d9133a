"""Accounts: what a party's account of one meeting says on a topic, or leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from negotiations.desk_words import Role
from negotiations.models import Account, Milestone, Snapshot, Statement
from negotiations.operations import evidence
from negotiations.operations.drafting import Place, drafted, new_draft
from negotiations.operations.lookups import find, party, word
from negotiations.operations.lookups import track as find_track
from negotiations.operations.operation import Act, operation
from negotiations.operations.permissions import Actor
from negotiations.operations.texts import clean
from negotiations.refusals import Refusal
from negotiations.vocabulary import AccountBearing, MilestoneKind, Tier


@operation(needs=Role.OFFICER)
def draft_account(
    *,
    by: Actor,
    now: datetime,
    track: str,
    meeting: str,
    topic: str,
    topic_en: str,
    topic_ko: str,
    according_to: str,
    effective_on: str,
    basis: Sequence[int],
    bearing: str = "tells",
    text_en: str = "",
    text_ko: str = "",
    contradicts: int | None = None,
    note_en: str = "",
    note_ko: str = "",
    supersedes: int | None = None,
    correction_reason: str = "",
    amends: int | None = None,
    version: int | None = None,
) -> Act:
    """Draft what `according_to` (a party's code) says of a meeting on one topic, on its track.

    `meeting` is the slug of a milestone of kind meeting; `effective_on` the day of the account.
    An account that `tells` has words of ours; one that `omits` has none, and rests first on a
    document of that party which can be read whole: a primary text, or one whose text is kept.
    `contradicts` is the id of another party's account of that meeting and topic. Raises Refusal
    `no_such_meeting`, `tells_or_omits`, `not_their_words`, `account_not_read`,
    `not_the_other_account`, `unreliable_alone`, `no_basis` and those of dates, words and names.
    """
    read = evidence.read_evidence(
        effective_on=effective_on, basis=basis, note_en=note_en, note_ko=note_ko
    )
    row = Account(
        track=find_track(track),
        meeting=clean(meeting, at="/meeting"),
        topic=clean(topic, at="/topic"),
        topic_en=clean(topic_en, at="/topic_en"),
        topic_ko=clean(topic_ko, at="/topic_ko"),
        according_to=party(according_to),
        bearing=word("account_bearing", bearing),
        text_en=clean(text_en, at="/text_en"),
        text_ko=clean(text_ko, at="/text_ko"),
    )
    row.contradicts = _other(row, contradicts)
    _check_words(row)
    _check_meeting(row, Milestone.objects.all())
    _check_read(row, read.basis[0])
    own = ("track", "meeting", "topic", "topic_en", "topic_ko", "according_to", "bearing")
    words = ("text_en", "text_ko", "contradicts")
    return drafted(
        new_draft(
            Account,
            by=by,
            now=now,
            place=Place(supersedes, correction_reason, amends, version),
            values={**read.values, **{name: getattr(row, name) for name in (*own, *words)}},
            links=read.links,
        )
    )


def recheck(row: Account) -> None:
    """Keep the rules once more at publication, now that all it names must be published."""
    _check_meeting(row, Milestone.objects.filter(published_at__isnull=False))
    _check_read(row, row.basis)
    other = row.contradicts
    if other is None:
        return
    if other.published_at is None:
        raise Refusal("unpublished_evidence", noun="account", id=other.pk)
    evidence.check_standing([other])


def _other(row: Account, id: int | None) -> Account | None:
    """The account that this one contradicts; it is of this negotiation, or it is not there."""
    if id is None:
        return None
    here = Account.objects.filter(track__negotiation=row.track.negotiation_id)
    other = find(here, id, pk=id)
    fits = (
        row.bearing == other.bearing == AccountBearing.TELLS
        and (other.meeting, other.topic) == (row.meeting, row.topic)
        and other.according_to_id != row.according_to_id
    )
    if not fits:
        raise Refusal("not_the_other_account", at="/contradicts")
    return other


def _check_words(row: Account) -> None:
    tells = row.bearing == AccountBearing.TELLS
    if tells != bool(row.text_en or row.text_ko):
        raise Refusal("tells_or_omits", at="/text_en")


def _check_meeting(row: Account, rows: QuerySet[Milestone]) -> None:
    """Refusal `no_such_meeting` unless one of these rows is of the meeting and stands."""
    found = rows.filter(
        negotiation=row.track.negotiation_id,
        slug=row.meeting,
        kind=MilestoneKind.MEETING.value,
        withdrawn=False,
        superseded_by__isnull=True,
    )
    if not found.exists():
        raise Refusal("no_such_meeting", at="/meeting", meeting=row.meeting)


def _check_read(row: Account, first: Statement) -> None:
    """Refusal `not_their_words`: one party's text says nothing of what another leaves out; and
    `account_not_read`: nobody can confirm the silence of a text that is not at hand.
    """
    if row.bearing != AccountBearing.OMITS:
        return
    if not first.parties.filter(pk=row.according_to_id).exists():
        raise Refusal("not_their_words", at="/basis")
    source = first.source
    if source.publisher.tier == Tier.PRIMARY_TEXT.value:
        return
    if not Snapshot.objects.filter(source__chain=source.chain).exists():
        raise Refusal("account_not_read", at="/basis")
