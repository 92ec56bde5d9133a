"""Every parameter of the read API, declared once; a route lists those it takes."""

from __future__ import annotations

from dataclasses import replace

from negotiations.api.formats import FORMATS
from negotiations.api.nightly import LATEST, NAME
from negotiations.api.nouns import PATHS, TABLES, noun_at
from negotiations.api.parameters import (
    CODE,
    LANGUAGE,
    Parameter,
    among,
    clock,
    clock_day,
    day,
    flag,
    number,
    several,
    slug,
    text,
    word,
)
from negotiations.desk_words import Review
from negotiations.queries.drafts import NOUNS
from negotiations.queries.entries import KINDS
from negotiations.queries.search import NOUNS as SEARCHED
from negotiations.queries.search import SORTS
from negotiations.queries.search_terms import LONGEST
from negotiations.refusals import Both
from negotiations.trust_words import ReportState
from negotiations.vocabulary import (
    AccountBearing,
    LinkageKind,
    LinkageStanding,
    MilestoneKind,
    Momentum,
    Outcome,
    Stage,
    Standing,
    StatementKind,
)

DESK = "desk"
_CODE_WORDS = Both("a party is named by its code, such as KR", "당사국은 KR 같은 부호로 씁니다")


def _party(name: str, doc: str) -> Parameter:
    en, ko = _CODE_WORDS, _CODE_WORDS.ko
    return text(name=name, doc=doc, example="KR", pattern=CODE, en=en, ko=ko, longest=12)


CLOCKS = (
    clock_day(
        name="on",
        doc="The world's clock: what held on that day. Default: today, where the desk is.",
        example="2025-10-05",
    ),
    clock(
        name="known_by",
        doc="The public's clock: only what could be known by then. A day includes the whole day. "
        "Default: now.",
        example="2025-10-05",
    ),
    clock(
        name="as_of",
        doc="Our record's clock: what this site said at that instant; a day means its end, where "
        "the desk is. Default: now.",
        example=None,
    ),
)
PAGING = (
    number(name="limit", doc="How many results.", example=50, most=200, default=50),
    text(
        name="cursor",
        doc="Where the page begins. Opaque: follow `next` instead of making one.",
        example=None,
        pattern=r"[A-Za-z0-9_-]+",
        en="a cursor is taken from the `next` of a page",
        ko="커서는 앞 페이지의 `next`에서 가져옵니다",
        longest=500,
    ),
)
AFTER = number(
    name="after",
    doc="The last ledger number you have seen; 0 from the beginning.",
    example=0,
    least=0,
    default=0,
)
FROM = clock_day(
    name="from",
    doc="The day to compare with, on the world's clock and the public's. Default: 30 days before "
    "the newest change.",
    example="2025-09-01",
)
TO = clock_day(
    name="to",
    doc="The day that is compared: sets `on` and `known_by` together, instead of them. "
    "Default: what they say.",
    example="2025-10-14",
)
_SINCE = number(
    name="since",
    doc="Instead of two days: compare what this record said when its newest public act had this "
    "number with what it says now (`as_of`).",
    example=0,
    least=0,
    default=None,
)
# The query reads it, as it does for pages.
SINCE = replace(_SINCE, read=lambda sent: str(_SINCE.read(sent)))
HASH = text(
    name="hash",
    doc="The hash of the act `after`, as you hold it (64 zeros for 0): refused as `other_ledger` "
    "where another act has that number here.",
    example=None,
    pattern=r"[0-9a-f]{64}",
    en="a hash is 64 hexadecimal digits",
    ko="해시는 16진수 64자리입니다",
)
SIZE = number(
    name="size",
    doc="The checkpoint of that size: the number of the public act it ends with. Default: newest.",
    example=None,
    default=None,
)
_SEEN = number(
    name="from", doc="The size of a checkpoint that you have seen.", example=1, default=None
)
FROM_SIZE = replace(_SEEN, required=True)
TO_SIZE = number(
    name="to",
    doc="The size of a later checkpoint. Default: the newest.",
    example=None,
    default=None,
)
WAIT = number(
    name="wait",
    doc="How many seconds an answer without acts is held back until there is one.",
    example=30,
    least=0,
    most=30,
    default=0,
)

NEGOTIATION = slug(name="negotiation", doc="The negotiation, by its slug.", example="rok-us")
TRACK = slug(
    name="track",
    doc="The track, by its slug. Slugs are unique in their negotiation: where two negotiations "
    "share one, give `negotiation` too.",
    example="currency-swap",
)
SPEAKER = slug(name="speaker", doc="Who speaks: a person, by slug.", example="cho-hyun")
PUBLISHER = slug(name="publisher", doc="Who publishes, by slug.", example="reuters-via-japan-news")
_SOURCE_ID = number(name="source", doc="The source, by its id.", example=1, default=None)
# The query takes the id as text.
SOURCE = replace(_SOURCE_ID, read=lambda sent: str(_SOURCE_ID.read(sent)))
LANGUAGE_OF_SOURCE = text(
    name="language",
    doc="Language of the source (BCP 47).",
    example="ko",
    pattern=LANGUAGE,
    en="a language is written as in BCP 47, such as ko",
    ko="언어는 BCP 47에 따라 ko처럼 씁니다",
    longest=12,
)

