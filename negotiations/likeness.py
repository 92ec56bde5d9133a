"""Floor 0: how alike two texts are, by a number of 64 bits that near-identical texts nearly share.

SimHash: Charikar, Similarity Estimation Techniques from Rounding Algorithms (STOC 2002). Finding by
bands: Manku, Jain and Das Sarma, Detecting Near-Duplicates for Web Crawling (WWW 2007).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from itertools import combinations

BITS, BANDS, WIDTH = 64, 4, 16
# Two texts that differ in no more bits than this have a band that differs in two bits at most.
FOUND_WITHIN = 3 * BANDS - 1
_FLIPS = [
    0,
    *(1 << bit for bit in range(WIDTH)),
    *(1 << one | 1 << other for one, other in combinations(range(WIDTH), 2)),
]
_MOST_LETTERS = 200_000
# The bits of a byte, each at the foot of 32 bits.
_LANE, _LANE_MASK = 32, (1 << 32) - 1
_LANES = [sum(1 << bit * _LANE for bit in range(8) if byte >> bit & 1) for byte in range(256)]
_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7a3]")


def bands_of(text: str) -> list[int]:
    """The four bands of a text's SimHash, each with its place: place * 65536 + its 16 bits."""
    number = simhash(text)
    mask = (1 << WIDTH) - 1
    return [place << WIDTH | number >> place * WIDTH & mask for place in range(BANDS)]


def probes(bands: Iterable[int]) -> list[int]:
    """These bands and all that differ from one of them in two bits at most: what to look for."""
    return [band ^ flip for band in bands for flip in _FLIPS]


def distance(one: Collection[int], other: Collection[int]) -> int:
    """In how many bits two texts differ, by their bands."""
    pairs = zip(sorted(one), sorted(other), strict=True)
    return sum((a ^ b).bit_count() for a, b in pairs)


def simhash(text: str) -> int:
    """64 bits, each as most shingles of the text have it; 0 for a text without words."""
    digests = b"".join(
        hashlib.blake2b(shingle.encode(), digest_size=8).digest() for shingle in shingles(text)
    )
    half, number = len(digests) // 16, 0
    for place in range(8):
        # All eight bits are counted at once, each in a lane of its own.
        lanes = sum(_LANES[byte] * times for byte, times in Counter(digests[place::8]).items())
        for bit in range(8):
            if lanes >> bit * _LANE & _LANE_MASK > half:
                number |= 1 << (place * 8 + bit)
    return number


def shingles(text: str) -> set[str]:
    """Three words in a row; of Korean, Chinese or Japanese three letters in a row."""
    plain = unicodedata.normalize("NFC", text[:_MOST_LETTERS]).casefold()
    words = _WORD.findall(plain)
    letters = "".join(words)
    if len(_UNSPACED.findall(letters)) * 3 > len(letters):
        return {letters[at : at + 3] for at in range(max(len(letters) - 2, min(len(letters), 1)))}
    return {" ".join(words[at : at + 3]) for at in range(max(len(words) - 2, min(len(words), 1)))}
