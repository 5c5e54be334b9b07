"""The page as one file: template, style, script and data in one, with nothing to load.

What a document says is data on the page and never markup: it stands as JSON in blocks that no
browser runs, in which no character can end the block, and the page's own script alone is allowed
to run, by its hash.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from typing import Any

SCRIPTS = (
    "data.js",
    "pieces.js",
    "overview.js",
    "list.js",
    "article.js",
    "reading.js",
    "report.js",
)
"""The parts of the page's script, in the order in which they are put together."""
MARK = b'<!doctype html>\n<html lang="en" data-made-by="cleaner report">'
"""How every page starts."""
# `<`, `>` and `&` could end the block or look like markup; the others are line ends to some
# readers of JavaScript, invisible, or nothing that UTF-8 can hold.
_UNSAFE = re.compile("[<>&\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff"
                     "\ufeff\ufffe\uffff]")  # fmt: skip
_POLICY = (
    "default-src 'none'",
    "script-src {script}",
    "style-src {style}",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
)


def as_data(value: Any) -> str:
    """A value as JSON of one line that can stand in a page, whatever is in it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def page(title: str, articles: Iterable[Any], report: Iterable[Any]) -> Iterator[str]:
    """The page in pieces.

    Args:
        title: its title.
        articles: an entry for each article that is shown, a line of JSON each.
        report: all else, as one value; asked for when the articles are through.
    """
    script = "".join(_asset(name) for name in SCRIPTS)
    style = _asset("report.css")
    policy = "; ".join(_POLICY).format(script=_hash(script), style=_hash(style))
    parts: dict[str, Callable[[], Iterable[str]]] = {
        "policy": lambda: [html.escape(policy)],
        "title": lambda: [html.escape(title)],
        "style": lambda: [style],
        "script": lambda: [script],
        "articles": lambda: (f"{as_data(article)}\n" for article in articles),
        "report": lambda: (as_data(value) for value in report),
    }
    for n, piece in enumerate(re.split(r"@@([a-z]+)@@", _asset("report.html"))):
        if n % 2:
            yield from parts[piece]()
        else:
            yield piece


def _asset(name: str) -> str:
    return (resources.files("cleaner.report") / "page" / name).read_text("utf-8")


def _hash(text: str) -> str:
    """What allows a browser to run or to use this text, and nothing else."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
