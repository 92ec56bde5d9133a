"""A person at the keyboard: every place on a page is reached by it, as it calls itself aloud."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

from django.utils.translation import gettext, override

from negotiations.definitions import define

_FAR = 250  # so many presses lead through the longest page
_LEGEND = "document.activeElement.closest('fieldset')?.querySelector('legend')?.innerText.trim()"
_OPTION = "document.activeElement.selectedOptions[0].innerText.trim()"
_MAY_TYPE = frozenset({"textbox", "searchbox", "combobox", "Date"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Focus:
    """What has the focus: its role and its accessible name, as a screen reader has them."""

    role: str
    name: str


class Keyboard:
    """A page in one language that is only typed at."""

    def __init__(self, context: Any, url: str, language: str) -> None:
        """Open a tab of the browser `context`."""
        self.page, self.language, self.said = context.new_page(), language, list[str]()
        self._root = url + ("/ko" if language == "ko" else "")
        self._inner = context.new_cdp_session(self.page)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))

    def word(self, text: str) -> str:
        """The text of the product in the page's language."""
        with override(self.language):
            return gettext(text)

    def defined(self, vocabulary: str, word: str) -> str:
        """A word of the vocabulary as the page's language has it."""
        found = define(vocabulary, word)
        return found.label_ko if self.language == "ko" else found.label_en

    def open(self, path: str) -> Self:
        """Type an address of this language."""
        self.page.goto(self._root + path)
        return self

    @property
    def text(self) -> str:
        """What the page says."""
        return str(self.page.locator("main").inner_text())

    def focus(self) -> Focus:
        """What has the focus now."""
        here = self._inner.send("Runtime.evaluate", {"expression": "document.activeElement"})
        asked = {"objectId": here["result"]["objectId"], "fetchRelatives": False}
        told = self._inner.send("Accessibility.getPartialAXTree", asked)["nodes"][0]
        role, name = (told.get(one, {}).get("value") or "" for one in ("role", "name"))
        return Focus(role=role, name=" ".join(name.split()))

    def tab(self, wanted: Callable[[Focus], bool], what: str) -> Self:
        """Press Tab until the focus is where it is wanted."""
        met = []
        for _ in range(_FAR):
            self.page.keyboard.press("Tab")
            met.append(self.focus())
            if wanted(met[-1]):
                return self
        names = list(dict.fromkeys(f"{one.role} {one.name[:60]}" for one in met))
        raise AssertionError(f"no way to {what} on {self.page.url}: {names}")

    def go_to(self, name: str) -> Self:
        """Reach what is called by a name of the product."""
        called = self.word(name)
        return self.tab(lambda here: here.name == called, called)

    def follow(self, words: str) -> Self:
        """Reach a link that begins with these words of the record, and go where it leads."""
        self.tab(lambda here: here.role == "link" and here.name.startswith(words), words)
        return self.enter()

    def press(self, name: str) -> Self:
        """Reach a button or a link and press it; the page that it leads to is loaded then."""
        called = self.word(name)
        self.tab(lambda here: here.name == called and here.role in {"button", "link"}, called)
        return self.enter()

    def enter(self) -> Self:
        """Press Enter where a page is left by it."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def type(self, name: str, text: str) -> Self:
        """Reach a field and write this in it, instead of what is there."""
        called = self.word(name)
        self.tab(lambda here: here.name == called and here.role in _MAY_TYPE, called)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)
        return self

    def pick(self, name: str, label: str) -> Self:
        """Reach a list and walk to one of its choices."""
        called = self.word(name)
        self.tab(lambda here: here.name == called and here.role == "combobox", called)
        self.page.keyboard.press("Home")
        for _ in range(_FAR):
            if self.page.evaluate(_OPTION) == label:
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {label} in {name}")

    def choose(self, legend: str, label: str) -> Self:
        """Reach a group of radio buttons and walk to the one that begins with this label."""
        group = self.word(legend)

        def there(here: Focus) -> bool:
            return here.role == "radio" and self.page.evaluate(_LEGEND) == group

        self.tab(there, group)
        for _ in range(20):
            if self.focus().name.startswith(label):
                self.page.keyboard.press("Space")
                return self
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {label} in {group}")

    def tick(self, label: str) -> Self:
        """Reach a box and tick it."""
        self.tab(lambda here: here.role == "checkbox" and here.name == label, label)
        self.page.keyboard.press("Space")
        return self
