"""How to cite a statement: as plain text, BibTeX (for biblatex) and CSL-JSON.

What is cited is the utterance: its words are the title, its speaker the author, its day the date;
the source in which it stands is the container. Where only a paraphrase is at hand the title is in
square brackets, as titles supplied by a cataloguer are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from negotiations.pages.citation_dates import biblatex_date, csl_date
from negotiations.pages.dates import in_words
from negotiations.pages.places import city
from negotiations.queries.shapes import StatementRecord

_SITE = "Parley"
_LANGUAGES = {"en": "english", "ko": "korean"}
# Braces are counted by BibTeX even behind a backslash, so they are spelled out.
_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Citations:
    """One statement in the three forms."""

    plain: str
    bibtex: str
    csl: str


def cite(*, statement: StatementRecord, language: str, permalink: str, accessed: date) -> Citations:
    """How to cite `statement` on a page in `language` ("en" or "ko").

    `permalink` is the full address of its page here, `accessed` the day of the record shown.
    """
    names = {
        "author": _author(statement, language=language),
        "title": _title(statement, language=language),
        "published": in_words(statement.source.published_on, language),
        "publisher": _named(statement.source.publisher, "name", language),
        "permalink": permalink,
        "accessed": accessed.isoformat(),
    }
    return Citations(
        plain=_plain(statement, names=names, language=language),
        bibtex=_bibtex(statement, names=names),
        csl=_csl(statement, names=names, accessed=accessed),
    )


def _plain(statement: StatementRecord, *, names: dict[str, str], language: str) -> str:
    title = names["title"]
    if statement.quotation:
        title = f"‘{title}’" if "“" in title or '"' in title else f"“{title}”"
        form = _(
            "{author}, {title}, {said_on} ({city}), quoted in “{source}”, {publisher}, "
            "{published}, {url}. {site}, statement {id}, {permalink}, accessed {read_on}."
        )
    else:
        form = _(
            "{author}, {title}, {said_on} ({city}), paraphrased from “{source}”, {publisher}, "
            "{published}, {url}. {site}, statement {id}, {permalink}, accessed {read_on}."
        )
    return form.format(
        **names | {"title": title},
        said_on=in_words(statement.said_on, language),
        city=city(statement.zone, language),
        read_on=in_words(names["accessed"], language),
        source=_line(statement.source.title),
        url=statement.source.url,
        site=_SITE,
        id=statement.id,
    )


def _bibtex(statement: StatementRecord, *, names: dict[str, str]) -> str:
    source = statement.source
    said = biblatex_date(
        edtf=statement.said_on, lower=statement.said_lower, upper=statement.said_upper
    )
    fields = {
        # Two pairs of braces keep a name whole and capitals as they are.
        "author": f"{{{_tex(names['author'])}}}",
        "title": f"{{{_tex(names['title'])}}}",
        "date": said,
        "note": _tex(f"{_how_given(statement)}: “{source.title}”, {names['published']}"),
        "organization": f"{{{_tex(names['publisher'])}}}",
        "langid": _LANGUAGES.get(statement.language, ""),
        "url": source.url.translate({ord("{"): "%7B", ord("}"): "%7D"}),
        "urldate": names["accessed"],
        "addendum": _tex(_record(statement, permalink=names["permalink"])),
    }
    lines = [f"  {name:<12} = {{{value}}}" for name, value in fields.items() if value]
    return "@online{" + ",\n".join([_key(statement), *lines]) + "\n}"


def _csl(statement: StatementRecord, *, names: dict[str, str], accessed: date) -> str:
    said = csl_date(edtf=statement.said_on, lower=statement.said_lower, upper=statement.said_upper)
    item = {
        "id": _key(statement),
        "type": "webpage",
        "author": [{"literal": names["author"]}],
        "title": names["title"],
        "genre": _how_given(statement),
        "issued": said,
        "container-title": _line(statement.source.title),
        "publisher": names["publisher"],
        "language": statement.language,
        "URL": statement.source.url,
        "accessed": {"date-parts": [[accessed.year, accessed.month, accessed.day]]},
        "archive": _SITE,
        "archive_location": names["permalink"],
        "note": _record(statement, permalink=names["permalink"]),
    }
    given = {name: value for name, value in item.items() if value}
    return json.dumps([given], ensure_ascii=False, indent=2)


def _author(statement: StatementRecord, *, language: str) -> str:
    speaker = statement.speaker
    return _named(speaker, "name", language) or _named(speaker, "office", language)


def _title(statement: StatementRecord, *, language: str) -> str:
    if statement.quotation:
        return _line(statement.quotation).rstrip(",;:")
    return f"[{_line(_named(statement, 'paraphrase', language))}]"


def _how_given(statement: StatementRecord) -> str:
    return _("quoted in the source") if statement.quotation else _("paraphrased from the source")


def _record(statement: StatementRecord, *, permalink: str) -> str:
    sha256 = statement.source.sha256
    kept = f"; SHA-256 {sha256}" if sha256 and statement.quotation else ""
    number = _("statement {id}").format(id=statement.id)
    return f"{_SITE}, {number}, {permalink}{kept}"


def _key(statement: StatementRecord) -> str:
    return f"parley-statement-{statement.id}"


def _named(thing: object, name: str, language: str) -> str:
    """The text of `thing` in `language`, or in the other one where that is all there is."""
    first, second = ("ko", "en") if language == "ko" else ("en", "ko")
    return str(getattr(thing, f"{name}_{first}") or getattr(thing, f"{name}_{second}"))


def _line(text: str) -> str:
    return " ".join(text.split())


def _tex(text: str) -> str:
    return _line(text).translate(_TEX)
