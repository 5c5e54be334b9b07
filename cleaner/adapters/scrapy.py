"""Scrapy: an item pipeline. Needs the extra ``scrapy``."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Any, Self

from cleaner.adapters._fields import Metadata, chosen, cleaned, needed
from cleaner.article import Article
from cleaner.pipeline import Pipeline

with needed("scrapy"):
    from itemadapter import ItemAdapter
    from scrapy.crawler import Crawler
    from scrapy.exceptions import DropItem


class ArticleCleanerPipeline:
    """Makes the text or the page in a field of each item its body, and adds the article's fields.

    Items may be of any class that Scrapy takes. Those that declare their fields are given the
    ones that they declare; an item that has not the field for the text is left alone. Where there
    is no article, the text stays as it is and ``cleaner_error`` names the error, or the item is
    dropped. The crawl's statistics count articles and errors under ``cleaner/``.

    Enabled by ``ITEM_PIPELINES = {"cleaner.adapters.scrapy.ArticleCleanerPipeline": 300}``. The
    settings are ``CLEANER_FIELD``, ``CLEANER_CONFIG``, ``CLEANER_DROP``, ``CLEANER_OVERWRITE``,
    ``CLEANER_OFFSETS`` and ``CLEANER_PREFIX``.

    Args:
        field: the field that holds the article's text, or its page as text or bytes.
        pipeline: what cleans; the built-in stages and rules unless given.
        config: a configuration file, instead of a pipeline.
        drop: whether to drop an item of which no article can be made.
        overwrite: whether fields take the place of values that are there already.
        offsets: whether to add ``cleaner_removed`` and ``cleaner_blocks``.
        prefix: what the fields' names begin with in the item.

    Raises:
        UsageError: both a pipeline and a configuration file are given.
        ConfigError: the configuration file has a mistake in it.
    """

    def __init__(
        self,
        field: str = "text",
        *,
        pipeline: Pipeline | None = None,
        config: str | os.PathLike[str] | None = None,
        drop: bool = False,
        overwrite: bool = False,
        offsets: bool = True,
        prefix: str = "",
    ) -> None:
        self._field = field
        self._pipeline = chosen(pipeline, config)
        self._drop = drop
        self._metadata = Metadata(overwrite=overwrite, offsets=offsets, prefix=prefix)
        self._crawler: Crawler | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The pipeline that a crawl's settings ask for."""
        settings = crawler.settings
        made = cls(
            settings.get("CLEANER_FIELD", "text"),
            config=settings.get("CLEANER_CONFIG"),
            drop=settings.getbool("CLEANER_DROP"),
            overwrite=settings.getbool("CLEANER_OVERWRITE"),
            offsets=settings.getbool("CLEANER_OFFSETS", True),
            prefix=settings.get("CLEANER_PREFIX", ""),
        )
        made._crawler = crawler
        return made

    def process_item(self, item: Any, spider: Any = None) -> Any:
        """Clean an item.

        Args:
            item: the item; it is changed in place.
            spider: not used; older versions of Scrapy give it.

        Returns:
            The item.

        Raises:
            DropItem: no article can be made of it, and such items are to be dropped.
            UsageError: the field holds neither text nor bytes.
        """
        adapter = ItemAdapter(item)
        if self._field not in adapter:
            return item
        (found,) = cleaned([adapter[self._field]], self._pipeline)
        if isinstance(found, Article):
            self._count("cleaner/articles")
            adapter[self._field] = found.body
        else:
            self._count(f"cleaner/errors/{found.name}")
            if self._drop:
                raise DropItem(f"{found.name}: {found}")
        for name, value in self._metadata.added(adapter, found).items():
            # A class that declares its fields has no others.
            with suppress(KeyError):
                adapter[name] = value
        return item

    def _count(self, what: str) -> None:
        if self._crawler is not None:
            self._crawler.stats.inc_value(what)
