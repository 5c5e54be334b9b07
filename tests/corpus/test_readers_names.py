"""Names for what comes out of containers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus.entry import spelt
from cleaner.corpus.errors import UnsafeName
from cleaner.corpus.readers import safe_name
from cleaner.corpus.readers.names import member_name
from cleaner.corpus.readers.seen import Seen


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", "00000007"),
        ("a1b2-c3", "a1b2-c3"),
        ("article_17.html", "article_17.html"),
        ("Zeitung-für-Käfer", "Zeitung-für-Käfer"),
        ("https://www.example.org/a/b?x=1", "example.org-a-b-x-1-"),
        ("../../etc/passwd", "etc-passwd-"),
        ("a..b", "a-b-"),
        (".hidden", "hidden-"),
        ("CON", "_CON-"),
        ("com1.txt", "_com1.txt-"),
        ("a" * 100, "a" * 80 + "-"),
        ("é" * 100, "é" * 40 + "-"),
        ("///", ""),
    ],
)
def test_names_stay_readable(text: str, name: str) -> None:
    found = safe_name(text, 7)
    if name.endswith("-") or not name:
        assert found.startswith(name) and len(found) == len(name) + 12
    else:
        assert found == name


@given(st.text() | st.text("./\\:-_ aB0\0\ud800é", max_size=200), st.integers(1, 10**9))
def test_names_are_safe_short_and_their_own(text: str, number: int) -> None:
    name = safe_name(text, number)
    assert name == safe_name(text, number)
    assert 0 < len(name.encode()) <= 96
    assert name == member_name(name)
    assert not name.startswith((".", "-")) and not name.endswith((".", "-"))
    assert not set(name) & set('/\\:*?"<>|\0 ') and ".." not in name and name.isprintable()
    if text:
        assert name == safe_name(text, number + 1)
        assert name != safe_name(text + "x", number)


@given(st.text(), st.text())
def test_two_texts_have_two_names(one: str, other: str) -> None:
    if one != other and one and other:
        assert safe_name(one, 1) != safe_name(other, 1)


@pytest.mark.parametrize(
    "raw",
    [
        *("/etc/passwd", "//x", "..", "../x", "a/../../x", "a/..", "C:/x", "c:x", "C:\\x"),
        *("a\\..\\x", "\\\\host\\x", "a\0b", "", "/", ".", "./", "./."),
    ],
)
def test_names_that_lead_elsewhere_are_refused(raw: str) -> None:
    with pytest.raises(UnsafeName):
        member_name(raw)


@given(st.text("./\\:aB\0 \n", max_size=30))
def test_members_stay_inside(raw: str) -> None:
    try:
        name = member_name(raw)
    except UnsafeName:
        return
    parts = name.split("/")
    assert parts and not {"", ".", ".."} & set(parts)
    assert member_name(name) == name


def test_members_names_are_brought_to_one_form() -> None:
    assert member_name("./a//b/./c.txt") == "a/b/c.txt"


def test_any_name_can_be_written() -> None:
    assert spelt("a\udcff/é") == "a\\xff/é"
    assert spelt("a\ud800") == "a\\ud800"


@given(st.lists(st.text(max_size=3)))
def test_what_was_seen(texts: list[str]) -> None:
    seen = Seen()
    expected = [text not in texts[:number] for number, text in enumerate(texts)]
    assert [seen.add(text) for text in texts] == expected


def test_much_was_seen() -> None:
    seen = Seen()
    assert all(seen.add(str(number)) for number in range(20_000))
    assert not any(seen.add(str(number)) for number in range(20_000))
