"""Two officers, two browsers, keyboards alone: from an address to a status change and its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest

from tests.browser.desk_site import DeskSite
from tests.browser.keyboard import Keyboard
from tests.browser.officers import OFFICER, REVIEWER, Officer
from tests.browser.outside import ENGLISH, KOREAN, Article

pytestmark = pytest.mark.browser


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """What happens in the world, in the words of one language."""

    article: Article
    path: str
    track: str
    publisher: str
    speaker: str
    party: str
    kind: str
    phrase: str
    stage: str
    momentum: str
    paper: str
    headline: str
    reason: str

    @property
    def words(self) -> str:
        """What was said."""
        return self.article.paragraphs[0].strip("“”")


STORIES = {
    "en": Story(
        article=ENGLISH, path="currency-swap", track="Currency swap", publisher="The Korea Herald",
        speaker="Koo Yun-cheol", party="Republic of Korea", kind="reports", phrase="on Monday",
        stage="negotiating", momentum="advancing", paper="oral",
        headline="Koo: drafts exchanged, the text is being negotiated",
        reason="He spoke of two drafts.",
    ),
    "ko": Story(
        article=KOREAN, path="cost-sharing", track="방위비 분담", publisher="코리아헤럴드",
        speaker="조현", party="대한민국", kind="reports", phrase="월요일",
        stage="exploratory", momentum="advancing", paper="oral",
        headline="조현: 방위비 분담 입장을 처음으로 교환",
        reason="장관은 두 입장을 말했다.",
    ),
}  # fmt: skip


@contextmanager
def desks(chromium: Any, site: DeskSite, language: str, *, js: bool) -> Iterator[list[Keyboard]]:
    """The officer and the reviewer, each signed in in a browser of their own."""
    contexts = [chromium.new_context(java_script_enabled=js) for _ in range(2)]
    try:
        yield [
            sign_in(Keyboard(context, site.url, language), who)
            for context, who in zip(contexts, (OFFICER, REVIEWER), strict=True)
        ]
    finally:
        for context in contexts:
            context.close()


def sign_in(desk: Keyboard, who: Officer) -> Keyboard:
    """From the desk's address by name and password to the desk."""
    desk.open("/desk/").type("User name or e-mail address", who.username)
    return desk.type("Password", who.password).press("Sign in")


@pytest.mark.parametrize(
    ("language", "js"), [("en", True), ("ko", False)], ids=["English", "Korean without JavaScript"]
)
def test_two_officers_keep_the_record_by_keyboard(
    desk_site: DeskSite, chromium: Any, language: str, js: bool
) -> None:
    story = STORIES[language]
    with desks(chromium, desk_site, language, js=js) as (officer, reviewer):
        capture(officer, desk_site, story)
        record_statement(officer, story, js=js)
        change_status(officer, story)
        send_back(reviewer, story)
        meet(officer, reviewer, story)
        publish(reviewer, story.headline)
        assert story.headline in reviewer.text
        correct(officer, story, reviewer.page.url)
        publish(reviewer, f"{story.headline} (2)")
        corrected = reviewer.page.url
        reviewer.open("/corrections/")
        assert story.reason in reviewer.text
        retract(officer, story, corrected)
        publish(reviewer, f"{story.headline} (2)")
        reviewer.open("/corrections/")
        assert f"{story.reason} !" in reviewer.text
        said = [line for line in [*officer.said, *reviewer.said] if "status of 412" not in line]
        assert said == []


def capture(officer: Keyboard, site: DeskSite, story: Story) -> None:
    """The address is pasted, the worker fetches the page, what it says of itself is confirmed."""
    officer.press("Source")
    officer.type("Address of the page, or its text", site.outside.url(story.article.path))
    officer.press("Go on")
    fetched = officer.page.get_by_role("heading", name=officer.word("A page was fetched"))
    fetched.wait_for(timeout=45_000)
    assert officer.page.input_value("#id_title") == story.article.title
    assert officer.page.input_value("#id_published_on") == story.article.day
    assert officer.page.input_value("#id_language") == story.article.language
    officer.type("Publisher", story.publisher).press("Save the source and go on")


def record_statement(officer: Keyboard, story: Story, *, js: bool) -> None:
    """The words are selected in the reading pane, or pasted; the rest is filled in."""
    if js:
        select(officer, story.words)
    else:
        officer.type("Quotation", story.words)
    officer.type("Speaker", story.speaker).tick(story.party)
    officer.type("Said on", story.article.day).type("Whose clock", "Asia/Seoul")
    officer.type("How the source words the date", story.phrase)
    officer.pick("Kind", officer.defined("statement_kind", story.kind)).tick(story.track)
    officer.press("Save draft")
    assert officer.word("Draft saved.") in officer.text
    assert officer.page.locator("mark").first.inner_text() == story.words


