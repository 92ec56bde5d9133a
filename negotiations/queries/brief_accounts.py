"""Meetings of which the parties' accounts contradict each other, as briefs name them."""

from __future__ import annotations

from negotiations.queries.brief_ground import Ground
from negotiations.queries.brief_space import lines, title, widest
from negotiations.queries.shapes.briefs import BriefContradiction, BriefTopic

_MOST_TOPICS = 8
# About how wide the words before the first of them are.
_WORDS = 44


def contradictions(ground: Ground) -> tuple[BriefContradiction, ...]:
    """Those of the ground, each with its first topics."""
    return tuple(
        BriefContradiction(
            meeting=meeting.slug,
            title_en=meeting.title_en,
            title_ko=meeting.title_ko,
            topics=tuple(
                BriefTopic(topic=topic.slug, topic_en=topic.en, topic_ko=topic.ko)
                for topic in topics[:_MOST_TOPICS]
            ),
            topics_in_all=len(topics),
        )
        for meeting, topics in ground.found.contradicted
    )


def contradictions_height(
    told: tuple[BriefContradiction, ...], measure: int, columns: int
) -> float:
    """How high they stand, in one sentence in one of so many columns; none: nothing."""
    if not told:
        return 0.0
    letters = sum(
        title(one) + sum(widest(topic, "topic") + 2 for topic in one.topics) + 4 for one in told
    )
    return lines(_WORDS + letters, measure, columns)
