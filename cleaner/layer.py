"""The text layer of an input, on which all offsets count."""

from __future__ import annotations

import hashlib

from cleaner.article import Article
from cleaner.document import Document
from cleaner.errors import UsageError
from cleaner.rules import RuleBook
from cleaner.stages.decode import decode
from cleaner.stages.render import render


def text_layer(data: str | bytes, *, encoding: str | None = None) -> str:
    """The text layer of an input: of a page its visible text, of anything else the text itself.

    Args:
        data: the input's text, or its bytes.
        encoding: the encoding that bytes are declared to be in; detected unless given.

    Raises:
        InputError: it holds no text.
        UsageError: the encoding is unknown.
    """
    return render(decode(Document(data, "", RuleBook(()), encoding_hint=encoding)), ask=False).text


def layer_of(article: Article, original: str | bytes) -> str:
    """The text layer that an article was made of.

    Args:
        article: the article.
        original: the input, or its text layer.

    Raises:
        UsageError: the article was made of something else.
    """
    data = original.encode("utf-8", "surrogatepass") if isinstance(original, str) else original
    if hashlib.sha256(data).hexdigest() == article.id:
        return text_layer(original, encoding=article.encoding)
    if isinstance(original, str) and _fits(article, original):
        return original
    raise UsageError("the article was not made of this; give the bytes or the text that it was")


def _fits(article: Article, layer: str) -> bool:
    """Whether everything that was taken out stands in the layer where the article says."""
    end = article.blocks[-1].end if article.blocks else 0
    return end <= len(layer) and all(layer[r.start : r.end] == r.text for r in article.removed)
