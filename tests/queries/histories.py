"""Random histories of a record, and random questions to it, for hypothesis."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import strategies as st

from tests.queries.oracle import Fact, Question

PARTIES = ("KR", "US")
TRACKS = 5
NOW = datetime(2025, 10, 20, tzinfo=UTC)
_STAGES = ("mooted", "negotiating", "agreed_in_principle", "signed", "suspended")
_FIRST = date(2025, 10, 1)
# Few days and telling hours (the ends of the day in Seoul, Washington and UTC), so that much ties.
_days = st.integers(0, 7).map(lambda n: _FIRST + timedelta(days=n))
_hours = st.sampled_from(
    [timedelta(0), timedelta(hours=4), timedelta(hours=15), timedelta(hours=9, microseconds=1)]
    + [timedelta(hours=h) - timedelta(microseconds=1) for h in (4, 15, 24)]
)
_zones = st.sampled_from([timezone(timedelta(hours=h)) for h in (0, 9, -4, 14, -12)])
_instants = st.builds(
    lambda day, hour, zone: (datetime.combine(day, datetime.min.time(), UTC) + hour).astimezone(
        zone
    ),
    _days,
    _hours,
    _zones,
)


def _span(day: date, length: int, shape: str) -> tuple[date, date]:
    match shape:
        case "day":
            return day, day
        case "month":
            return date(2025, 10, 1), date(2025, 10, 31)
        case "by":
            return date.min, day
        case "from":
            return day, date.max
        case _:
            return day, day + timedelta(days=length)


_spans = st.builds(
    _span,
    _days,
    st.integers(1, 4),
    st.sampled_from(["day", "day", "day", "span", "month", "by", "from"]),
)
_acts = st.fixed_dictionaries(
    {
        "act": st.sampled_from(["create"] * 4 + ["correct"] * 5 + ["retract"]),
        "which": st.integers(0, 3),
        "published_at": _instants,
        "source": st.one_of(_days, _instants),
        "track": st.integers(0, TRACKS - 1),
        "voice": st.sampled_from([None, *PARTIES]),
        "stage": st.sampled_from(_STAGES),
        "span": _spans,
    }
)


def _history(acts: list[dict[str, Any]]) -> list[Fact]:
    facts: list[Fact] = []
    for number, act in enumerate(sorted(acts, key=lambda a: a["published_at"]), start=1):
        gone = {fact.replaces for fact in facts} | {f.number for f in facts if f.withdrawn}
        heads = [fact for fact in facts if fact.number not in gone]
        target = None
        if act["act"] != "create" and heads:
            # Mostly the newest, so that corrections of corrections come about.
            target = heads[-1 - act["which"] % len(heads)]
        source = act["source"]
        by_day = not isinstance(source, datetime)
        facts.append(
            Fact(
                number=number,
                published_at=act["published_at"],
                source_day=source if by_day else source.date(),
                source_instant=None if by_day else source,
                replaces=target.number if target else None,
                withdrawn=bool(target) and act["act"] == "retract",
                track=act["track"],
                voice=act["voice"],
                stage=act["stage"],
                lower=act["span"][0],
                upper=act["span"][1],
            )
        )
    return facts


_day_texts = _days.map(date.isoformat)
_instant_texts = _instants.map(datetime.isoformat)
_moments = st.one_of(_day_texts, _instant_texts, _day_texts, st.none())

histories = st.lists(_acts, min_size=8, max_size=32).map(_history)
questions = st.builds(Question, on=_day_texts, known_by=_moments, as_of=_moments)
past_questions = st.builds(
    Question, on=_day_texts, known_by=_moments, as_of=st.one_of(_day_texts, _instant_texts)
)
