"""A generator of varied scraped texts and pages, for corpora of any size.

    python -m tests.corpus.generate FOLDER [COUNT]

An article depends on its number alone: language, layout, length and encoding too.
"""

from __future__ import annotations

import contextlib
import html
import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.corpus.languages import LANGUAGES, Language

_CODES = ("en",) * 8 + tuple(LANGUAGES)
_SITES = ("Harbour Gazette", "Der Bote", "Le Quai", "灯台新聞", "Вестник")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article before it is laid out.

    Attributes:
        number: of the article.
        code: of its language.
        words: what it is made of.
        chance: decides what is left to decide.
        title: its title.
        author: who wrote it.
        paragraphs: its body.
    """

    number: int
    code: str
    words: Language
    chance: random.Random
    title: str
    author: str
    paragraphs: list[str]

    @property
    def byline(self) -> str:
        """The line that names the author."""
        return f"{self.words.by} {self.author}"

    def cruft(self, count: int) -> list[str]:
        """Lines that are no part of an article, at most so many."""
        return self.chance.sample(self.words.cruft, min(count, len(self.words.cruft)))


def draft(number: int) -> Draft:
    """The article of a number: one in a hundred is long, one in twenty no more than a note."""
    chance = random.Random(number)
    code = _pick(chance, _CODES)
    words = LANGUAGES[code]
    size = chance.random()
    count = 40 + int(80 * chance.random()) if size < 0.01 else 1 + int(8 * chance.random())
    longest = 6
    if size > 0.95:
        count, longest = 1, 1
    paragraphs = [
        words.space.join(sentence(chance, words) for _ in range(1 + int(longest * chance.random())))
        for _ in range(count)
    ]
    title = sentence(chance, words).removesuffix(words.stop)
    return Draft(number, code, words, chance, title, _pick(chance, words.names), paragraphs)


def sentence(chance: random.Random, words: Language = LANGUAGES["en"]) -> str:
    """A sentence of an article."""
    return words.space.join([_pick(chance, part) for part in words.parts]) + words.stop


def _pick(chance: random.Random, choice: tuple[str, ...]) -> str:
    # Three times as fast as `choice`.
    return choice[int(chance.random() * len(choice))]


def _lines(made: Draft) -> list[str]:
    """Title, byline, paragraphs, and cruft around and between them."""
    lines = [*made.cruft(1), made.title, made.byline]
    for paragraph in made.paragraphs:
        lines.append(paragraph)
        if made.chance.random() < 0.3:
            lines.append(_pick(made.chance, made.words.cruft))
    return [*lines, *made.cruft(4)]


def _plain(made: Draft) -> str:
    return "\n".join(_lines(made)) + "\n"


def _spaced(made: Draft) -> str:
    return "\n\n".join(_lines(made)) + "\n"


def _unbroken(made: Draft) -> str:
    """As a page's text comes out of tools that know no line breaks."""
    return " ".join(_lines(made))


def _wrapped(made: Draft) -> str:
    """Lines of some 60 letters, wherever words end."""
    wrapped = []
    for line in _lines(made):
        while len(line) > 72 and (cut := line.rfind(" ", 40, 72)) > 0:
            wrapped.append(line[:cut])
            line = line[cut + 1 :]
        wrapped += [line, ""]
    return "\n".join(wrapped)


def _markdown(made: Draft) -> str:
    """As pages are saved by tools that write Markdown."""
    menu = "\n".join(f"* [{word}](/{n})" for n, word in enumerate(made.cruft(4)))
    pieces = [menu, f"# {made.title}", f"*{made.byline}*"]
    for n, paragraph in enumerate(made.paragraphs):
        first, space, rest = paragraph.partition(" ")
        pieces.append((f"> {paragraph}", f"**{first}**{space}{rest}", paragraph, paragraph)[n % 4])
    return "\n\n".join([*pieces, "---", "\n".join(f"- {word}" for word in made.cruft(3))]) + "\n"


def _old_mac(made: Draft) -> str:
    return _plain(made).replace("\n", "\r")


def _dos(made: Draft) -> str:
    return _spaced(made).replace("\n", "\r\n")


_TEXTS: tuple[Callable[[Draft], str], ...] = (
    *(_plain, _spaced, _dos, _plain, _spaced, _markdown, _unbroken, _wrapped, _spaced, _dos),
    _old_mac,
)


def text(number: int) -> str:
    """A scraped text."""
    return _TEXTS[number % len(_TEXTS)](draft(number))


