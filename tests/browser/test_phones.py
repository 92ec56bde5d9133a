"""What phones stumble over: words without an end, and lines that begin with a comma."""

from __future__ import annotations

from typing import Any

import pytest

from tests.browser.site import Site
from tests.browser.test_pages import LANGUAGES, opened, width

pytestmark = pytest.mark.browser
# Every stored text, as long and as unbroken as somebody may write it; dates are ours.
_ENDLESS = """() => {
  const stored = 'main :is(bdi, blockquote, q, [lang], h1, .lead), .crumbs li,'
    + ' main :is(.readings-who, .board th a, .board-words, .board-next, .eyebrow, .front > *),'
    + ' main :is(.compare, .compare-summary, .compare-rest, .section > h2) :is(a, th, td > div)';
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const around = text.parentElement;
    if (around.closest('svg, script, .visually-hidden, option, time, .tag, .cell-label')) continue;
    const words = text.data.replace(/\\s/g, '');
    if (words && around.closest(stored)) text.data = words.repeat(200).slice(0, 200);
  }
}"""
# Text that follows a link without a space, and separators, stand on the line where the link ends.
_STRAYED = """() => {
  const strayed = [], range = document.createRange();
  const at = (text, place) => {
    range.setStart(text, place);
    range.setEnd(text, place + 1);
    return range.getBoundingClientRect();
  };
  for (const link of document.querySelectorAll('a')) {
    const next = link.nextSibling, texts = document.createTreeWalker(link, NodeFilter.SHOW_TEXT);
    if (next?.nodeType !== Node.TEXT_NODE) continue;
    const place = next.data.search(/[^ \\n\\u00a0]/);
    const apart = /[ \\n]/.test(next.data.slice(0, place));
    if (place < 0 || (apart && !/[·,;:.)]/.test(next.data[place]))) continue;
    let last = null;
    for (let one = texts.nextNode(); one; one = texts.nextNode()) if (one.data.trim()) last = one;
    const after = at(next, place), end = last && at(last, last.data.trimEnd().length - 1);
    if (end && after.width && after.top > end.top + end.height * 0.6)
      strayed.push(`${link.textContent.trim()} | ${next.data.trim().slice(0, 9)}`);
  }
  return strayed;
}"""

# Pages that stand within those of others.
_EMBEDDED = {
    "board elsewhere": "/embed/rok-us/",
    "track elsewhere": "/embed/rok-us/security/",
    "statement elsewhere": "/embed/statements/1/",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_without_an_end_break_and_lines_begin_with_words(
    site: Site, chromium: Any, language: str
) -> None:
    with opened(chromium, viewport={"width": 360, "height": 740}) as page:
        for kind, path in {**site.paths, **_EMBEDDED}.items():
            page.goto(site.url + language + path)
            for across in (360, 320):
                page.set_viewport_size({"width": across, "height": 740})
                assert page.evaluate(_STRAYED) == [], (kind, across)
            page.evaluate(_ENDLESS)
            for across in (320, 360):
                page.set_viewport_size({"width": across, "height": 740})
                assert width(page) <= across, (kind, across)
