"""The adapter for Polars, with the real one."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("polars")

import polars

from cleaner import Pipeline, UsageError
from cleaner.adapters.frames import clean_polars
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.examples import run
from tests.conftest import ROOT, environment


def test_example() -> None:
    assert run("polars") == 3


def test_columns() -> None:
    given = polars.DataFrame({"text": [TEXT], "id": [7], "title": ["theirs"]})
    frame = clean_polars(given, "text")
    assert given.columns == ["text", "id", "title"]
    row = frame.row(0, named=True)
    assert (row["text"], row["id"], row["title"], row["body"]) == (TEXT, 7, "theirs", BODY)
    assert {name: row[name] for name in FOUND} == {**FOUND, "title": "theirs"}
    assert cut_out(row["cleaner_removed"]) == CUT
    assert "\n\n".join(cut_out(row["cleaner_blocks"])) == BODY
    assert row["cleaner_error"] is None
    replaced = clean_polars(given, "text", into="text", overwrite=True).row(0, named=True)
    assert (replaced["text"], replaced["title"]) == (BODY, FOUND["title"])


def test_no_article() -> None:
    frame = clean_polars(polars.DataFrame({"text": [" \n", None, TEXT]}), "text", offsets=False)
    assert frame["cleaner_error"].to_list() == ["empty-input", "empty-input", None]
    assert frame["body"].to_list() == [" \n", None, BODY]
    assert frame["authors"].to_list() == [None, None, ["Ann Lee"]]
    assert "cleaner_removed" not in frame.columns


def test_types_do_not_hang_on_the_articles() -> None:
    full = clean_polars(polars.DataFrame({"text": [TEXT]}), "text")
    for texts in ([], [""], [None]):
        frame = polars.DataFrame({"text": texts}, schema={"text": polars.String})
        assert clean_polars(frame, "text").schema == full.schema


def test_bytes() -> None:
    frame = clean_polars(polars.DataFrame({"page": [TEXT.encode(), b"\x00\x01" * 99]}), "page")
    assert frame["body"].to_list() == [BODY, None]
    assert frame["cleaner_error"].to_list() == [None, "binary-input"]


def test_what_cleans(config: str) -> None:
    frame = polars.DataFrame({"text": [TEXT]})
    quiet = clean_polars(frame, "text", pipeline=Pipeline().without("identify"))
    assert quiet["language"].to_list() == [None]
    assert "Share this article:" in clean_polars(frame, "text", config=config)["body"][0]


def test_wrong_columns() -> None:
    with pytest.raises(UsageError, match="not int"):
        clean_polars(polars.DataFrame({"text": [3]}), "text")
    with pytest.raises(UsageError, match="'body'"):
        clean_polars(polars.DataFrame({"text": [TEXT], "body": [1]}), "text")


def test_pandas_is_not_imported() -> None:
    code = (
        "import sys, polars\n"
        "from cleaner.adapters.frames import clean_polars\n"
        "clean_polars(polars.DataFrame({'text': ['a']}), 'text')\n"
        "sys.exit('pandas' in sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, timeout=120, cwd=ROOT, env=environment()
    )
