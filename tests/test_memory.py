"""What the memory of a process may hold: the values used last, within bounds."""

from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from negotiations.memory import LARGE, Kept, Memory, answers, keep


def test_what_was_used_longest_ago_goes_first() -> None:
    memory: Memory[str] = Memory(40)
    for key in "abcd":
        memory.put(key, key.upper(), 10)
    assert memory.get("a") == "A"
    memory.put("e", "E", 10)
    assert [memory.get(key) for key in "abcde"] == ["A", None, "C", "D", "E"]


def test_a_value_put_again_counts_once() -> None:
    memory: Memory[str] = Memory(40)
    memory.put("a", "A", 10)
    memory.put("a", "A", 8)
    assert memory.bytes == 8


def test_what_would_push_everything_out_is_not_held() -> None:
    memory: Memory[str] = Memory(40)
    memory.put("a", "A", 11)
    assert (memory.get("a"), memory.bytes) == (None, 0)


def test_without_room_nothing_is_held() -> None:
    memory: Memory[str] = Memory(0)
    memory.put("a", "A", 1)
    assert memory.get("a") is None


def test_cleared_it_is_empty() -> None:
    memory: Memory[str] = Memory(40)
    memory.put("a", "A", 10)
    memory.clear()
    assert (memory.get("a"), memory.bytes) == (None, 0)


def test_threads_at_once_stay_within_bounds() -> None:
    memory: Memory[int] = Memory(100)

    def use(n: int) -> None:
        for key in range(50):
            memory.put((n, key), key, 10)
            memory.get((n, key - 1))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(use, range(8)))
    assert memory.bytes == 100


def test_an_empty_answer_takes_room_too() -> None:
    """A quarter of a million of them would otherwise be held in eight megabytes."""
    assert Kept(b"").size == 1024


def test_a_large_body_is_held_compressed_and_told_as_it_was() -> None:
    body = b"The tariff stands at 15 per cent. " * 5_000
    kept = Kept(body, "<next>")
    held = kept.to_hold()
    assert held.size == len(held.gzipped) + 1024 < len(body) / 50
    assert (held.body, held.link, held.length) == (body, "<next>", len(body))
    assert held.gzipped is kept.gzipped
    assert gzip.decompress(held.gzipped) == body


def test_a_body_that_is_not_large_is_held_as_it_is() -> None:
    kept = Kept(b"x" * (LARGE - 1))
    assert kept.to_hold() is kept


def test_compressed_twice_it_is_the_same_bytes() -> None:
    body = b"The tariff stands. " * 10_000
    assert Kept(body).gzipped == Kept(body).gzipped


def test_a_large_answer_is_found_again(settings: Any) -> None:
    settings.ANSWER_CACHE_MB = 1
    answers.cache_clear()
    for number in range(40):
        keep(number, Kept(b"%d" % number + b" tariff" * 60_000))
    found = [answers().get(number) for number in range(40)]
    assert [one and one.body[:2] for one in found] == [b"%-2d" % n for n in range(40)]


def test_without_room_nothing_is_compressed(settings: Any) -> None:
    settings.ANSWER_CACHE_MB = 0
    answers.cache_clear()
    kept = Kept(b"x" * LARGE)
    keep("a", kept)
    assert (answers().get("a"), "gzipped" in vars(kept)) == (None, False)
