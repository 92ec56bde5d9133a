"""One line for each act of the ledger, in English and Korean."""

from __future__ import annotations

from typing import Any

from negotiations.definitions import definitions
from negotiations.queries.headlines import Lines, headline
from negotiations.queries.shapes import Act, SourceRecord, StatementRecord
from negotiations.queries.subjects import subject, text_of

NOUNS: dict[str, Lines] = {
    "statement": ("Statement", "발언"),
    "source": ("Source", "출처"),
    "status_change": ("Status change", "상태 변화"),
    "position": ("Position", "입장"),
    "linkage": ("Linkage", "연계"),
    "milestone": ("Milestone", "일정"),
    "account": ("Account of a meeting", "회담 설명"),
    "snapshot": ("Snapshot", "원문"),
    "negotiation": ("Negotiation", "협상"),
    "track": ("Track", "의제"),
    "term": ("Term", "쟁점"),
    "party": ("Party", "당사국"),
    "person": ("Person", "인물"),
    "office": ("Office", "직책"),
    "tenure": ("Tenure", "재임 기간"),
    "publisher": ("Publisher", "발행처"),
    "grade": ("Grade of a publisher", "발행처 등급"),
}
_REGISTERED = ("{noun} registered", "{noun} 등록")
_DONE: dict[str, Lines] = {
    "publish": ("{noun} published", "{noun} 게시"),
    "correct": ("{noun} corrected", "{noun} 정정"),
    "retract": ("{noun} retracted", "{noun} 철회"),
    "capture_source": ("Text of a source kept", "출처의 원문 보관"),
    "recheck_source": ("Page of a source found otherwise", "출처 페이지의 상태 변화 확인"),
    "check_track": ("Looked, nothing new", "확인, 새 소식 없음"),
    "mend": ("{noun} mended", "{noun} 정보 수정"),
    "grade_publisher": ("Publisher graded", "발행처 등급 매김"),
    "appoint": _REGISTERED,
    "register_negotiation": _REGISTERED,
    "register_office": _REGISTERED,
    "register_party": _REGISTERED,
    "register_person": _REGISTERED,
    "register_publisher": _REGISTERED,
    "register_term": _REGISTERED,
    "register_track": _REGISTERED,
}
# The verbs of acts that are told to the outside.
VERBS = tuple(_DONE)
# Verbs of acts on a document that is no row's publication.
_ON_DOCUMENTS = frozenset({"capture_source", "recheck_source"})
# Letters of what was said that stand in a line.
_BEGUN = 120
# What stands before the line of a row; a new one needs nothing.
_AGAIN: dict[str, Lines] = {
    "correct": ("Corrected: ", "정정: "),
    "retract": ("Retracted: ", "철회: "),
}


def act_line(act: Act, record: Any) -> Lines:
    """ "Corrected: Cho Hyun – Claims agreement: “It is done.”"; by the act alone without a row."""
    if record is None:
        return _of_the_act(act)
    if act.verb in _ON_DOCUMENTS:
        return _on_a_document(act, record.title)
    en, ko = row_line(record)
    before_en, before_ko = _AGAIN.get(act.verb, ("", ""))
    return f"{before_en}{en}", f"{before_ko}{ko}"


def _on_a_document(act: Act, title: str) -> Lines:
    """ "Text of a source kept: Close to a deal", "Page of a source … (altered): Deal"."""
    en, ko = _DONE[act.verb]
    if state := definitions().get(("evidence_state", text_of(act.payload, "state"))):
        en, ko = f"{en} ({state.label_en.lower()})", f"{ko}({state.label_ko})"
    return f"{en}: {title}", f"{ko}: {title}"


def row_line(record: Any) -> Lines:
    """ "Cho Hyun – Claims agreement: “It is done.”", without what was done with the row."""
    if isinstance(record, SourceRecord):
        en, ko = NOUNS["source"]
        return f"{en}: {record.title}", f"{ko}: {record.title}"
    en, ko = headline(record)
    if isinstance(record, StatementRecord):
        said_en = record.paraphrase_en or record.paraphrase_ko
        said_ko = record.paraphrase_ko or record.paraphrase_en
        return _joined(en, _said(record, said_en)), _joined(ko, _said(record, said_ko))
    return en, ko


def _said(record: StatementRecord, paraphrase: str) -> str:
    return f"“{_begun(record.quotation)}”" if record.quotation else _begun(paraphrase)


def _begun(text: str) -> str:
    """How a text begins, up to a word's end where there is one."""
    if len(text) <= _BEGUN:
        return text
    begun = text[:_BEGUN]
    return f"{begun.rpartition(' ')[0] or begun}…"


def _of_the_act(act: Act) -> Lines:
    noun_en, noun_ko = NOUNS.get(act.noun, (act.noun, act.noun))
    # A verb of a later release is told as it is written.
    done_en, done_ko = _DONE.get(act.verb, (f"{{noun}}: {act.verb}", f"{{noun}}: {act.verb}"))
    about_en, about_ko = subject(act)
    if not about_en and not about_ko:
        about_en = ", ".join(track.title_en for track in act.tracks)
        about_ko = ", ".join(track.title_ko for track in act.tracks)
    return (
        _joined(done_en.format(noun=noun_en), about_en or about_ko),
        _joined(done_ko.format(noun=noun_ko), about_ko or about_en),
    )


def _joined(done: str, about: str) -> str:
    return f"{done}: {about}" if about else done
