"""The sheet that a picture over time is drawn on: how large its parts are, and its letters.

All lengths are in SVG units, one to a CSS pixel. The style sheet repeats WIDTH, HEAD and PITCH.
On phones the first twenty of each lane hold its name.
"""

from __future__ import annotations

import unicodedata

from negotiations.vocabulary import LADDER, OFF_LADDER, Stage

# The lanes are this wide; no further right than NOW_AT stands the day asked about: after it, each
# lane says where it is then.
WIDTH, NOW_AT = 928, 800
# The axis stands in HEAD; a lane is PITCH high, and its bands stand on BASELINE.
HEAD, PITCH, BASELINE = 36, 68, 50
_RUNG = 2.7
_LETTER = 6.3


def height_of(stage: str) -> float:
    """How high a stage is drawn: the further up the ladder, the higher."""
    if stage in OFF_LADDER:
        return 20.0
    return round(4 + _RUNG * (LADDER.index(Stage(stage)) + 1), 1)


def length(words: str) -> float:
    """About how long words are at the size of lane labels."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in words)
    return _LETTER * (len(words) + 0.9 * wide)


def in_lines(words: str, width: float, *, most: int) -> list[str]:
    """Words broken into lines of about that width; what is too much ends in an ellipsis."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and length(longer) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    kept = [_cut(line, width) for line in lines[:most]]
    return [*kept[:-1], f"{kept[-1].removesuffix('…')}…"] if len(lines) > most else kept


def _cut(line: str, width: float) -> str:
    if length(line) <= width:
        return line
    while line and length(f"{line}…") > width:
        line = line[:-1]
    return f"{line}…"
