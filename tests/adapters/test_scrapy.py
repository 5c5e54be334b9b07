"""The adapter for Scrapy, with the real one."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("scrapy")

import scrapy
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem
from scrapy.statscollectors import MemoryStatsCollector

from cleaner import ConfigError, Pipeline, UsageError
from cleaner.adapters.scrapy import ArticleCleanerPipeline
from tests.adapters.conftest import BODY, CUT, FOUND, TEXT, cut_out
from tests.conftest import ROOT, environment


@dataclass
class News:
    text: str | bytes | None
    title: str | None = None
    authors: list[str] = field(default_factory=list)
    language: str = "de"
    cleaner_error: str | None = None


class Story(scrapy.Item):  # type: ignore[misc] # scrapy may be missing
    text = scrapy.Field()
    title = scrapy.Field()
    cleaner_blocks = scrapy.Field()


def crawler(**settings: Any) -> Crawler:
    made = Crawler(scrapy.Spider, settings)
    made.stats = MemoryStatsCollector(made)
    return made


def test_example(tmp_path: Path) -> None:
    # A process of its own: the reactor cannot be started twice in one.
    done = subprocess.run(
        [sys.executable, "-m", "tests.adapters.examples", "scrapy"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=ROOT,
        env=environment({"TMPDIR": str(tmp_path)}),
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_dictionary() -> None:
    item: dict[str, object] = {"text": TEXT, "page": 3, "title": "theirs"}
    assert ArticleCleanerPipeline().process_item(item) is item
    assert cut_out(item.pop("cleaner_removed")) == CUT
    assert "\n\n".join(cut_out(item.pop("cleaner_blocks"))) == BODY
    assert item == {**FOUND, "text": BODY, "page": 3, "title": "theirs"}


def test_dataclass() -> None:
    item = ArticleCleanerPipeline().process_item(News(TEXT))
    assert item == News(BODY, str(FOUND["title"]), ["Ann Lee"], "de")
    item = ArticleCleanerPipeline(overwrite=True).process_item(News(TEXT))
    assert item.language == "en"


def test_item() -> None:
    item = ArticleCleanerPipeline().process_item(Story(text=TEXT))
    assert item.keys() == {"text", "title", "cleaner_blocks"}
    assert item["title"] == FOUND["title"]


def test_page_as_bytes() -> None:
    page = f"<html><body><h1>Trams</h1><p>{BODY}</p></body></html>".encode()
    assert ArticleCleanerPipeline().process_item({"text": page})["text"] != page


def test_with_a_spider_as_older_versions_call_it() -> None:
    item = ArticleCleanerPipeline(offsets=False).process_item({"text": TEXT}, scrapy.Spider("a"))
    assert item == {**FOUND, "text": BODY}


@pytest.mark.parametrize("text", [" \n", None, b""])
def test_no_article(text: str | bytes | None) -> None:
    item = ArticleCleanerPipeline().process_item({"text": text, "page": 3})
    assert item == {"text": text, "page": 3, "cleaner_error": "empty-input"}
    assert ArticleCleanerPipeline().process_item(News(text)) == News(
        text, cleaner_error="empty-input"
    )
    with pytest.raises(DropItem, match="empty-input"):
        ArticleCleanerPipeline(drop=True).process_item({"text": text})


def test_other_items_are_left_alone() -> None:
    assert ArticleCleanerPipeline(drop=True).process_item({"name": "Ann"}) == {"name": "Ann"}
    with pytest.raises(UsageError, match="not int"):
        ArticleCleanerPipeline().process_item({"text": 3})


def test_settings(config: str) -> None:
    settings = {
        "CLEANER_FIELD": "page",
        "CLEANER_CONFIG": config,
        "CLEANER_DROP": "True",
        "CLEANER_OFFSETS": "False",
        "CLEANER_OVERWRITE": "1",
        "CLEANER_PREFIX": "news_",
    }
    host = crawler(**settings)
    pipeline = ArticleCleanerPipeline.from_crawler(host)
    item = pipeline.process_item({"page": TEXT, "news_title": "theirs"})
    assert "Share this article:" in item.pop("page")
    assert item == {f"news_{name}": value for name, value in FOUND.items()}
    with pytest.raises(DropItem):
        pipeline.process_item({"page": ""})
    assert host.stats.get_value("cleaner/articles") == 1
    assert host.stats.get_value("cleaner/errors/empty-input") == 1
    with pytest.raises(ConfigError):
        ArticleCleanerPipeline.from_crawler(crawler(CLEANER_CONFIG=config + ".missing"))


def test_without_settings() -> None:
    pipeline = ArticleCleanerPipeline.from_crawler(crawler())
    assert pipeline.process_item({"text": TEXT})["text"] == BODY


def test_pipeline() -> None:
    quiet = ArticleCleanerPipeline(pipeline=Pipeline().without("identify"))
    assert "language" not in quiet.process_item({"text": TEXT})
