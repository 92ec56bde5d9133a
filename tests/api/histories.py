"""Random acts at the desk, of every public verb, through the operations; for hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from negotiations import operations
from negotiations.api.pieces import make_pieces
from negotiations.models import (
    Negotiation,
    Office,
    Party,
    Person,
    Publisher,
    Tenure,
    Term,
    Track,
)
from negotiations.operations.drafting import NOUNS
from negotiations.operations.mending import mended_at
from negotiations.refusals import Refusal
from tests.operations.desk import NOW, Desk, capture

_numbers = count(1)
_MENDED: dict[str, tuple[Any, str]] = {
    "party": (Party, "name_en"),
    "negotiation": (Negotiation, "title_en"),
    "track": (Track, "title_en"),
    "term": (Term, "name_en"),
    "person": (Person, "name_en"),
    "office": (Office, "title_en"),
    "publisher": (Publisher, "name_en"),
    "tenure": (Tenure, "held_to"),
}


@dataclass
class History:
    """A desk at which random acts are done; each takes numbers that choose what it is about."""

    desk: Desk
    numbers: list[int] = field(default_factory=list)

    def do(self, act: str, numbers: list[int]) -> None:
        """One act, unless it is refused, or there is nothing that it could be about."""
        self.numbers = list(numbers)
        with suppress(Refusal, IndexError):
            ACTS[act](self)

    def pick(self, choices: list[Any]) -> Any:
        """One of these; IndexError where there is none."""
        number = self.numbers.pop() if self.numbers else 0
        return choices[number % len(choices) if choices else 0]

    def standing(self, noun: str) -> list[Any]:
        """Published rows of a noun that nothing has replaced yet, by id."""
        rows = NOUNS[noun]._default_manager.filter(published_at__isnull=False, withdrawn=False)
        return list(rows.filter(superseded_by__isnull=True).order_by("pk"))

    def fields(self, noun: str) -> dict[str, Any]:
        """What a new row of a noun says."""
        said = [row.pk for row in self.standing("statement")] or [self.desk.ids["statement"]]
        number = next(_numbers)
        match noun:
            case "source":
                return {"publisher": self.pick(["paper", "wire"])}
            case "statement":
                source = self.pick(self.standing("source")).pk
                more = {"repeats": self.pick(said)} if self.pick([False, True]) else {}
                return {"source": source, "paraphrase_en": f"Said {number}.", **more}
            case "milestone":
                return {"basis": [self.pick(said)], "slug": f"milestone-{number}"}
            case "status_change":
                basis, dissent = self.pick(said), self.pick(said)
                against = [dissent] if dissent != basis else []
                return {"basis": [basis], "dissent": against, "stage": "exploratory"}
            case _:
                basis = list(dict.fromkeys([self.pick(said), self.pick(said)]))
                # Some hold from a day to come: no act tells when it has come.
                return {"basis": basis, "effective_on": self.pick(["2025-10-02", "2099-01-01"])}


def _publish(history: History) -> None:
    noun = history.pick(list(NOUNS))
    draft = history.desk.draft(noun, **history.fields(noun))
    if noun == "source" and history.pick([False, True]):
        capture(history.desk, draft.id, text=f"A text {next(_numbers)}.")
    history.desk.publish(noun, draft.id)


def _correct(history: History) -> None:
    noun = history.pick(list(NOUNS))
    before = history.pick(history.standing(noun))
    fields = history.fields(noun)
    if noun == "milestone":
        fields["slug"] = before.slug
    if noun == "source":
        fields["url"] = before.url
    history.desk.correct(noun, before.pk, **fields)


def _retract(history: History) -> None:
    noun = history.pick(list(NOUNS))
    history.desk.retract(noun, history.pick(history.standing(noun)).pk)


def _capture(history: History) -> None:
    source = history.pick(history.standing("source"))
    day = NOW - timedelta(days=history.pick([0, 1, 2]))
    capture(history.desk, source.pk, text=f"A text {next(_numbers)}.", captured_at=day)


def _mend(history: History) -> None:
    noun = history.pick(list(_MENDED))
    model, column = _MENDED[noun]
    row = history.pick(list(model.objects.order_by("pk")))
    number = next(_numbers)
    value = f"2025-{number % 12 + 1:02}" if noun == "tenure" else f"Name {number}"
    history.desk.act(
        operations.mend, noun=noun, id=row.pk, values={column: value},
        seen=mended_at(noun, row.pk),
    )  # fmt: skip


def _register(history: History) -> None:
    number = next(_numbers)
    named = {"name_en": f"N{number}", "name_ko": f"이름 {number}"}
    titled = {"title_en": f"T{number}", "title_ko": f"제목 {number}"}
    slug = f"new-{number}"
    capital = {"capital_en": "C", "capital_ko": "도", "zone": "UTC"}
    verb, fields = history.pick(
        [
            (operations.register_party, {"code": f"X{number}", **named, **capital}),
            (operations.register_person, {"slug": slug, **named}),
            (operations.register_publisher, {"slug": slug, "tier": "mirror", **named}),
            (operations.register_office, {"slug": slug, "party": "KR", **titled}),
            (
                operations.register_track,
                {"negotiation": "talks", "slug": slug, "procedure": "treaty", **titled},
            ),
            (
                operations.register_term,
                {"track": "talks/trade", "slug": slug, "unit": "percent", **named},
            ),
            (operations.appoint, {"person": "cho", "office": "minister", "held_from": "2025"}),
            (operations.check_track, {"track": "talks/trade"}),
        ]
    )
    history.desk.act(verb, **fields)


def _grade(history: History) -> None:
    day = date(2025, 1, 1) + timedelta(days=next(_numbers) % 200)
    history.desk.act(
        operations.grade_publisher, publisher=history.pick(["paper", "wire"]),
        reliability=history.pick(["A", "C"]), graded_on=day,
    )  # fmt: skip


def _keep(history: History) -> None:  # noqa: ARG001
    """Let the worker make the pieces that answers are then put together from."""
    make_pieces()


def _draft(history: History) -> None:
    history.desk.draft("source")


ACTS: dict[str, Callable[[History], None]] = {
    "publish": _publish,
    "correct": _correct,
    "retract": _retract,
    "capture": _capture,
    "mend": _mend,
    "register": _register,
    "grade": _grade,
    "draft": _draft,
    "keep": _keep,
}
_acts = st.sampled_from(
    ["publish"] * 5 + ["correct"] * 5 + ["retract"] * 2 + ["keep"] * 2 + list(ACTS)
)
_choices = st.lists(st.integers(0, 5), min_size=5, max_size=5)
# Acts with their choices, and between them pages of so many acts that somebody reads.
histories = st.lists(
    st.one_of(*[st.tuples(_acts, _choices)] * 3, st.integers(1, 6)), min_size=20, max_size=32
)
