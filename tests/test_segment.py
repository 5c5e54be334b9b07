"""Text to lines: what breaks one, what is joined again, what kind each block is."""

from __future__ import annotations

import pytest

from cleaner import clean
from cleaner.lines.runin import run_in_headings
from cleaner.shape import is_prose
from tests.judging import MORE, PROSE


def blocks(text: str) -> list[tuple[str, str]]:
    article = clean(text)
    return [(b.kind, text[b.start : b.end]) for b in article.blocks]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0c", "\x0b"])
@pytest.mark.parametrize("blank", [1, 2, 3])
def test_line_breaks_of_all_sorts(end: str, blank: int) -> None:
    assert clean(PROSE + end * blank + MORE).body == f"{PROSE}\n\n{MORE}"


def test_hard_wrapped_text_is_rejoined() -> None:
    wrapped = (
        "The river rose over its banks in the night,\nand nobody had seen it coming. By the\n"
        "morning the lower streets stood under water,\nand boats went from door to door.\n\n"
        "The mayor said that pumps would be brought\nfrom the next town, but the road there was\n"
        "cut off as well."
    )
    assert clean(wrapped).body == "\n\n".join(
        " ".join(p.split("\n")) for p in wrapped.split("\n\n")
    )


def test_wrapped_list_items_stay_apart() -> None:
    text = (
        "- the first thing that has to be said about\n  it all is long\n"
        "- the second thing that has to be said here\n  is longer still\n"
        "- the third thing that has to be said here\n  is the longest"
    )
    assert clean(text).body.count("\n") == 2


def test_lines_that_are_no_paragraph_stay_apart() -> None:
    poem = "The river rose\nand took the bridge\nand took the mill\nbut not the bell"
    assert clean(poem).body == poem.replace("\n", "\n\n")


def test_wrapped_chinese_is_joined_without_a_space() -> None:
    text = "夜里河水上涨到早晨已经漫到桥下谁也没有听见钟声河水上涨了\n" * 5
    assert " " not in clean(text).body


def test_kinds_of_blocks() -> None:
    text = (
        f"{PROSE}\n\nWhat came after\n\n{MORE}\n\n• one thing\n• another thing\n\n"
        "1. first\n2. second\n\n"
        f"> {MORE}\n\nname\tage\nJane\t40\n\n```\nx = 1\n```\n\n{PROSE}"
    )
    assert [k for k, _ in blocks(text)] == (
        ["paragraph", "heading", "paragraph"]
        + ["list_item"] * 4
        + ["quote"]
        + ["table_row"] * 2
        + ["code"] * 3
        + ["paragraph"]
    )


def test_a_long_line_comes_back_as_one_paragraph() -> None:
    line = " ".join([PROSE, MORE] * 12)
    assert clean(line).body == line


def test_cruft_inside_an_endless_line_is_taken_out() -> None:
    line = " ".join([PROSE, MORE] * 12) + " Share this article! " + " ".join([MORE, PROSE] * 8)
    article = clean(line)
    assert [r.text for r in article.removed] == ["Share this article!"]


RUN_IN = [
    (
        "The Old Mill The mill stood at the bend of the river, and its wheel stood still. "
        "Children played there in the summer, and owls lived under the roof. Nobody minded them."
    ),
    (
        "A New Owner In the spring a woman from the city bought it for very little. She meant to "
        "grind flour again, and people laughed. They stopped when the wheel began to turn in May."
    ),
    (
        "Bread For The Town While the ovens were being built, she sold flour by sacks. The bakers "
        "came one after another, and in the end the town had its own bread. It was dark and cheap."
    ),
]


def test_headings_run_into_their_paragraphs_are_split() -> None:
    splits = run_in_headings(RUN_IN)
    assert [RUN_IN[n][:at].strip() for n, at in splits.items()] == [
        "The Old Mill",
        "A New Owner",
        "Bread For The Town",
    ]


def test_paragraphs_that_start_with_names_are_not_split() -> None:
    names = [
        f"New York Mayor {first} {last} said that the bridge would be closed for a year, and that "
        "nobody should be surprised by that. The council had been warned about it often enough, "
        "and the money was there. It was only a matter of will, and of the right season."
        for first, last in [("Jane", "Roe"), ("John", "Doe"), ("Ann", "Poe"), ("Tom", "Coe")]
    ]
    assert run_in_headings(names) == {}
    assert run_in_headings(RUN_IN[:2]) == {}
    assert run_in_headings([*RUN_IN, *names]) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROSE, True),
        ("Home News Sport Weather Travel Culture Money Opinion Video Podcasts Shop Contact", False),
        ("Too short.", False),
        ("夜里河水上涨，到早晨已经漫到桥下，谁也没有听见钟声，大家都睡着了。", True),
    ],
)
def test_prose(text: str, expected: bool) -> None:
    assert is_prose(text) is expected
