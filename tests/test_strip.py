"""Inline cruft: what goes, what stays because the text shows it, and how long that takes."""

from __future__ import annotations

import time

import pytest

from cleaner import Article, clean
from cleaner.document import Document
from cleaner.pipeline import STAGES, builtin_rules
from cleaner.stages.strip import strip

PROSE = (
    "The bridge was built in 1911, after the second flood of that decade had taken the wooden one, "
    "and nobody thought that it would stand for long."
)
MORE = (
    "Its piers have moved by a hand's breadth since then, and nobody at the harbour office knows "
    "why, although three engineers have looked at them."
)


def cleaned(line: str) -> str:
    """What is left of a line of an ordinary article."""
    return clean(f"{PROSE}\n\n{line}\n\n{MORE}").body.split("\n\n", 1)[1].rpartition("\n\n")[0]


def taken(article: Article, rule: str) -> list[str]:
    return [r.text for r in article.removed if r.rule == rule]


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("It was built by Smith &amp; Sons.", "It was built by Smith & Sons."),
        ("The R&amp;D office has two rooms.", "The R&D office has two rooms."),
        ("It was Smith &amp;amp; Sons who built it.", "It was Smith & Sons who built it."),
        ("They said so, &nbsp;and left.&nbsp;", "They said so, and left."),
        ("They said so, &amp;nbsp;and left.", "They said so, and left."),
        ("They said&nbsp;so and left.", "They said&nbsp;so and left."),
        ("They said &ldquo;no&rdquo; and left.", "They said &ldquo;no&rdquo; and left."),
        ("They paid 4 &lt; 5 crowns for it.", "They paid 4 &lt; 5 crowns for it."),
        ("They had R&D; and that was all.", "They had R&D; and that was all."),
        ("A so&shy;lid bridge stands there.", "A solid bridge stands there."),
    ],
)
def test_entities(line: str, left: str) -> None:
    assert cleaned(line) == left


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("A <b>solid</b> bridge stands there.", "A solid bridge stands there."),
        ("A <B>solid</B> bridge stands there.", "A solid bridge stands there."),
        ("A <em><b>solid</b></em> bridge stands.", "A solid bridge stands."),
        ('A <a href="/b">solid</a> bridge stands.', "A solid bridge stands."),
        ("A solid bridge <br/> stands there.", "A solid bridge stands there."),
        ('<p class="x">A solid bridge stands.</p>', "A solid bridge stands."),
        ("A solid bridge.<!-- more --> It stands.", "A solid bridge. It stands."),
        ("A solid bridge.<br>It stands there.", "A solid bridge.<br>It stands there."),
        ("<p>A solid bridge.</p><p>It stands.</p>", "A solid bridge.</p><p>It stands."),
        ("Press <b> for the solid bridge.", "Press <b> for the solid bridge."),
        ("A <name> stands for the builder.", "A <name> stands for the builder."),
        ("Where x<b and b>y, it stands still.", "Where x<b and b>y, it stands still."),
        ("It is <3 and always was, they say.", "It is <3 and always was, they say."),
    ],
)
def test_tags(line: str, left: str) -> None:
    assert cleaned(line) == left


CODE = ["```\nx = y\nz = w\n```", "if (open) {\n  start();\n}"]
ABOUT = ["In HTML the word is put between two signs.", "Most people forget the closing tag."]


@pytest.mark.parametrize("shown", CODE + ABOUT)
@pytest.mark.parametrize("line", ["A <b>solid</b> bridge.", "Smith &amp; Sons."])
def test_a_text_about_markup_or_with_code_keeps_it(shown: str, line: str) -> None:
    assert line in clean(f"{PROSE}\n\n{shown}\n\n{line}\n\n{MORE}").body


@pytest.mark.parametrize("shown", CODE)
def test_a_text_with_code_keeps_numbers_in_brackets(shown: str) -> None:
    assert "[1][2]" in clean(f"{PROSE}\n\n{shown}\n\nSo it is.[1][2]\n\n{MORE}").body


def test_what_is_left_does_not_read_like_another_tag() -> None:
    text = f"{PROSE}\n\nA <<b>b>solid</b> bridge &am<i>p;</i> more.\n\n{MORE}"
    once = clean(text).body
    assert clean(once).body == once


@pytest.mark.parametrize(
    ("markers", "gone"),
    [
        (("[1]", "[2]"), True),
        (("[1][2]", "[3]"), True),
        (("[1,2]", "[2-4]"), True),
        (("[1]", "[1]"), False),
        (("[2]", "[3]"), False),
        (("[0]", "[1]"), False),
        (("[1]", "[2]", "[90]"), False),
        (("[1](a)", "[2](b)"), False),
        (("[a]", "[b]"), False),
    ],
)
def test_citation_markers(markers: tuple[str, ...], gone: bool) -> None:
    text = "\n\n".join(f"{PROSE[:-1]}{m}. {MORE}" for m in markers)
    article = clean(text)
    assert bool(taken(article, "citation.dangling-marker")) == gone
    assert ("[" in article.body) != gone


@pytest.mark.parametrize(
    "kept",
    [
        "[1] A. Example, Bridges of the coast",
        "References\n\n1. A. Example, Bridges of the coast",
        "Einzelnachweise",
        "^ A. Example, Bridges of the coast",
        "Then swap a[1] and a[2] in the list.",
    ],
)
def test_citation_markers_that_point_at_something_stay(kept: str) -> None:
    article = clean(f"{PROSE}[1]\n\n{MORE}[2]\n\n{kept}")
    assert not taken(article, "citation.dangling-marker")


@pytest.mark.parametrize("symbols", ["**", "__", "|", "\ue000", "\u200b"])
def test_lost_symbols_go_even_between_paragraphs(symbols: str) -> None:
    assert clean(f"{PROSE}\n\n{symbols}\n\n{MORE}").body == f"{PROSE}\n\n{MORE}"


@pytest.mark.parametrize(
    "symbols", ["*", "* * *", "***", "---", "—", "•", "[...]", "…", "?!", "»", "$"]
)
def test_symbols_that_part_two_scenes_stay(symbols: str) -> None:
    assert clean(f"{PROSE}\n\n{symbols}\n\n{MORE}").body == f"{PROSE}\n\n{symbols}\n\n{MORE}"


@pytest.mark.parametrize("symbols", ["*", "* * *", "---", "|", "→"])
def test_symbols_that_part_nothing_go(symbols: str) -> None:
    assert clean(f"{PROSE}\n\n{MORE}\n\n{symbols}").body == f"{PROSE}\n\n{MORE}"
    text = f"{PROSE}\n\n{MORE}\n\n{symbols}\n\nShare this article:"
    assert clean(text).body == f"{PROSE}\n\n{MORE}"


HOSTILE = [
    "<",
    "&",
    "[1]",
    "<b>",
    "<b>x</b>",
    "<b a",
    "<!--",
    "&amp;",
    "&nbsp;",
    "&amp;amp",
    "; ;  ",
    "*\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_takes_time_in_proportion_to_the_text(piece: str) -> None:
    """Ten times the text may take thirty times as long, and no more (the quadratic: a hundred)."""
    spent = []
    for count in (2_000, 20_000):
        doc = Document(f"{PROSE}\n\n{piece * count}".encode(), "", builtin_rules())
        for stage in STAGES[:3]:
            doc = stage.run(doc)
        best = float("inf")
        for _ in range(3):
            start = time.process_time()
            strip(doc)
            best = min(best, time.process_time() - start)
        spent.append(best)
    assert spent[1] < max(30 * spent[0], 0.2), spent
