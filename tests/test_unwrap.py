"""Parts of a text that a program wrapped, among lines that stand by themselves."""

from __future__ import annotations

import textwrap

from cleaner.lines.rows import rows
from cleaner.lines.unwrap import unwrapped
from tests.judging import PARAGRAPHS, TEASERS

SHORT = "Harbour office\nPier 3\nOld town\nOpen all day"
HEADLINES = (
    "The ferry was late again on Monday, and nobody at the office said why",
    "Half the town came to the quay to see the first tram in forty years ru",
    "New rents for the shops on the square will be told to all on Wednesday",
)


def blocks(*parts: str) -> list[str]:
    text = "\n\n".join(parts)
    return [" ".join(row.text.split()) for row in unwrapped(text, rows(text))]


def wrapped(width: int) -> list[str]:
    return [textwrap.fill(p, width) for p in PARAGRAPHS]


def test_short_lines_around_wrapped_paragraphs() -> None:
    found = blocks(*[SHORT] * 8, *wrapped(72), *[SHORT] * 8)
    assert found == [*SHORT.split("\n") * 8, *PARAGRAPHS, *SHORT.split("\n") * 8]


def test_lines_that_are_wider_than_what_was_wrapped() -> None:
    wide = "\n".join(["select name, " + "column, " * 10 + "rest", "from table where it is so"])
    found = blocks(*[SHORT] * 8, *wrapped(60), wide)
    assert [p for p in PARAGRAPHS if p not in found] == []


def test_a_wrapped_part_of_a_text_with_long_lines() -> None:
    """Lines that happen to be as long as those that were wrapped are not joined."""
    found = blocks(*PARAGRAPHS, *wrapped(72)[:3], "\n".join(HEADLINES), *[SHORT] * 4)
    assert [h for h in HEADLINES if h not in found] == []


def test_lines_that_begin_small_and_were_not_wrapped() -> None:
    """Such as verse, or entries of a list."""
    verse = "\n".join(f"{line.lower()} and what they say of it" for line in TEASERS)
    assert blocks(*[verse] * 6) == verse.split("\n") * 6
