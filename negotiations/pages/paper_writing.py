"""A brief or a handover as a sheet, in the page's language."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from negotiations.pages.dates import in_words
from negotiations.pages.frames import language_now
from negotiations.pages.paper_lines import Writer, fallen_words
from negotiations.pages.papers import Level, Note, Section, Sheet, clip, cut, fallen, run
from negotiations.pages.places import city, local_dates, said_instant
from negotiations.queries.brief_space import width
from negotiations.queries.clocks import within_reach
from negotiations.queries.shapes.briefs import Brief, Endnote, Stamped
from negotiations.queries.shapes.handovers import Handover


def brief_sheet(told: Brief, level: Level) -> Sheet:
    """The brief of one page."""
    write = Writer(language=language_now(), level=level, notes=told.notes)
    left = told.left_out
    sections = (
        Section(
            name="tracks",
            heading=_("Where it stands"),
            intro=_agreements(told),
            lines=tuple(map(write.track, told.tracks)),
            empty=_("No track has been registered yet."),
            more=_more(
                ngettext("{count} more track", "{count} more tracks", left.tracks), left.tracks
            ),
            others=tuple(map(write.other, told.others)),
            named_all=len(told.others) == left.tracks,
            more_page="board",
        ),
        _terms(told, write, heading=_("What is not agreed")),
        _dates(told, write),
        _ties(told, write),
        Section(
            name="news",
            heading=_("New within 14 days"),
            lines=tuple(map(write.news, told.news)),
            empty=_nothing_new(told, write),
            more=_more(
                ngettext("{count} more entry", "{count} more entries", left.news), left.news
            ),
            more_page="compare",
            more_asked=(("from", _fortnight_before(told)),),
        ),
    )
    return _sheet(told, write, sections, kind=_("Brief"))


def handover_sheet(told: Handover, level: Level) -> Sheet:
    """The handover, of at most two pages."""
    write = Writer(language=language_now(), level=level, notes=told.notes)
    left = told.left_out
    sections = (
        Section(
            name="tracks",
            heading=_("Open: tracks on which the parties are not at one"),
            lines=tuple(map(write.track, told.tracks)),
            empty=_("On no track do the parties’ readings differ, and none is silent alone."),
            more=_more(
                ngettext("{count} more track", "{count} more tracks", left.tracks), left.tracks
            ),
            more_page="board",
        ),
        _terms(told, write, heading=_("Open: terms on which they are apart, or one is silent")),
        _dates(told, write),
        _ties(told, write),
        Section(
            name="words",
            heading=_("The last word of each party"),
            lines=tuple(map(write.last_words, told.last_words)),
            empty=_("No statement is on record yet."),
            more=_more(
                ngettext("{count} more track", "{count} more tracks", left.words), left.words
            ),
            more_page="board",
        ),
        Section(
            name="owed",
            heading=_("Who is owed what"),
            intro=_(
                "Promised or asked on record, with no later word on the track that it was met."
            ),
            lines=tuple(map(write.owed, told.owed)),
            empty=_("No promise and no demand is on record without a later word that it was met."),
            more=_more(
                ngettext("{count} more statement", "{count} more statements", left.owed), left.owed
            ),
            more_page="board",
        ),
    )
    return _sheet(told, write, sections, kind=_("Handover"))


def _terms(told: Brief | Handover, write: Writer, *, heading: str) -> Section:
    left = told.left_out.terms
    return Section(
        name="terms",
        heading=heading,
        intro=_contradictions(told, write),
        lines=tuple(map(write.term, told.terms)),
        empty=_("On no term do the positions on record differ, and none is of one side alone."),
        more=_more(ngettext("{count} more term", "{count} more terms", left), left),
        more_page="positions",
    )


def _contradictions(told: Brief | Handover, write: Writer) -> str:
    """Of which meetings the accounts contradict each other, and on what; empty for none."""
    named = []
    for one in told.contradictions:
        topics = [run(topic, "topic", write.language).text for topic in one.topics]
        if left := one.topics_in_all - len(topics):
            topics.append(ngettext("{count} more", "{count} more", left).format(count=left))
        title = run(one, "title", write.language, most=write.level.title).text
        named.append(f"{title} ({', '.join(topics)})")
    if not named:
        return ""
    return _("The parties’ accounts contradict each other: {meetings}.").format(
        meetings="; ".join(named)
    )


def _dates(told: Brief | Handover, write: Writer) -> Section:
    left = told.left_out.dates
    return Section(
        name="dates",
        heading=_("Dates"),
        lines=tuple(map(write.date, told.dates)),
        empty=_("No date is set."),
        more=_more(ngettext("{count} more date", "{count} more dates", left), left),
        more_page="milestones",
    )


def _ties(told: Brief | Handover, write: Writer) -> Section:
    left = told.left_out.ties
    return Section(
        name="ties",
        heading=_("What holds what up"),
        lines=tuple(map(write.tie, told.ties)),
        empty=_("No track is said to wait for another."),
        more=_more(ngettext("{count} more tie", "{count} more ties", left), left),
        more_page="linkages",
    )


def _sheet(
    told: Brief | Handover, write: Writer, sections: tuple[Section, ...], *, kind: str
) -> Sheet:
    shown = {
        line.notes[0]
        for section in sections
        for outer in section.lines
        for line in (outer, *outer.inner)
        # Its words stand in the line already.
        if line.row and line.row[0] == "statement"
    }
    retracted = {note.number for note in told.notes if note.retracted}
    names = [run(party, "name", write.language).text for party in told.parties]
    return Sheet(
        language=write.language,
        level=write.level,
        negotiation=told.negotiation,
        title=run(told, "title", write.language, most=100),
        kind=kind,
        parties=" · ".join(clip(name, write.level.title) for name in names),
        lead=lead(told, write.language),
        sections=tuple(fallen(one, retracted, word=fallen_words()) for one in sections),
        notes=tuple(
            _note(
                note,
                write,
                words=note.number not in shown,
                first=next(one.number for one in told.notes if one.source == note.source),
            )
            for note in told.notes
        ),
    )


def lead(told: Stamped, language: str) -> str:
    """The three clocks in words."""
    on, public = (in_words(_day(day).isoformat(), language) for day in (told.on, told.known_by))
    return _(
        "What held on {on}, by what was public by {known_by}, from the record up to act № {number}."
    ).format(on=on, known_by=public, number=f"{told.ledger_number:,d}")


def _day(day: date) -> date:
    return date(day.year, day.month, day.day)


def _fortnight_before(told: Stamped) -> str:
    """From when on a comparison shows what is new."""
    return within_reach(min(_day(told.on), _day(told.known_by)), -14).isoformat()


def _more(words: str, count: int) -> str:
    """How many had no room; empty for none."""
    return words.format(count=count) if count else ""


def _agreements(told: Brief) -> str:
    return _(
        "Of {all} tracks the parties’ readings differ on {contested}, agree on {concordant}; on "
        "{one_sided} one side alone has spoken, on {unknown} neither."
    ).format(
        all=told.contested + told.concordant + told.one_sided + told.unknown,
        contested=told.contested,
        concordant=told.concordant,
        one_sided=told.one_sided,
        unknown=told.unknown,
    )


def _nothing_new(told: Brief, write: Writer) -> str:
    """Why no news are told: there are none, none besides those above, or they had no room."""
    if told.left_out.news:
        return ""
    if told.last_said_on is None:
        return _("Nothing is on record.")
    day = write.day(told.last_said_on.isoformat())
    if told.new:
        return _("Nothing else. The last statement on record is of {day}.").format(day=day)
    return _("Nothing. The last statement on record is of {day}.").format(day=day)


def _note(note: Endnote, write: Writer, *, words: bool, first: int) -> Note:
    """`first` is the endnote that cites the same source first, and gives its title."""
    level, language = write.level, write.language
    who = [run(note.speaker, "name", language, most=level.title)]
    office = run(note.speaker, "office", language, most=level.title)
    if office.text and office.text != who[0].text:
        who.append(office)
    original = write.original(note) if words else None
    return Note(
        number=note.number,
        statement=note.statement,
        reporter=write.reporting(note),
        who=tuple(who),
        when=when(note, write),
        words=write.words(note, most=level.quote) if words else None,
        quoted=write.quotes(note),
        original=original,
        original_fits=original is not None and width(original.text) <= level.original,
        publisher=run(note, "publisher", language, most=level.source),
        admiralty=f"{note.reliability or '–'}{note.credibility}",
        source=cut(note.source_title, note.source_language, level.source)
        if first == note.number
        else None,
        source_as=_("source as in {number}").format(number=first) if first != note.number else "",
        address=note.address,
        retracted=_("since retracted") if note.retracted else "",
    )


def when(note: Endnote, write: Writer) -> str:
    """The day where it was said, the place where that is on record; a time of day with its zone."""
    language = write.language
    day = write.day(local_dates(note.said_on, note.zone, others=(), language=language)[0][0])
    instant = said_instant(note.said_on)
    if instant is not None:
        there = instant.astimezone(ZoneInfo(note.zone))
        time = _("{time}, {city} time").format(
            time=f"{there:%H:%M}", city=city(note.zone, language)
        )
        day = f"{day} {time}"
    place = run(note, "place", language, most=write.level.title).text
    # No full stop before the colon that follows.
    return f"{day} ({place})" if place else day.removesuffix(".")
