"""Bytes to text: encodings, what is undecodable, what is no text; and their normal form."""

from __future__ import annotations

import gzip

import pytest

from cleaner import (
    BinaryInput,
    EmptyInput,
    UsageError,
    clean,
    normalise,
)
from tests.judging import MORE, PROSE


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "Ein Café am Fluß – „schön“"),
        ("utf-16", "Ein Café am Fluß – „schön“"),
        ("utf-32", "Ein Café am Fluß – „schön“"),
        ("utf-8", "Ein Café am Fluß – „schön“"),
        ("ascii", "A plain line of text"),
    ],
)
def test_marked_and_plain_encodings(encoding: str, text: str) -> None:
    data = text.encode(encoding)
    article = clean(data)
    assert data.decode(article.encoding) == text
    assert article.warnings == ()


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "Der Fluß trat über die Ufer, und niemand hörte die Glocke läuten. " * 3),
        ("cp1251", "Река вышла из берегов, и никто не услышал колокола в ту ночь. " * 3),
        ("shift_jis", "川の水が夜のうちに増えて、朝には橋の下まで届いていた。" * 4),
        ("euc_kr", "밤새 강물이 불어나 아침에는 다리 밑까지 차올랐다. 아무도 몰랐다. " * 4),
        ("gb18030", "夜里河水上涨，到早晨已经漫到桥下，谁也没有听见钟声。" * 4),
    ],
)
def test_detected_encodings(encoding: str, text: str) -> None:
    assert clean(text.encode(encoding)).body == text.strip()


def test_a_declared_encoding_goes_before_detection() -> None:
    data = "Žluťoučký kůň".encode("cp1250")
    assert clean(data, encoding="windows-1250").body == "Žluťoučký kůň"
    with pytest.raises(UsageError, match="try utf-8"):
        clean(data, encoding="klingon")


def test_undecodable_bytes_are_counted() -> None:
    data = ("Über Flüsse führen schöne Brücken aus Öl. " * 3).encode() + b"\xff\xfe und mehr."
    article = clean(data)
    assert article.encoding == "utf-8"
    assert article.warnings == ("undecodable-bytes: 2",)


def test_a_stated_replacement_character_is_none_that_was_lost() -> None:
    assert clean("A \ufffd in a line".encode()).warnings == ()


def test_lone_surrogates_are_counted() -> None:
    article = clean("One \ud800 and two \udfff\udfff here")
    assert article.warnings == ("lone-surrogates: 3",)
    article.to_json().encode("utf-8")


@pytest.mark.parametrize("data", [b"", b" \n\t", "", "\u200b\u200b \n", b"\xef\xbb\xbf"])
def test_nothing_visible_is_named(data: bytes | str) -> None:
    with pytest.raises(EmptyInput):
        clean(data)


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 20,
        gzip.compress(bytes(range(256)) * 20),
        gzip.compress(PROSE.encode())[:-9],
        b"%PDF-1.7 text",
        b"\x89PNG\r\n\x1a\n",
    ],
    ids=["bytes", "gzip of bytes", "gzip without its end", "pdf", "png"],
)
def test_binary_is_named(data: bytes) -> None:
    with pytest.raises(BinaryInput):
        clean(data)


def test_nul_bytes_in_text_are_taken_out() -> None:
    assert clean(f"{PROSE}\x00 {MORE}".encode()).body == f"{PROSE} {MORE}"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("itâ€™s  a cafÃ©", "it’s a café"),
        ("voilÃ\u00a0 tout", "voilà tout"),
        ("so\u00adft hy\u200bphen\u00ads", "soft hyphens"),
        ("cafe\u0301", "café"),
        ("one\u2009two\u3000three\r\nfour", "one two three four"),
        ("پیاده\u200cرو", "پیاده\u200cرو"),
        ("x\u200cy", "xy"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("Â Ã\x00‘", "Â Ñ"),
        ("naïve Ångström", "naïve Ångström"),
    ],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain
