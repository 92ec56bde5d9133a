"""What each party's account of one meeting says on a topic, or leaves out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from negotiations.models.evidenced import Evidenced, ahead, known, newest
from negotiations.models.fields import word, word_check
from negotiations.models.triggers import ACCOUNT_CONTRADICTS
from negotiations.vocabulary import AccountBearing

_TELLS, _OMITS = AccountBearing.TELLS.value, AccountBearing.OMITS.value


class Account(Evidenced):
    """One party's account of one meeting, on one topic; its latest row there counts.

    `meeting` is the slug of a milestone of kind meeting in the track's negotiation; rows of one
    meeting that share `topic` are one line of the comparison. `effective_on` is the day of the
    account. `contradicts` is an officer's judgement on the account of another party.
    """

    track = models.ForeignKey("negotiations.Track", models.PROTECT, related_name="+")
    meeting = models.SlugField(max_length=80)
    topic = models.SlugField(max_length=80)
    topic_en = models.CharField(max_length=120)
    topic_ko = models.CharField(max_length=120)
    according_to = models.ForeignKey("negotiations.Party", models.PROTECT, related_name="+")
    bearing = word(AccountBearing)
    text_en = models.CharField(max_length=300, blank=True, default="")
    text_ko = models.CharField(max_length=300, blank=True, default="")
    contradicts = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    class Meta(Evidenced.Meta):
        triggers = [*Evidenced.Meta.triggers, ACCOUNT_CONTRADICTS]
        constraints = [
            *Evidenced.Meta.constraints,
            word_check("bearing", "bearing", AccountBearing),
            # What is left out has no words and speaks against nobody's.
            models.CheckConstraint(
                name="account_tells_or_omits",
                condition=Q(bearing=_TELLS) & (~Q(text_en="") | ~Q(text_ko=""))
                | Q(bearing=_OMITS, text_en="", text_ko="", contradicts__isnull=True),
            ),
        ]
        indexes = [
            *Evidenced.Meta.indexes,
            newest("latest", "meeting", "topic", "according_to"),
            newest("newest", "track"),
            known("known", "track"),
            ahead("ahead", "track"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} {self.topic}"
