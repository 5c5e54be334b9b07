"""An article's body as Markdown (CommonMark), which shows what the body says and nothing else.

What would be taken for Markdown in a text is escaped, and only that.
"""

from __future__ import annotations

import re

from cleaner.article import Article
from cleaner.report.review_records import block_texts

_HEADING = re.compile(r"(#{1,6})\s+(?=\S)")
_BULLET = re.compile(r"(?:[•‣▪▫■□●○◦◆∙⁃]\s*|[·*+–—-]\s+)(?=\S)")
_NUMBER = re.compile(r"(\d{1,9})([.)])\s+(?=\S)")
_QUOTE = re.compile(r">\s*")
_FENCE = re.compile(r"`{3,}|~{3,}")
_START = re.compile(
    r"(?=#{1,6}(?:\s|$)|>|[*+-](?:\s|$)|[|:-][|:\s-]*$|=+\s*$|\[[^\]]{1,999}\]:|\[[ xX]\]\s)"
    r"|\d{1,9}(?=[.)](?:\s|$))"
)
"""What makes a line something else than text at its start: one of these signs, or a number's."""
_ESCAPABLE = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_LINK = re.compile(r"\](?=[(\[])")
_EMPHASIS = re.compile(r"\*+|_+")
_STRUCK = re.compile("~+")
_CLOSING = re.compile(r"(#+)$")


def markdown(article: Article) -> str:
    """The title as a heading, and the blocks below it."""
    texts = block_texts(article) or []
    parts = [f"# {_closed(_inline(article.title))}"] if article.title else []
    before = ""
    code: list[str] = []
    for block, text in zip(article.blocks, texts, strict=True):
        if block.kind == "code":
            code.append(text)
            continue
        if code:
            parts.append(_fenced(code))
            code, before = [], "code"
        written = _block(block.kind, text)
        if before == block.kind and block.kind in _CLOSE:
            parts[-1] += f"{_CLOSE[block.kind]}{written}"
        else:
            parts.append(written)
        before = block.kind
    if code:
        parts.append(_fenced(code))
    return "".join(f"{part}\n\n" for part in parts).removesuffix("\n")


_CLOSE = {"list_item": "\n", "quote": "\n>\n", "table_row": "\\\n"}
"""What parts two blocks of a kind that belong together; rows are lines of one paragraph."""


def _block(kind: str, text: str) -> str:
    if kind == "heading":
        mark = _HEADING.match(text)
        level = mark[1] if mark is not None else "##"
        return f"{level} {_closed(_inline(text[mark.end() :] if mark is not None else text))}"
    if kind == "quote":
        return f"> {_line(_QUOTE.sub('', text, count=1))}".rstrip()
    if kind == "list_item":
        if (number := _NUMBER.match(text)) is not None:
            return f"{number[1]}{number[2]} {_line(text[number.end() :])}"
        bullet = _BULLET.match(text)
        return f"- {_line(text[bullet.end() :] if bullet is not None else text)}"
    # Rows are lines of one paragraph: a sign in one may have its counterpart in another.
    return _line(text, pairs=1 if kind == "table_row" else 2)


def _fenced(lines: list[str]) -> str:
    """Code between fences; those of the text itself are its own where they are in pairs."""
    fences = [n for n, line in enumerate(lines) if _FENCE.match(line)]
    language = ""
    if len(fences) == 2 and fences == [0, len(lines) - 1]:
        language = lines[0].strip("`~ ")
        lines = lines[1:-1]
    text = "\n".join(lines)
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language if language.isalnum() else ''}\n{text}\n{fence}"


def _line(text: str, pairs: int = 2) -> str:
    """A text that stands at the start of a line."""
    escaped = _inline(text, pairs)
    found = _START.match(escaped)
    if found is None or escaped.startswith("\\"):
        return escaped
    return f"{found[0]}\\{escaped[found.end() :]}"


def _closed(text: str) -> str:
    """A heading's text, the signs at whose end are its own."""
    return _CLOSING.sub(lambda m: "\\#" * len(m[1]), text)


def _inline(text: str, pairs: int = 2) -> str:
    """A text whose signs mean themselves; those that work in pairs if there are so many."""
    text = _ESCAPABLE.sub(r"\\\\", text)
    if text.count("`") >= pairs:
        text = text.replace("`", "\\`")
    text = _ENTITY.sub(r"\&", text)
    text = _TAG.sub(r"\<", text)
    text = _LINK.sub(r"\]", text)
    if text.count("*") >= pairs or text.count("_") >= pairs:
        text = _EMPHASIS.sub(_emphasis, text)
    if text.count("~") >= pairs:
        text = _STRUCK.sub(lambda m: "\\~" * len(m[0]), text)
    return text


def _emphasis(found: re.Match[str]) -> str:
    """A run of stars or underscores, escaped unless it stands where it can mean nothing."""
    text = found.string
    left = text[found.start() - 1 : found.start()]
    right = text[found.end() : found.end() + 1]
    alone = (not left or left.isspace()) and (not right or right.isspace())
    inside = found[0][0] == "_" and left.isalnum() and right.isalnum()
    if inside or (alone and left):
        return found[0]
    return "\\" + "\\".join(found[0])
