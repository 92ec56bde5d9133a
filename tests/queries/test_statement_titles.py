"""What a statement is called where it stands alone."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from negotiations.queries.statement_titles import statement_title

SWAP = SimpleNamespace(title_en="Currency swap", title_ko="통화스와프")
VISAS = SimpleNamespace(title_en="Visas", title_ko="")


def _named(en: str, ko: str, *, office: str = "") -> Any:
    return SimpleNamespace(name_en=en, name_ko=ko, office_en=office, office_ko="")


@pytest.mark.parametrize(
    ("speaker", "tracks", "said_on", "en", "ko"),
    [
        (_named("Cho Hyun", "조현"), (SWAP, VISAS), "2025-10-01",
         "Cho Hyun on Currency swap, 1 October 2025", "조현 – 통화스와프, 2025년 10월 1일"),
        (_named("", "", office="Ministry"), (VISAS,), "2025-10~",
         "Ministry on Visas, about October 2025", "Ministry – Visas, 2025년 10월경"),
        (_named("Cho Hyun", "조현"), (), "2025", "Cho Hyun, 2025", "조현, 2025년"),
    ],
)  # fmt: skip
def test_title(speaker: Any, tracks: Any, said_on: str, en: str, ko: str) -> None:
    said: Any = SimpleNamespace(speaker=speaker, tracks=tracks, said_on=said_on)
    assert [statement_title(said, language=language) for language in ("en", "ko")] == [en, ko]
