"""HTML taken apart enough to ask what a page says, without looking at how it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "base"}


@dataclass
class Element:
    """One element: name, attributes, the names of those around it, all the text within it."""

    name: str
    attributes: dict[str, str]
    around: tuple[str, ...] = ()
    text: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Its text with white space folded."""
        return " ".join("".join(self.text).split())


class Markup(HTMLParser):
    """The elements of a page in order, and the mistakes of nesting it has."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.mistakes: list[str] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        element = Element(tag, {name: value or "" for name, value in attrs})
        element.around = tuple(outer.name for outer in self._open)
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be the one named."""
        if not self._open or self._open.pop().name != tag:
            self.mistakes.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data: str) -> None:
        """Text belongs to all elements around it."""
        for element in self._open:
            element.text.append(data)

    def all(self, name: str, **attributes: str) -> list[Element]:
        """Elements of a name with these attributes; `class_` asks for one class among several."""
        wanted = {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}
        return [e for e in self.elements if e.name == name and _has(e, wanted)]

    def one(self, name: str, **attributes: str) -> Element:
        """The only such element."""
        found = self.all(name, **attributes)
        assert len(found) == 1, f"{len(found)} of {name} {attributes}"
        return found[0]

    def within(self, outer: str, name: str) -> list[Element]:
        """Elements of a name somewhere inside elements called `outer`."""
        return [e for e in self.all(name) if outer in e.around]

    @property
    def words(self) -> str:
        """All the page says."""
        return self.one("html").words


def _has(element: Element, wanted: dict[str, str]) -> bool:
    for name, value in wanted.items():
        held = element.attributes.get(name)
        if held is None or (value not in held.split() if name == "class" else held != value):
            return False
    return True


def parse(text: str) -> Markup:
    """A page's mark-up."""
    markup = Markup()
    markup.feed(text)
    markup.close()
    return markup
