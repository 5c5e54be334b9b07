"""Pages that a text browser saved: wrapped at its width, links numbered, their addresses below."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.stages.numbered import unnumbered
from tests.judging import FOOTER, MENU, PARAGRAPHS, evidence, page
from tests.strategies import hostile_texts
from tests.test_invariants import check_ledger

TITLE = "The night the river came to the town"


class Browser:
    """Lays lines out as a text browser does.

    Args:
        width: at which it breaks them.
        numbers: whether it numbers links.
    """

    def __init__(self, width: int = 77, *, numbers: bool = True) -> None:
        self.width = width
        self.numbers = numbers
        self.links = 0

    def link(self, text: str) -> str:
        self.links += 1
        return f"[{self.links}]{text}" if self.numbers else text

    def items(self, texts: Sequence[str], depth: int = 0) -> str:
        indent, mark = " " * (5 + 5 * depth), "*+o#"[depth]
        return "\n".join(f"{indent}{mark} {self.link(text)}" for text in texts)

    def prose(self, text: str) -> str:
        """A paragraph in which every tenth word is a link."""
        words = [self.link(w) if n % 10 == 5 else w for n, w in enumerate(text.split(" "))]
        indent = " " * 3
        return textwrap.fill(
            " ".join(words),
            self.width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def saved(self) -> str:
        parts = [
            self.items(MENU),
            self.items(MENU[::-1], 2),
            TITLE,
            *map(self.prose, PARAGRAPHS),
            self.items(FOOTER),
        ]
        if self.numbers:
            listed = [f"{n:4}. https://example.org/{n}" for n in range(1, self.links + 1)]
            parts += ["References", "   Visible links:\n" + "\n".join(listed)]
        return "\n\n".join(parts)


@pytest.mark.parametrize("width", [60, 72, 77, 100])
@pytest.mark.parametrize("numbers", [False, True])
def test_a_saved_page_gives_the_article(width: int, numbers: bool) -> None:
    body = clean(Browser(width, numbers=numbers).saved()).body
    assert "\n\n".join(PARAGRAPHS) in body
    assert set(MENU).isdisjoint(line.lstrip("*o ") for line in body.splitlines())


def test_numbers_and_addresses_are_named() -> None:
    browser = Browser()
    removed = clean(browser.saved()).removed
    numbers = [r.text for r in removed if r.rule == "markup.link-number"]
    inside = [w for p in PARAGRAPHS for n, w in enumerate(p.split(" ")) if n % 10 == 5]
    assert len(numbers) >= len(inside) and all(n[0] == "[" and n[-1] == "]" for n in numbers)
    listed = "\n".join(r.text for r in removed if r.rule == "markup.link-list")
    assert listed.startswith("References\n") and "Visible links:" in listed
    assert listed.count("https://example.org/") == browser.links


def test_the_judge_sees_the_same_lines_with_and_without_numbers() -> None:
    with_numbers, without = (clean(Browser(numbers=n).saved()) for n in (True, False))
    assert with_numbers.body == without.body


@pytest.mark.parametrize(
    "text",
    [
        "{prose} [1]\n\n{prose} [2]\n\n{prose} [3] [4] [5] [6] [7]",
        "{prose}[1]\n\n{prose}[2][3], as many say[4], and some[5] do[6] not[7].",
        "{prose}\n\nReferences\n\n"
        + "\n".join(f"[{n}]A. Example, Bridges of the coast, 19{n}0." for n in range(1, 10)),
        "{prose}\n\nIn the code, a[0] and a[1] are swapped, then a[2], a[3], a[4], a[5] and a[6].",
    ],
)
def test_other_numbers_in_brackets_stay(text: str) -> None:
    article = clean(text.replace("{prose}", PARAGRAPHS[0]))
    assert not [r for r in article.removed if r.rule.startswith("markup.link")]


def test_numbers_that_mostly_do_not_count_up_stay() -> None:
    words = " ".join(f"[{n}]word [90]tail [91]tail" for n in range(1, 9))
    assert not [r for r in clean(f"{words}\n\n{PARAGRAPHS[0]}").removed if r.text[0] == "["]


def test_words_are_not_glued_together() -> None:
    saved = Browser().saved().replace(" [20]piers", " pi[20]ers")
    article = clean(saved)
    assert "because its pi[20]ers had moved" in article.body
    assert "[21]" not in article.body


def listed(*lines: str) -> list[str]:
    """What of a page's last lines counts as the list of addresses."""
    page = Browser(numbers=True)
    text = "\n\n".join([page.items(MENU), *map(page.prose, PARAGRAPHS), *lines])
    return [r.text for r in clean(text).removed if r.rule == "markup.link-list"]


def test_the_list_ends_where_something_else_stands() -> None:
    own = [f"{n}. https://example.org/{n}" for n in range(1, 5)]
    assert listed("References", *own) == ["References", *own]
    assert listed(*own[:2], "One", "Two", *own[1:]) == ["Two", *own[1:]]
    assert listed("References", *own[:2]) == []


def test_the_judge_does_not_see_the_list() -> None:
    doc = evidence(Browser().saved())
    seen = unnumbered(doc)
    assert [line.text for line in doc.lines].count("References") == 1
    assert "References" not in [line.text for line in seen.lines]
    assert seen.lines == doc.lines[: len(seen.lines)] and len(seen.lines) > len(PARAGRAPHS)


@given(hostile_texts(), st.integers(6, 30))
def test_the_ledger_of_numbered_texts(text: str, count: int) -> None:
    numbered = " ".join(f"[{n}]word and {text[:40]}" for n in range(1, count))
    addresses = "\n".join(f"{n}. https://example.org/{text[40:60]}" for n in range(1, count))
    whole = f"{numbered}\n\n{text}\n\nReferences\n\n{addresses}"
    check_ledger(whole, clean(whole))


def test_a_page_without_numbers_is_left_as_it_was() -> None:
    assert not [r for r in clean(page()).removed if r.rule.startswith("markup.link")]


def test_nothing_but_links_and_their_addresses() -> None:
    addresses = "\n".join(f"   {n}. https://example.org/{n}" for n in range(1, 7))
    text = f"[1]One [2]Two [3]Six\n\n[4]Four [5]Five [6]Six\n\n{addresses}"
    check_ledger(text, clean(text))
