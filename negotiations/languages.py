"""Texts that are written in English, in Korean, or in both."""

from __future__ import annotations

from typing import Any

from negotiations.turning import unturned


def chosen(row: Any, field: str, language: str) -> tuple[str, str]:
    """The text of a field and its language: that one where it is written, else the other.

    `row` has `field`_en and `field`_ko, or one of them. Without characters that would turn around
    the words of ours that follow it.
    """
    other = "en" if language == "ko" else "ko"
    here = getattr(row, f"{field}_{language}", "")
    told = (here, language) if here else (getattr(row, f"{field}_{other}", ""), other)
    return unturned(told[0]), told[1]
