"""The sheet that a picture over time is drawn on: how large its parts are, and its letters.

All lengths are in SVG units, one to a CSS pixel. The style sheet repeats WIDTH, HEAD and PITCH.
On phones the first twenty of each lane hold its name.
"""

from __future__ import annotations

from negotiations.vocabulary import LADDER, OFF_LADDER, Stage

# The lanes are this wide; no further right than NOW_AT stands the day asked about: after it, each
# lane says where it is then.
WIDTH, NOW_AT = 928, 800
# The axis stands in HEAD; a lane is PITCH high, and its bands stand on BASELINE.
HEAD, PITCH, BASELINE = 36, 68, 50
_RUNG = 2.7
# An average letter of the labels of lanes, for `lettering.py`.
LETTER = 6.3


def height_of(stage: str) -> float:
    """How high a stage is drawn: the further up the ladder, the higher."""
    if stage in OFF_LADDER:
        return 20.0
    return round(4 + _RUNG * (LADDER.index(Stage(stage)) + 1), 1)