SPOKEN_FOR = _party("party", "Spoken for: the code of a party.")
SPOKEN_OF = _party("about", "Spoken of: the code of a party.")
READER = _party("party", "According to whom: the code of a party, or `desk` for the desk's own.")
READINGS_OF = _party(
    "party",
    "Whose readings and words are shown: the code of a party. Default: the desk's.",
)
CLAIMANT = _party("party", "According to whom: the code of a party.")

SAID_FROM = day(name="said_from", doc="Said on this day or later.", example="2025-09-01")
SAID_TO = day(name="said_to", doc="Said on this day or earlier.", example="2025-10-14")
SINCE_DAY = day(name="since", doc="From this day on.", example="2025-07-01")
UNTIL = day(name="until", doc="Up to this day.", example="2025-10-14")
EFFECTIVE_FROM = day(
    name="effective_from", doc="In effect from this day or later.", example="2025-09-01"
)
EFFECTIVE_TO = day(
    name="effective_to", doc="In effect from this day or earlier.", example="2025-10-14"
)

QUERY = Parameter(
    name="q",
    doc="What to look for: words, a phrase in quotation marks, the beginning of a word with an "
    "asterisk, what to leave out after a minus.",
    read=str,
    schema={"type": "string", "minLength": 1, "maxLength": LONGEST},
    example='관세 "currency swap" tariff* -rice',
    required=True,
)
SEARCHED_NOUN = among(
    name="noun",
    doc="Among what to look. Default: statement.",
    valid={noun: noun for noun in SEARCHED},
)
SORT = among(
    name="sort",
    doc="Newest first, or the most relevant of the newest first. Default: date.",
    valid={sort: sort for sort in SORTS},
)

STATEMENT_KIND = word(name="kind", doc="What the statement does.", words=StatementKind)
OF_STATEMENTS = (
    *(NEGOTIATION, TRACK, SPOKEN_FOR, SPOKEN_OF, SPEAKER, PUBLISHER, SOURCE, STATEMENT_KIND),
    *(SAID_FROM, SAID_TO),
)
LINKAGE_KIND = word(name="kind", doc="How the tracks are tied.", words=LinkageKind)
MILESTONE_KIND = word(name="kind", doc="What the date is for.", words=MilestoneKind)
TIMELINE_KIND = several(
    name="kind", doc="Only entries of these kinds, separated by commas.", valid=KINDS
)
STAGE = word(name="stage", doc="Readings at this stage.", words=Stage)
MOMENTUM = word(name="momentum", doc="Readings of this momentum.", words=Momentum)
STANDING = word(name="standing", doc="What force the position has.", words=Standing)
LINKAGE_STANDING = word(
    name="standing", doc="Whether the tie is asserted, denied or ended.", words=LinkageStanding
)
BEARING = word(
    name="bearing", doc="Whether the account tells or omits the topic.", words=AccountBearing
)
MEETING = slug(
    name="meeting", doc="The meeting, by its milestone’s slug.", example="first-lee-trump-summit"
)
TOPIC = slug(name="topic", doc="The topic, by its slug.", example="rice-market")
REPORT_STATE = word(name="state", doc="Reports of which this became.", words=ReportState)
OUTCOME = word(name="outcome", doc="What became of it.", words=Outcome)

REVIEW = several(
    name="review",
    doc="Only drafts in these states, separated by commas.",
    valid=("in_work", *(word.value for word in Review)),
)
MINE = flag(name="mine", doc="Only drafts of your own, or only those of others.")
NOUN = among(name="noun", doc="Only drafts of this noun.", valid={noun: noun for noun in NOUNS})

# Names in paths. What does not have the form is not found.
IN_PATH = {
    parameter.name: parameter
    for parameter in (
        NEGOTIATION,
        MEETING,
        slug(name="track", doc="The track, by its slug there.", example="currency-swap"),
        number(name="id", doc="The row's id.", example=1, default=None),
        number(name="number", doc="The number of a public act.", example=1, default=None),
        among(
            name="noun",
            doc="What it is, as it stands in addresses.",
            valid={path: noun_at(path) for path in PATHS},
        ),
        among(name="table", doc="What, as it stands in addresses.", valid=TABLES),
        among(
            name="extension",
            doc="The form of the file. `parquet` is offered where its package is installed.",
            valid={name: name for name in FORMATS},
        ),
        text(
            name="set",
            doc="A nightly set, by its name; `latest` is the newest.",
            example="latest",
            pattern=f"{LATEST}|{NAME}",
            en="a set is named as in the list of sets",
            ko="파일 묶음은 목록에 있는 이름으로 씁니다",
        ),
        text(
            name="file",
            doc="A file, by its name in the manifest; also `manifest.json` and `SHA256SUMS`.",
            example="statements.ndjson.gz",
            pattern=r"[A-Za-z0-9_-][A-Za-z0-9_.-]*",
            en="a file is named as in the manifest",
            ko="파일은 목록표에 있는 이름으로 씁니다",
            longest=250,
        ),
        slug(name="slug", doc="The slug.", example="cho-hyun"),
        text(
            name="code",
            doc="The code: ISO 3166-1 alpha-2 for states.",
            example="KR",
            pattern=CODE,
            en=_CODE_WORDS,
            ko=_CODE_WORDS.ko,
            longest=12,
        ),
    )
}
