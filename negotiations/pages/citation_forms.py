"""What is cited, as programs for references take it: BibTeX (for biblatex), CSL-JSON and RIS."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from negotiations.pages.citation_dates import biblatex_date, csl_date

SITE = "Parley"
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
class Work:
    """One thing to cite.

    Its date is EDTF with its bounds, `dated` in words; `within` is the title of what it stands in,
    `genre` how it is given there, `published` the day of that in words; `record` says where it
    stands here, at `permalink`. Texts are one line each.
    """

    key: str
    author: str
    title: str
    edtf: str
    dated: str
    lower: date
    upper: date
    within: str
    genre: str
    publisher: str
    published: str
    language: str
    url: str
    permalink: str
    record: str
    accessed: date


def line(text: str) -> str:
    """The text in one line."""
    return " ".join(text.split())


def bibtex(work: Work) -> str:
    """An @online entry for biblatex."""
    fields = {
        # Two pairs of braces keep a name whole and capitals as they are.
        "author": f"{{{_tex(work.author)}}}",
        "title": f"{{{_tex(work.title)}}}",
        "date": biblatex_date(edtf=work.edtf, lower=work.lower, upper=work.upper),
        "note": _tex(_note(work)),
        "organization": f"{{{_tex(work.publisher)}}}",
        "langid": _LANGUAGES.get(work.language, ""),
        "url": work.url.translate({ord("{"): "%7B", ord("}"): "%7D"}),
        "urldate": work.accessed.isoformat(),
        "addendum": _tex(work.record),
    }
    lines = [f"  {name:<12} = {{{value}}}" for name, value in fields.items() if value]
    return "@online{" + ",\n".join([work.key, *lines]) + "\n}"


def csl(work: Work) -> str:
    """CSL-JSON, a list of one item (https://citeproc-js.readthedocs.io/en/latest/csl-json/)."""
    day = work.accessed
    item = {
        "id": work.key,
        "type": "webpage",
        "author": [{"literal": work.author}],
        "title": work.title,
        "genre": work.genre,
        "issued": csl_date(edtf=work.edtf, lower=work.lower, upper=work.upper),
        "container-title": work.within,
        "publisher": work.publisher,
        "language": work.language,
        "URL": work.url,
        "accessed": {"date-parts": [[day.year, day.month, day.day]]},
        "archive": SITE,
        "archive_location": work.permalink,
        "note": work.record,
    }
    given = {name: value for name, value in item.items() if value}
    return json.dumps([given], ensure_ascii=False, indent=2)


def ris(work: Work) -> str:
    """RIS, as reference managers import it: a tag, two spaces, a dash, CRLF at each line's end.

    A date that is not one day stands as its year with the whole of it as a remark, which is what
    the format has room for (year/month/day/other); where no first year is known, in a note.
    """
    tags = [
        ("TY", "ELEC"),
        ("ID", work.key),
        # A comma at its end keeps a name whole.
        ("AU", f"{work.author},"),
        ("TI", work.title),
        ("T2", work.within),
        ("M3", work.genre),
        ("PY", "" if _open(work) else str(work.lower.year)),
        ("DA", _ris_date(work)),
        ("PB", work.publisher),
        ("LA", work.language),
        ("UR", work.url),
        ("Y2", f"{work.accessed:%Y/%m/%d}/"),
        ("DB", SITE),
        ("L2", work.permalink),
        ("N1", work.dated if _open(work) else ""),
        ("N1", work.record),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {line(text)}\r\n" for tag, text in tags if text or tag == "ER")


def _ris_date(work: Work) -> str:
    if work.lower == work.upper:
        return f"{work.lower:%Y/%m/%d}/"
    if _open(work):
        return ""
    return f"{work.lower.year:04}///{work.edtf.replace('/', ' to ')}"


def _open(work: Work) -> bool:
    """Whether it is not known from when on it may be dated: its first year is unknown."""
    return work.lower.year <= 1


def _note(work: Work) -> str:
    return f"{work.genre}: “{work.within}”, {work.published}" if work.within else ""


def _tex(text: str) -> str:
    return line(text).translate(_TEX)
