"""Near-identical texts nearly share 64 bits."""

from __future__ import annotations

import random

import pytest

from negotiations.likeness import (
    FOUND_WITHIN,
    bands_of,
    distance,
    probes,
    shingles,
    simhash,
)

_WORDS = [f"word{n}" for n in range(2000)]
_SYLLABLES = [chr(0xAC00 + n) for n in range(0, 11172, 7)]


def _text(seed: int, *, korean: bool = False, words: int = 400) -> list[str]:
    chosen = random.Random(seed)
    if korean:
        return ["".join(chosen.choices(_SYLLABLES, k=3)) for _ in range(words)]
    return chosen.choices(_WORDS, k=words)


def _apart(one: list[str], other: list[str]) -> int:
    return distance(bands_of(" ".join(one)), bands_of(" ".join(other)))


def test_the_number_of_a_text_never_changes() -> None:
    assert simhash("The minister said that they are close.") == 0x04943EDB0CABA506
    assert simhash("장관은 협상이 거의 끝났다고 말했다.") == 0x8EF68BFFEE9E15DF
    assert simhash("") == simhash(" \n.,") == 0


def test_bands_carry_their_place_and_make_up_the_number() -> None:
    bands = bands_of("The minister said that they are close.")
    assert [band >> 16 for band in bands] == [0, 1, 2, 3]
    number = sum((band & 0xFFFF) << 16 * place for place, band in enumerate(bands))
    assert number == simhash("The minister said that they are close.")


def test_what_does_not_bear_on_words_does_not_bear_on_the_number() -> None:
    plain = "We are close to a deal, he said."
    assert simhash(plain) == simhash("“WE are close — to a  deal”,\nhe said!")


def test_shingles_are_three_words_or_three_letters_of_an_unspaced_script() -> None:
    assert shingles("We are close now") == {"we are close", "are close now"}
    assert shingles("We are") == {"we are"}
    assert shingles("협상 끝났다") == {"협상끝", "상끝났", "끝났다"}
    assert shingles("협상") == {"협상"}
    assert shingles("") == set()


@pytest.mark.parametrize("korean", [False, True])
@pytest.mark.parametrize("seed", range(10))
def test_a_text_with_few_words_changed_is_found_and_another_is_not(seed: int, korean: bool) -> None:
    text = _text(seed, korean=korean)
    changed = [*text[:200], "new", "words", *text[202:], "Copyright", "the", "paper"]
    assert _apart(text, changed) <= FOUND_WITHIN
    assert _apart(text, _text(seed + 100, korean=korean)) > FOUND_WITHIN


def test_probes_reach_all_that_differ_in_eleven_bits() -> None:
    chosen = random.Random(1)
    for _ in range(200):
        number = chosen.getrandbits(64)
        other = number
        for bit in chosen.sample(range(64), FOUND_WITHIN):
            other ^= 1 << bit
        bands = [
            [place << 16 | n >> 16 * place & 0xFFFF for place in range(4)] for n in (number, other)
        ]
        assert distance(*bands) == FOUND_WITHIN
        assert set(probes(bands[0])) & set(bands[1])
    assert len(set(probes(bands[0]))) == 548


def test_a_very_long_text_is_told_by_its_beginning() -> None:
    long = " ".join(_text(1, words=60_000))
    assert len(long) > 400_000
    assert simhash(long) == simhash(long + " and more")
