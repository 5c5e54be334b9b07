"""What tests of the review page share: runs to look at, and the parts of a page."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from cleaner import Article, Pipeline
from cleaner.cli_report import report_command
from cleaner.output import encode
from cleaner.report.review import target_of, write_review
from tests.conftest import ROOT
from tests.test_cli import write

PAGE = ROOT / "cleaner/report/page"
RULES_ALONE = Pipeline().without("judge")
TEXT = (
    "Trams return to the quay\nBy Ann Lee | 5 May 2024\n\nThe first tram in forty years rolled "
    "along the quay on Monday, and half the town came.[1]\n\n- It  was blue.\n- It was late.\n\n"
    "Share this article:\n"
)
HOSTILE = (
    "</script><script>alert(1)</script><!-- <script>",
    "]]>\"'`${x}\\u003c\\",
    "\u2028\u2029\u202e\x00\x1b\x7f\x85\ufeff\udfff\ud800\uffff",
    "<img src=x onerror=alert(1)>&lt;&amp;",
)


def made(text: str = TEXT, path: str = "a.txt", **more: Any) -> Article:
    return replace(RULES_ALONE(text, path=path), **more)


def run_of(folder: Path, *articles: Article) -> Path:
    for number, article in enumerate(articles):
        write(folder, {f"{number:04}.txt.json": encode(article, indent=2).decode()})
    return folder


def review(out: Path, target: Path | None = None, **more: Any) -> tuple[Any, list[Any], str]:
    """The data on the page: all but the articles, the articles; and the page itself."""
    file = target or target_of(out)
    write_review(out, str(file), pytest.fail, **more)
    text = file.read_text("utf-8")
    lines = Parts.of(text).data["data-articles"].strip("\n").split("\n")
    return json.loads(Parts.of(text).data["data-report"]), [json.loads(one) for one in lines], text


class Parts(HTMLParser):
    """The tags of a page with their attributes, and what stands in its scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.data: dict[str, str] = {}
        self._name = ""

    @classmethod
    def of(cls, text: str) -> Parts:
        parts = cls()
        parts.feed(text)
        parts.close()
        return parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
        if tag in ("script", "style"):
            given = dict(attrs)
            self._name = given.get("id") or given.get("type") or tag

    def handle_data(self, data: str) -> None:
        if self._name:
            self.data[self._name] = self.data.get(self._name, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._name = ""


APP = typer.Typer()
APP.command()(report_command)


def command(*args: str | Path) -> Any:
    return CliRunner().invoke(APP, [str(arg) for arg in args])
