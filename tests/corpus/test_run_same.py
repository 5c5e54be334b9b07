"""The same articles come out, however they are packed; and what they are generated from."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from tests.corpus import generate, same
from tests.corpus.languages import LANGUAGES


@pytest.mark.parametrize(
    ("corpus", "key", "count"),
    [(same.pages, "html", 16), (same.texts, "text", 40)],
    ids=["pages", "texts"],
)
def test_packing_changes_nothing(tmp_path: Path, corpus: same.Maker, key: str, count: int) -> None:
    found = same.cleaned(tmp_path, corpus(count), key)
    assert same.differences(found, count) == []
    first = found["directory"].values()
    assert sum(len(article["removed"]) for article in first) > count
    assert len({article["id"] for article in first}) == count
    # What compares them sees what differs.
    (name, article), *_ = found["all.zip"].items()
    found["all.zip"][name] = {**article, "title": "Another"}
    found["all.parquet"].pop(name)
    assert same.differences(found, count) == [
        f"all.parquet: {count - 1} of {count}",
        f"all.zip: {name}: title",
    ]


def test_generated_articles_are_varied_and_always_the_same() -> None:
    made = list(generate.articles(1_000))
    digest = hashlib.sha256()
    for name, data in made:
        digest.update(name.encode() + data)
    assert digest.hexdigest()[:12] == "88fd623a50fe"
    assert made[:50] == list(generate.articles(50))
    whole = b"".join(data for _, data in made).decode("utf-8", "replace")
    assert all(language.names[0] in whole for language in LANGUAGES.values())
    texts = [data for name, data in made if name.endswith(".txt")]
    assert sum(b"\r\n" in data for data in texts) > 50
    assert sum(b"\n" not in data and len(data) > 500 for data in texts) > 50
    assert sum(b"\n# " in data for data in texts) > 30
    assert sum(len(data) > 15_000 for data in texts) > 2
    assert sum(20 < len(data) < 400 for data in texts) > 20
    assert sum(not is_utf8(data) and data[:2] != b"\xff\xfe" for data in texts) > 10
    assert sum(data[:2] == b"\xff\xfe" for data in texts) > 10
    pages = [data for name, data in made if name.endswith(".html")]
    for mark in (b"application/ld+json", b"<div class=c1>", b"<table>", b"<blockquote>"):
        assert 15 < sum(mark in data for data in pages) < 40
    assert sum(not data for data in texts) == 10


def is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
