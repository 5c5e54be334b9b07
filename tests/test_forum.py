"""What tells a forum, and what only looks like one."""

from __future__ import annotations

import pytest

from cleaner import clean
from cleaner.fold import fold
from cleaner.lines.forum import SIGNS, forum_sign, is_forum
from tests.judging import PARAGRAPHS, page

POSTS = (
    "My boat has stood in the yard since the spring, and I would like to know who repairs planks.",
    "The yard behind the mill does, but they want a deposit, and you wait for at least a month.",
    "I went to the two brothers at the lock instead. They were quick, and they were not dear.",
)


def keys(*lines: str) -> list[str]:
    return [fold(line) for line in lines]


@pytest.mark.parametrize(
    ("line", "sign"),
    [
        ("Joined", "joined"),
        ("Joined: 28 Nov 2003", "joined"),
        ("Messages 1,234", "messages"),
        ("Posts: 1354", "posts"),
        ("Thread starter", "thread starter"),
        ("Click to expand...", "click to expand"),
        ("||View previous topic :: View next topic", "view previous topic view next topic"),
        ("answered Jan 5, 2021 at 10:15", "answered"),
        ("Registriert seit: 05.2013", "registriert seit"),
        ("Сообщений: 214", "сообщений"),
    ],
)
def test_signs_stand_alone_or_before_a_number_or_a_date(line: str, sign: str) -> None:
    assert forum_sign(fold(line)) == sign


@pytest.mark.parametrize(
    "line",
    [
        "",
        "Joined by the mayor, she opened the bridge.",
        "Messages from the islands",
        "Postscript 3",
        "Joined the crew in 1987",
        "Posts: " + "a long story of 1987 " * 5,
    ],
)
def test_what_goes_on_in_words_is_no_sign(line: str) -> None:
    assert forum_sign(fold(line)) is None


def test_one_sign_may_stand_anywhere() -> None:
    assert not is_forum(keys("Messages", *PARAGRAPHS, "Messages 28", "Messages: 3"))
    assert is_forum(keys("Messages 28", *PARAGRAPHS, "Joined Aug 24, 2006"))


def test_every_language_has_signs_that_are_told() -> None:
    for language, signs in SIGNS.items():
        some = signs.split("|")
        assert all(forum_sign(sign) == fold(sign) == sign for sign in some), language
        assert is_forum(keys(*some[:2])), language


def test_an_article_is_none() -> None:
    assert not is_forum(keys(*page().split("\n")))


def test_posts_stay_and_what_the_software_writes_around_them_tells_them() -> None:
    posts = [
        line
        for n, post in enumerate(POSTS)
        for line in (f"Sailor{n}", "Senior Member", "Joined Aug 24, 2006", "Messages 88", post)
    ]
    body = clean("\n".join(["Who repairs planks?", "Thread starter Sailor0", *posts])).body
    assert all(post in body for post in POSTS)
