"""How to cite a statement, or a page as it told the state: in words and for programs.

Of a statement what is cited is the utterance: its words are the title, its speaker the author, its
day the date; the source in which it stands is the container. Where only a paraphrase is at hand the
title is in square brackets, as titles supplied by a cataloguer are. Where the words quoted are the
source's own account of what a person said, its publisher is their author. A page of state is cited
with all three clocks in its address, so that it tells the same for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from negotiations.languages import chosen
from negotiations.pages.citation_forms import SITE, Work, bibtex, csl, line, ris
from negotiations.pages.dates import in_words
from negotiations.pages.places import city
from negotiations.pages.questions import Question
from negotiations.queries.shapes import StatementRecord
from negotiations.turning import unturned


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """One thing in all forms."""

    plain: str
    bibtex: str
    csl: str
    ris: str


def cite(*, statement: StatementRecord, language: str, permalink: str, accessed: date) -> Citations:
    """How to cite `statement` on a page in `language` ("en" or "ko").

    `permalink` is the full address of its page here, `accessed` the day of the record shown.
    """
    work = _utterance(statement, language=language, permalink=permalink, accessed=accessed)
    plain = _plain(statement, work, language=language)
    now = _overtaken(statement)
    return _citations(work, plain=f"{plain} [{now}]" if now else plain)


def cite_page(
    *, title: str, slug: str, language: str, address: str, question: Question, number: int
) -> Citations:
    """How to cite a page that shows state.

    `address` is its full address without parameters, `slug` names it in the file, `number` is the
    newest entry of the ledger that it tells of.
    """
    clocks = question.worded
    accessed = clocks.as_of.astimezone(settings.DESK_ZONE).date()
    known = in_words(clocks.known_by.isoformat(), language)
    day = in_words(clocks.on.isoformat(), language)
    work = Work(
        key=f"parley-{slug}-{number}",
        author=SITE,
        title=line(title),
        edtf=accessed.isoformat(),
        dated=in_words(accessed.isoformat(), language),
        lower=accessed,
        upper=accessed,
        within="",
        genre="",
        publisher=SITE,
        published="",
        language=language,
        url=f"{address}?{question.fixed_query}",
        permalink=f"{address}?{question.fixed_query}",
        record=_("state on {day}, as known on {known}; ledger № {number}").format(
            day=day, known=known, number=number
        ),
        accessed=accessed,
    )
    form = _("{site}, “{title}”, {record}, {permalink}, accessed {read_on}.")
    plain = form.format(
        site=SITE,
        title=work.title,
        record=work.record,
        permalink=work.permalink,
        read_on=in_words(accessed.isoformat(), language),
    )
    return _citations(work, plain=plain)


def _citations(work: Work, *, plain: str) -> Citations:
    forms = {"plain": plain, "bibtex": bibtex(work), "csl": csl(work), "ris": ris(work)}
    # Files of plain text know no isolation: a title must not turn around what follows it.
    return Citations(**{name: unturned(form) for name, form in forms.items()})


def _utterance(
    statement: StatementRecord, *, language: str, permalink: str, accessed: date
) -> Work:
    source = statement.source
    return Work(
        key=f"parley-statement-{statement.id}",
        author=_author(statement, language=language),
        title=_title(statement, language=language),
        edtf=statement.said_on,
        dated=in_words(statement.said_on, language),
        lower=statement.said_lower,
        upper=statement.said_upper,
        within=line(source.title),
        genre=_how_given(statement),
        publisher=_either(source.publisher, "name", language),
        published=in_words(source.published_on, language),
        language=statement.language,
        url=source.url,
        permalink=permalink,
        record=_record(statement, permalink=permalink),
        accessed=accessed,
    )


def _plain(statement: StatementRecord, work: Work, *, language: str) -> str:
    title = work.title
    if statement.quotation:
        title = f"‘{title}’" if "“" in title or '"' in title else f"“{title}”"
        form = _(
            "{author}, {title}, {said_on} ({city}), quoted in “{source}”, {publisher}, "
            "{published}, {url}. {site}, statement {id}, {permalink}, accessed {read_on}."
        )
        if statement.reported:
            form = _(
                "{author}, {title}, on what {speaker} said, {said_on} ({city}), in “{source}”, "
                "{published}, {url}. {site}, statement {id}, {permalink}, accessed {read_on}."
            )
    else:
        form = _(
            "{author}, {title}, {said_on} ({city}), paraphrased from “{source}”, {publisher}, "
            "{published}, {url}. {site}, statement {id}, {permalink}, accessed {read_on}."
        )
    plain = form.format(
        author=work.author,
        speaker=_speaker(statement, language=language),
        title=title,
        said_on=in_words(statement.said_on, language),
        city=city(statement.zone, language),
        source=work.within,
        publisher=work.publisher,
        published=work.published,
        url=work.url,
        site=SITE,
        id=statement.id,
        permalink=work.permalink,
        read_on=in_words(work.accessed.isoformat(), language),
    )
    return line(plain)


def _author(statement: StatementRecord, *, language: str) -> str:
    if statement.reported:
        return _either(statement.source.publisher, "name", language)
    return _speaker(statement, language=language)


def _speaker(statement: StatementRecord, *, language: str) -> str:
    speaker = statement.speaker
    return _either(speaker, "name", language) or _either(speaker, "office", language)


def _title(statement: StatementRecord, *, language: str) -> str:
    if statement.quotation:
        return line(statement.quotation).rstrip(",;:")
    return f"[{line(_either(statement, 'paraphrase', language))}]"


def _how_given(statement: StatementRecord) -> str:
    if statement.reported:
        return _("the source’s own account")
    return _("quoted in the source") if statement.quotation else _("paraphrased from the source")


def _record(statement: StatementRecord, *, permalink: str) -> str:
    sha256 = statement.source.sha256
    kept = f"; SHA-256 {sha256}" if sha256 and statement.quotation else ""
    number = _("statement {id}").format(id=statement.id)
    since = f"; {now}" if (now := _overtaken(statement)) else ""
    return f"{SITE}, {number}, {permalink}{kept}{since}"


def _overtaken(statement: StatementRecord) -> str:
    """What became of it, so that nobody cites what was taken back without a word."""
    if statement.retracted:
        return _("since retracted")
    if statement.superseded_by is not None:
        return _("since corrected: statement {id}").format(id=statement.superseded_by)
    return ""


def _either(thing: object, name: str, language: str) -> str:
    return chosen(thing, name, language)[0]
