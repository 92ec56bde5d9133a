"""Addresses that lead to the very words in a source (WICG, URL Fragment Text Directives)."""

from __future__ import annotations

from urllib.parse import quote, urldefrag

# A browser seeks an exact text inside one block only; what is longer is given by its two ends.
LONGEST_EXACT = 300
END_WORDS = 5
CONTEXT_WORDS = 4


def text_fragment_url(*, url: str, quotation: str, prefix: str = "", suffix: str = "") -> str:
    """`url` with a text directive for `quotation`, told apart by the words around it.

    `prefix` and `suffix` are the snapshot's text right before and after, cut anywhere.
    """
    address, fragment = urldefrag(url)
    kept = fragment.split(":~:", 1)[0]
    directive = "".join(
        [
            _context(_words_before(prefix), after=False),
            ",".join(_encoded(part) for part in _ends(quotation)),
            _context(_words_after(suffix), after=True),
        ]
    )
    return f"{address}#{kept}:~:text={directive}"


def _ends(quotation: str) -> list[str]:
    words = quotation.split()
    in_one_block = "\n" not in quotation.strip()
    if len(words) < 2 * END_WORDS or (in_one_block and len(quotation) <= LONGEST_EXACT):
        return [" ".join(words)]
    return [" ".join(words[:END_WORDS]), " ".join(words[-END_WORDS:])]


def _words_before(prefix: str) -> list[str]:
    """The last whole words of one line: a first word of the cut may be half of one."""
    lines = [line for line in prefix.splitlines() if line.strip()]
    if not lines:
        return []
    whole = len(lines) > 1 or prefix[0].isspace()
    words = lines[-1].split()
    return (words if whole else words[1:])[-CONTEXT_WORDS:]


def _words_after(suffix: str) -> list[str]:
    lines = [line for line in suffix.splitlines() if line.strip()]
    if not lines:
        return []
    whole = len(lines) > 1 or suffix[-1].isspace()
    words = lines[0].split()
    return (words if whole else words[:-1])[:CONTEXT_WORDS]


def _context(words: list[str], *, after: bool) -> str:
    if not words:
        return ""
    text = _encoded(" ".join(words))
    return f",-{text}" if after else f"{text}-,"


def _encoded(text: str) -> str:
    """Percent-encoded; the hyphen too, which would else read as the mark of a context."""
    return quote(text, safe="").replace("-", "%2D")