def _article(made: Draft, body: str, head: str = "", before: str = "", after: str = "") -> str:
    title, site = html.escape(made.title), _pick(made.chance, _SITES)
    return (
        f'<!DOCTYPE html>\n<html lang="{made.code}"><head><meta charset="utf-8">'
        f"<title>{title} | {site}</title>{head}</head>\n<body>{before}{body}{after}</body></html>\n"
    )


def _menu(made: Draft) -> str:
    items = "".join(
        f"<li><a href=/{n}>{html.escape(w)}</a></li>" for n, w in enumerate(made.cruft(5))
    )
    return f"<nav><ul>{items}</ul></nav>"


def _marked(made: Draft, tag: str = "p") -> str:
    return "\n".join(f"<{tag}>{html.escape(p)}</{tag}>" for p in made.paragraphs)


def _modern(made: Draft) -> str:
    """Elements that say what they are, and metadata."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": made.title,
        "author": {"@type": "Person", "name": made.author},
        "datePublished": f"20{made.number % 20 + 10}-0{made.number % 9 + 1}-1{made.number % 10}",
    }
    head = f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'
    main = (
        f"<article><header><h1>{html.escape(made.title)}</h1><p class=byline>{made.byline}</p>"
        f"</header>{_marked(made)}</article>"
    )
    more = "".join(f"<a href=#>{html.escape(word)}</a> " for word in made.cruft(4))
    return _article(made, main, head, _menu(made), f"<aside>{more}</aside><footer>© 2024</footer>")


def _soup(made: Draft) -> str:
    """Nothing but divisions."""
    more = "".join(f"<div class=box><span>{html.escape(w)}</span></div>" for w in made.cruft(5))
    title = f"<div class=headline>{html.escape(made.title)}</div><div>{made.byline}</div>"
    return _article(made, f"<div><div class=c1>{title}{_marked(made, 'div')}</div>{more}</div>")


def _tables(made: Draft) -> str:
    """A page as twenty years ago: a table for the layout, breaks for paragraphs, tags left open."""
    menu = "<br>".join(f"<a href=/{n}>{html.escape(w)}</a>" for n, w in enumerate(made.cruft(5)))
    body = "<br><br>\n".join(map(html.escape, made.paragraphs))
    return _article(
        made, f"<table><tr><td>{menu}<td><h2>{html.escape(made.title)}</h2>{body}</table>"
    )


def _listing(made: Draft) -> str:
    """Paragraphs with headings, a list, a quote and a caption among them."""
    pieces = []
    for n, paragraph in enumerate(made.paragraphs):
        tag = ("p", "p", "blockquote", "li", "figcaption")[n % 5]
        piece = f"<{tag}>{html.escape(paragraph)}</{tag}>"
        pieces.append(f"<ul>{piece}</ul>" if tag == "li" else piece)
        if n % 4 == 3:
            pieces.append(f"<h2>{html.escape(made.title[:30])}</h2>")
    head = f'<meta property="og:title" content="{html.escape(made.title)}">'
    return _article(made, f"<main><h1>{html.escape(made.title)}</h1>{''.join(pieces)}</main>", head)


_PAGES: tuple[Callable[[Draft], str], ...] = (_modern, _soup, _tables, _listing)


def page(number: int) -> str:
    """A page."""
    return _PAGES[number // 10 % len(_PAGES)](draft(number))


def articles(count: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of so many inputs: one in ten a page, one in fifty not usable."""
    for number in range(count):
        name = f"{number // 1000:04}/{number:07}"
        if number % 50 == 7:
            yield f"{name}.txt", (b"", b"%PDF-1.7 and more")[number % 100 == 7]
        elif number % 10 == 3:
            yield f"{name}.html", page(number).encode()
        else:
            yield f"{name}.txt", _encoded(number, text(number))


def _encoded(number: int, written: str) -> bytes:
    """A text in one of the encodings that texts are found in."""
    if number % 30 == 1:
        return written.encode(("utf-16", "utf-8-sig")[number % 60 == 1])
    if number % 5 == 2:
        with contextlib.suppress(UnicodeEncodeError):
            return written.encode("cp1252")
    return written.encode()


def write_corpus(folder: Path, count: int) -> None:
    """Write so many inputs into a folder."""
    made: set[Path] = set()
    for name, data in articles(count):
        file = folder / name
        if file.parent not in made:
            file.parent.mkdir(parents=True, exist_ok=True)
            made.add(file.parent)
        file.write_bytes(data)


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000)
