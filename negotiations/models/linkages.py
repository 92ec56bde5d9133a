"""How tracks are tied to each other, in somebody's words."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.models.evidenced import Evidenced, ahead, known, newest
from negotiations.models.fields import word, word_check
from negotiations.vocabulary import LinkageKind, LinkageStanding


class Linkage(Evidenced):
    """From a day on one track is tied to another; each voice's latest word about a pair counts."""

    from_track = models.ForeignKey("negotiations.Track", models.PROTECT, related_name="+")
    to_track = models.ForeignKey("negotiations.Track", models.PROTECT, related_name="+")
    according_to = models.ForeignKey(
        "negotiations.Party", models.PROTECT, null=True, related_name="+"
    )
    kind = word(LinkageKind)
    standing = word(LinkageStanding)

    class Meta(Evidenced.Meta):
        constraints = [
            *Evidenced.Meta.constraints,
            word_check("kind", "kind", LinkageKind),
            word_check("standing", "standing", LinkageStanding),
            models.CheckConstraint(
                name="linkage_two_tracks", condition=~Q(from_track=F("to_track"))
            ),
        ]
        indexes = [
            *Evidenced.Meta.indexes,
            newest("from_newest", "from_track"),
            newest("to_newest", "to_track"),
            newest("latest", "from_track", "to_track", "according_to"),
            known("from_known", "from_track"),
            known("to_known", "to_track"),
            ahead("from_ahead", "from_track"),
            ahead("to_ahead", "to_track"),
        ]

    def __str__(self) -> str:
        return f"{self.from_track_id} {self.kind} {self.to_track_id}"
