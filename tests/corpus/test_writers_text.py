"""Markdown that shows what the body says, whatever signs are in it."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleaner import clean
from cleaner.article import Article, Block, BlockKind
from cleaner.corpus.writers.markdown import markdown
from cleaner.normalise import normalise

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = st.text("#>-+*_=~`|[]()<>&;:!\\.123 ab\u4e00\u00e9$\"'/", max_size=24)
WORDS = st.sampled_from(
    "a* *a _b b_ __c__ a_b `x` ``` ~~~ ~~d~~ [e](f) [g]: <h> </i> &amp; &#35; 1. 2) - + # ## > --- "
    "=== | |-| \\ \\* ![j](k) <https://l.m> <!-- [x] **n** *** ___ <b> &lt &lt;".split()
)
LINES = st.one_of(SIGNS, st.lists(WORDS, max_size=6).map(" ".join)).map(normalise).filter(bool)


def article(*blocks: tuple[BlockKind, str], title: str | None = None) -> Article:
    """An article whose body is made of these blocks."""
    body = ""
    for number, (kind, text) in enumerate(blocks):
        if number:
            body += "\n" if kind == "list_item" == blocks[number - 1][0] else "\n\n"
        body += text
    ledger = tuple(Block(kind, 0, 0) for kind, _ in blocks)
    return Article("", "a", "text", "utf-8", title=title, body=body, blocks=ledger)


def shown(text: str) -> list[tuple[str, str]]:
    """What a reader of Markdown shows: the elements around each piece of text, and the text."""
    found: list[tuple[str, str]] = []
    around: list[str] = []
    for token in READER.parse(text):
        if token.nesting == 1:
            around.append(token.tag)
        elif token.nesting == -1:
            around.pop()
        elif token.type == "inline":
            assert token.children is not None
            kinds = {child.type for child in token.children}
            assert kinds <= {"text", "hardbreak", "text_special"}, (text, kinds)
            lines = "".join("\n" if c.type == "hardbreak" else c.content for c in token.children)
            found.append((" ".join(around), lines))
        else:
            found.append((" ".join([*around, token.tag or token.type]), token.content))
    return found


@given(LINES, LINES, LINES)
@example("1986. A year", "- [x] done", "~ a ~")
@example("a\\", "*a", "a_b_c *d* 5*4*3")
def test_text_means_itself(title: str, first: str, second: str) -> None:
    text = markdown(
        article(("paragraph", first), ("paragraph", second), ("heading", "x " + first), title=title)
    )
    assert shown(text) == [("h1", title), ("p", first), ("p", second), ("h2", "x " + first)]


NO_FENCES = LINES.filter(lambda text: not text.startswith(("```", "~~~")))


@given(st.lists(NO_FENCES, min_size=1, max_size=3))
def test_every_kind_of_block(texts: list[str]) -> None:
    quoted = shown(markdown(article(*(("quote", f"> {text}") for text in texts))))
    assert quoted == [("blockquote p", re.sub(r"^>\s*", "", f"> {text}")) for text in texts]
    items = shown(markdown(article(*(("list_item", f"• {text}") for text in texts))))
    assert items == [("ul li p", text) for text in texts]
    numbered = [("list_item", f"{n}. {text}") for n, text in enumerate(texts, 3)]
    items = shown(markdown(article(*numbered)))  # type: ignore[arg-type]
    assert items == [("ol li p", text) for text in texts]
    ((where, code),) = shown(markdown(article(*(("code", text) for text in texts))))
    assert (where, code) == ("code", "".join(f"{text}\n" for text in texts))
    ((where, rows),) = shown(markdown(article(*(("table_row", f"x {text}") for text in texts))))
    assert (where, rows) == ("p", "\n".join(f"x {text}" for text in texts))


@pytest.mark.parametrize(
    "text",
    ["+1 point", "-5 degrees", "#tag", "3.5 per cent", "a_b_c", "5 * 4 * 3", "AT&T <3", "[1] ~9"],
)
def test_nothing_is_escaped_without_need(text: str) -> None:
    assert markdown(article(("paragraph", text))) == f"{text}\n"


def test_an_article_as_markdown() -> None:
    text = (
        "The quay\n\nBy Ann Lee\n\nThe first tram in forty years rolled along the quay on Monday, "
        "and half the town came.\n\n## What it cost\n\n• less than *planned*\n• more than asked\n\n"
        "> It was about time, said the mayor of the town.\n\n```python\nprint(1)\n# done\n```\n\n"
        "Nobody had ever counted the people who used to ride on it in the old days.\n\n"
        "Share this article:"
    )
    assert markdown(clean(text)) == (
        "# The quay\n\nThe first tram in forty years rolled along the quay on Monday, and half the "
        "town came.\n\n## What it cost\n\n- less than \\*planned\\*\n- more than asked\n\n> It was "
        "about time, said the mayor of the town.\n\n```python\nprint(1)\n# done\n```\n\nNobody had "
        "ever counted the people who used to ride on it in the old days.\n"
    )
    assert markdown(article()) == ""
    assert markdown(article(title="A # #")) == "# A # \\#\n"
