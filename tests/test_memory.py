"""What the memory of a process may hold: the values used last, within bounds."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from negotiations.memory import Kept, Memory


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
