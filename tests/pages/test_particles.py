"""Korean particles after a consonant, a vowel, a digit and the rest."""

from __future__ import annotations

import pytest

from negotiations.pages.particles import with_particle


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("서울", "은", "은"),
        ("관세", "은", "는"),
        ("안보", "이", "가"),
        ("워싱턴", "이", "이"),
        ("통화스와프", "을", "를"),
        ("쌀", "을", "을"),
        ("비자", "과", "와"),
        ("철강", "과", "과"),
        ("조선", "으로", "으로"),
        ("쌀", "으로", "로"),
        ("투자", "으로", "로"),
        ("제2", "이", "가"),
        ("제3", "이", "이"),
        ("제7", "으로", "로"),
        ("제3", "으로", "으로"),
        ("관세(자동차)", "은", "는"),
        ("도널드 트럼프(워싱턴)", "은", "는"),
        ("조현(서울)", "은", "은"),
        ("(서울)", "은", "은"),
        ("‘안보’", "은", "는"),
        ("OPCON", "은", "은(는)"),
        ("OPCON", "으로", "(으)로"),
        ("", "을", "을(를)"),
    ],
)
def test_particles(word: str, particle: str, expected: str) -> None:
    assert with_particle(word, particle) == expected