def select(officer: Keyboard, words: str) -> None:
    """Walk to the words in the text, hold Shift to their end, and quote them."""
    officer.go_to("Text of the source")
    keys = officer.page.keyboard
    keys.press("Control+Home")
    for _ in range(officer.page.input_value("#reading-text").index(words)):
        keys.press("ArrowRight")
    for _ in words:
        keys.press("Shift+ArrowRight")
    officer.go_to("Quote the selection")
    keys.press("Enter")
    assert officer.page.input_value("#id_quotation") == words


def change_status(officer: Keyboard, story: Story) -> None:
    """A change of the track that rests on the statement, handed in."""
    officer.press("Desk").press("Status change")
    officer.pick("Track", story.track)
    officer.choose("Stage", officer.defined("stage", story.stage))
    officer.choose("Momentum", officer.defined("momentum", story.momentum))
    officer.choose("Documentary basis", officer.defined("documentary_basis", story.paper))
    officer.type("Headline in English", f"{story.headline}?")
    officer.type("Headline in Korean", story.headline)
    officer.type("Find statements", story.words[:30]).press("Show statements")
    officer.go_to("Rests on this first")
    officer.page.keyboard.press("Space")
    officer.type("Effective on", story.article.day).press("Save and hand in for review")
    assert officer.word("Saved and handed in for review.") in officer.text


def send_back(reviewer: Keyboard, story: Story) -> None:
    """The reviewer sees it as readers will, and wants other words."""
    find_draft(reviewer, story.headline)
    assert reviewer.word("As readers will see it") in reviewer.text
    assert story.words in reviewer.text
    reviewer.type("What should change", "No question mark.").press("Send back with this note")
    assert reviewer.word("Sent back with your note.") in reviewer.text


def meet(officer: Keyboard, reviewer: Keyboard, story: Story) -> None:
    """Both change the draft; who comes second sees both versions and has lost nothing.

    The reviewer leaves it at that: who has a hand in a draft may not publish it.
    """
    for desk in (officer, reviewer):
        find_draft(desk, story.headline)
        desk.press("Change it")
    officer.type("Headline in English", story.headline).press("Save and hand in for review")
    assert officer.word("Saved and handed in for review.") in officer.text
    reviewer.type("Headline in Korean", f"{story.headline}!").press("Save draft")
    assert reviewer.word("Somebody changed this draft meanwhile") in reviewer.text
    conflict = reviewer.page.locator(".conflict").inner_text()
    assert f"{story.headline}!" in conflict
    assert f"{story.headline}?" in conflict
    assert reviewer.page.input_value("#id_headline_ko") == f"{story.headline}!"


def publish(reviewer: Keyboard, headline: str) -> None:
    """The draft, with all that it rests on, is published by one press."""
    find_draft(reviewer, headline)
    reviewer.press("Publish now")
    assert "/desk/" not in reviewer.page.url, reviewer.text


def find_draft(desk: Keyboard, headline: str) -> None:
    """From the desk page to a draft that waits."""
    desk.open("/desk/drafts/").follow(headline)


def correct(officer: Keyboard, story: Story, address: str) -> None:
    """A published change gets another headline beside it."""
    go_to_record(officer, address).press("Correct it")
    for label in ("Headline in English", "Headline in Korean"):
        officer.type(label, f"{story.headline} (2)")
    officer.type("Reason for the correction, as readers will see it", story.reason)
    officer.press("Save and hand in for review")


def retract(officer: Keyboard, story: Story, address: str) -> None:
    """What was published is withdrawn."""
    go_to_record(officer, address).press("Retract it")
    officer.type("Reason for the retraction, as readers will see it", f"{story.reason} !")
    officer.press("Save and hand in for review")


def go_to_record(officer: Keyboard, address: str) -> Keyboard:
    """From the address of what is published to what can be done with it."""
    return officer.open("/desk/").type("Go to", address).press("Open")


@pytest.mark.parametrize("js", [True, False], ids=["JavaScript", "no JavaScript"])
def test_what_was_typed_outlives_the_session(desk_site: DeskSite, chromium: Any, js: bool) -> None:
    with desks(chromium, desk_site, "ko", js=js) as (officer, _reviewer):
        officer.open("/desk/").press("Status change").type("Headline in Korean", "남는 말")
        officer.page.context.clear_cookies(name="parley_session")
        officer.press("Save draft").type("User name or e-mail address", OFFICER.username)
        officer.type("Password", OFFICER.password).press("Sign in")
        assert officer.page.input_value("#id_headline_ko") == "남는 말"
        kept = "Your text was kept. Nothing has been sent yet: look it over and send it again."
        assert officer.word(kept) in officer.text
