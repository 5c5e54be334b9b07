"""The adapter for pandas, with the real one."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytest.importorskip("pandas")

import pandas

from cleaner import Pipeline, UsageError
from cleaner.adapters.frames import clean_pandas
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.adapters.examples import run
from tests.conftest import ROOT, environment


def test_example() -> None:
    assert run("pandas") == 3


def test_columns() -> None:
    given = pandas.DataFrame({"text": [TEXT], "id": [7], "title": ["theirs"]}, index=["a"])
    frame = clean_pandas(given, "text")
    assert list(given.columns) == ["text", "id", "title"]
    row = frame.loc["a"]
    assert (row["text"], row["id"], row["title"], row["body"]) == (TEXT, 7, "theirs", BODY)
    assert {name: row[name] for name in FOUND} == {**FOUND, "title": "theirs"}
    assert cut_out(row["cleaner_removed"]) == CUT
    assert "\n\n".join(cut_out(row["cleaner_blocks"])) == BODY
    assert pandas.isna(row["cleaner_error"])
    assert frame["url"].dtype == frame["body"].dtype == "string"
    replaced = clean_pandas(given, "text", into="text", overwrite=True).loc["a"]
    assert (replaced["text"], replaced["title"]) == (BODY, FOUND["title"])


@pytest.mark.parametrize("nothing", [None, float("nan"), pandas.NA])
def test_no_article(nothing: object) -> None:
    texts = pandas.Series([" \n", nothing, TEXT], index=[0, 0, 1], dtype="object")
    frame = clean_pandas(pandas.DataFrame({"text": texts}), "text", offsets=False)
    assert frame["cleaner_error"].tolist()[:2] == ["empty-input", "empty-input"]
    assert frame["body"].isna().tolist() == [False, True, False]
    assert frame["body"].iloc[[0, 2]].tolist() == [" \n", BODY]
    assert frame["authors"].tolist() == [None, None, ["Ann Lee"]]
    assert "cleaner_removed" not in frame


def test_empty_frame() -> None:
    frame = clean_pandas(pandas.DataFrame({"text": []}), "text")
    assert len(frame) == 0 and "title" in frame


def test_what_cleans(config: str) -> None:
    frame = pandas.DataFrame({"text": [TEXT]})
    quiet = clean_pandas(frame, "text", pipeline=Pipeline().without("identify"))
    assert quiet["language"].isna().all()
    assert "Share this article:" in clean_pandas(frame, "text", config=config)["body"][0]


def test_wrong_columns() -> None:
    with pytest.raises(UsageError, match="not int"):
        clean_pandas(pandas.DataFrame({"text": [3]}, dtype="object"), "text")
    with pytest.raises(UsageError, match="'body'"):
        clean_pandas(pandas.DataFrame({"text": [TEXT], "body": [1]}), "text")


def test_polars_is_not_imported() -> None:
    code = (
        "import sys, pandas\n"
        "from cleaner.adapters.frames import clean_pandas\n"
        "clean_pandas(pandas.DataFrame({'text': ['a']}), 'text')\n"
        "sys.exit('polars' in sys.modules)"
    )
    subprocess.run(
        [sys.executable, "-c", code], check=True, timeout=120, cwd=ROOT, env=environment()
    )
