"""What made statements say: English and Korean with the skew of real text.

Content words follow a shifted Zipf law (weight 1 / (rank + 10)), so that the most frequent stands
in about a fifth of all statements; each word of a rare pair stands in about one statement of ten
thousand, with its partner, whatever the size of the record.
"""

from __future__ import annotations

from array import array
from itertools import accumulate, product
from pathlib import Path
from random import Random

_EN = (Path(__file__).parent / "words_en.txt").read_text().split()
_KO = (Path(__file__).parent / "words_ko.txt").read_text().split()
_PARTICLES = ("을", "이", "의", "에", "는", "로", "와", "에서", "도", "")
_ENDINGS = (
    "논의했다고 밝혔다", "합의했다고 말했다", "검토하고 있다", "아직 결정되지 않았다",
    "필요하다고 강조했다", "진전이 있었다고 설명했다", "받아들일 수 없다", "계속 협의하겠다",
    "사실이 아니라고 부인했다", "곧 발표될 것으로 보인다",
)  # fmt: skip
_LINKS = ("the", "of", "on", "and", "to", "for", "in", "with")
_SIZE = 1 << 16
# Of each thousand statements so many say these: the name of a minister, in Hangul and in Latin.
_MINISTER_OF_1000 = 10
RARE_PAIRS = 100


def _coined(syllables: list[str], length: int, count: int, seed: int) -> list[str]:
    """Words that no language has, so that the tail of the vocabulary is as long as that of one."""
    words = ["".join(parts) for parts in product(syllables, repeat=length)]
    Random(seed).shuffle(words)
    return words[:count]


def _table(words: list[str]) -> list[str]:
    """One slot for each of 65,536 numbers: how many a word has is its frequency."""
    weights = list(accumulate(1 / (rank + 10) for rank in range(1, len(words) + 1)))
    slots, at = [], 0
    for slot in range(_SIZE):
        while weights[at] / weights[-1] < (slot + 0.5) / _SIZE:
            at += 1
        slots.append(words[at])
    return slots


_EN_SYLLABLES = ["bra", "ket", "lom", "vis", "tor", "nal", "per", "dun", "gry", "zel", "fo", "mi",
                 "cas", "ruv", "hel", "pod"]  # fmt: skip
_KO_SYLLABLES = list("가나다라마바사아자차카타파하강건경고광구권금기남단대도동명")
_EN_TABLE = _table(_EN + _coined(_EN_SYLLABLES, 3, 4000, 1))
_KO_TABLE = _table(_KO + _coined(_KO_SYLLABLES, 3, 4000, 2))
_RARE_EN = _coined(_EN_SYLLABLES, 4, 2 * RARE_PAIRS, 3)
_RARE_KO = _coined(_KO_SYLLABLES, 4, 2 * RARE_PAIRS, 4)


def rare_pair(number: int, language: str) -> tuple[str, str]:
    """The two words that are always said together, in about 1 of 10,000 statements."""
    words = _RARE_KO if language == "ko" else _RARE_EN
    return words[2 * number], words[2 * number + 1]


def sentence(random: Random, language: str) -> str:
    """What is said in one statement: 8 to 20 content words."""
    count = 8 + random.getrandbits(8) % 13
    picks = array("H", random.randbytes(2 * count))
    table = _KO_TABLE if language == "ko" else _EN_TABLE
    words = [table[pick] for pick in picks]
    special = random.random() * 1000
    if special < _MINISTER_OF_1000:
        words[0:1] = ["조현", "장관은"] if language == "ko" else ["Minister", "Cho", "Hyun"]
    elif special > 1000 - 0.1 * RARE_PAIRS:
        number = int((1000 - special) * 10) % RARE_PAIRS
        words[2:2] = rare_pair(number, language)
    return _korean(words, picks) if language == "ko" else _english(words, picks)


def _korean(words: list[str], picks: array[int]) -> str:
    told = [f"{word}{_PARTICLES[pick % 10]}" for word, pick in zip(words, picks, strict=False)]
    return f"{' '.join(told)} {_ENDINGS[picks[0] % 10]}"


def _english(words: list[str], picks: array[int]) -> str:
    told = []
    for word, pick in zip(words, picks, strict=False):
        told.append(word)
        if pick % 5 < 2:
            told.append(_LINKS[pick % 8])
    return " ".join([told[0].capitalize(), *told[1:]])


def title(random: Random, language: str) -> str:
    """The title of a document."""
    table = _KO_TABLE if language == "ko" else _EN_TABLE
    words = [table[pick] for pick in array("H", random.randbytes(12))]
    return " ".join(words) if language == "ko" else " ".join(words).title()


FILLER = {
    language: [sentence(Random(f"{language} {at}"), language) + "." for at in range(1024)]
    for language in ("en", "ko")
}
