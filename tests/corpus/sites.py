"""A generator of sites: articles of their own, around them lines of the site that no word tells.

python -m tests.corpus.sites FOLDER [SITES] [ARTICLES]
"""

from __future__ import annotations

import html
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Layout = Literal["lines", "spaced", "line", "page"]
"""Lines, with blank lines between them, all in one line, a page."""

_WHO = (
    "the council,the old ferry,a farmer from the bay,the bridge by the mill,the harbour master,"
    "a teacher of music,the town museum,the orchestra,a baker in the upper street,the county court,"
    "the mayor,the river,a nurse from the north,the railway,the fishing fleet,the choir,"
    "a widow with two cows,the night watchman,the school on the hill,the weaver,the post office"
).split(",")
_DID = (
    "decided to wait for,had never heard of,asked the county about,wrote three letters about,"
    "lost all interest in,found a new use for,was surprised by,paid twice for,did without,"
    "spoke at length about,kept a record of,made a drawing of,sold its share of,took the blame for,"
    "voted against,went back to,put an end to,could not explain,was sorry for,laughed about"
).split(",")
_WHAT = (
    "the broken lamp,a winter without snow,the price of barley,the missing keys,a boat of six oars,"
    "the second flood,a bell from the chapel,the wooden stairs,an empty warehouse,the long strike,"
    "the water in the cellar,a map of the marsh,the new timetable,forty barrels of salt,the hedge,"
    "a debt of ten years,the stone wall,the night train,an orchard of pears,the last lighthouse"
).split(",")
_WHEN = (
    "after a vote on Monday,although the rain had stopped,as the papers of that year show,"
    "for the third time in a decade,when the water had gone down,without a word to the neighbours,"
    "before the first snow fell,since nobody else would do it,while half the town looked on,"
    "as it had been told to,because the roof had given way,in the week before Easter,"
    "until the money was gone,though the judge had said no,on the advice of an uncle"
).split(",")
_SHORT = (
    "Lanterns and low walls,The blue staircase,Notes from the upper window,A chair by the stove,"
    "Walks of an hour,Green shutters,The kettle and the clock,Postcards from the pier,Thin paper,"
    "Nine maps of the shore,The long table,Salt and slate,Room with two doors,Under the eaves,"
    "The small gate,Chalk on the board,A drawer of buttons,Wool and wax,The third bench,Tin roofs,"
    "Candles in the hall,The quiet corner,Rope and canvas,Apples on straw,The brass plate"
).split(",")
_LONG = (
    "In our house every guest finds a lamp, a blanket and a window to the water.",
    "Whoever rings twice at the side door is shown to the room with the maps.",
    "Our rooms above the bakery are warm in winter and open to all who write by hand.",
    "Each spring we set a long table in the yard and fill it with bread and pears.",
    "We mend our own chairs, bind our own books and know each other by first name.",
    "The lamp over our gate burns from dusk to dawn, and has done so for ninety years.",
    "Those who come on foot are given tea, and those who come by boat are given two.",
    "All our clocks are wound on Sundays, by whoever happens to be awake at that hour.",
    "The drawings in our hall were made by children who are grandparents by now.",
    "From the balcony of our house the light of both towers can be seen at night.",
)
_MIDDLE = (
    "A short stop: the second shelf holds what our readers left behind last autumn.",
    "At this point our grandmothers used to put the kettle on and open the door.",
    "Take a breath here, for the stairs of our house are steep and the rail is loose.",
    "Half of the way lies behind you, and a plate of plums stands on the sill.",
)
NAMES = (
    "Gull Lane Journal,Marsh Hill Herald,North Quay Notebook,Orchard Street Observer,Tin Cup Times,"
    "Lower Mill Letter,Pebble Beach Paper,Windmill Weekly,Copper Kettle Chronicle,Slate Roof Review"
).split(",")


@dataclass(frozen=True)
class Made:
    """An article of a site.

    Attributes:
        title: of the article.
        byline: who wrote it.
        paragraphs: its own text, sentence by sentence; a paragraph of one that does not end as a
            sentence does is a heading.
        head: lines of the site above the text.
        middle: the same after the paragraph of that number.
        after: that number.
        tail: the same below the text.
        site: the site's name.
        host: its host.
        number: of the article.
    """

    title: str
    byline: str
    paragraphs: tuple[tuple[str, ...], ...]
    head: tuple[str, ...]
    middle: tuple[str, ...]
    after: int
    tail: tuple[str, ...]
    site: str
    host: str
    number: int

    @property
    def sentences(self) -> list[str]:
        """All that is the article's own."""
        return [sentence for paragraph in self.paragraphs for sentence in paragraph]

    @property
    def cruft(self) -> list[str]:
        """All that is the site's."""
        return [*self.head, *self.middle, *self.tail]

    @property
    def url(self) -> str:
        """Its address."""
        return f"https://www.{self.host}/{self.number}"

    def laid_out(self, layout: Layout) -> str:
        """The article as a scraper may have saved it, or as a page."""
        if layout == "page":
            return self._page()
        own = [" ".join(paragraph) for paragraph in self.paragraphs]
        body = [*own[: self.after], *self.middle, *own[self.after :]]
        lines = [self.title, self.byline, *self.head, *body, *self.tail]
        if layout == "line":
            return " ".join(lines)
        return ("\n\n" if layout == "spaced" else "\n").join(lines) + "\n"

    def _page(self) -> str:
        def marked(lines: Sequence[str], tag: str = "p") -> str:
            return "\n".join(f"<{tag}>{html.escape(line)}</{tag}>" for line in lines)

        own = [" ".join(paragraph) for paragraph in self.paragraphs]
        return (
            f"<!DOCTYPE html><html lang=en><head><title>{html.escape(self.title)} | {self.site}"
            f'</title><link rel="canonical" href="{self.url}">'
            f'<meta property="og:site_name" content="{self.site}"></head><body>'
            f"<h1>{html.escape(self.title)}</h1><p>{self.byline}</p>"
            f"<div>{marked(self.head, 'div')}</div>{marked(own[: self.after])}"
            f"<div>{marked(self.middle)}</div>{marked(own[self.after :])}"
            f"<div>{marked(self.tail, 'div')}</div></body></html>"
        )


def site(number: int, count: int = 20) -> list[Made]:
    """The articles of a site, in order: the same for the same numbers.

    All have the site's head, middle and tail, with one line in which a number varies; some have
    another line or two.
    """
    chance = random.Random(number)
    short = chance.sample(_SHORT, 13)
    long = chance.sample(_LONG, 4)
    head, label, tail, extra = short[:3], short[3], short[4:9], short[9:11]
    middle = [label, chance.choice(_MIDDLE)]
    name = NAMES[number % len(NAMES)]
    host = f"{name.replace(' ', '-').lower()}-{number}.example"
    found = []
    for n in range(count):
        own = random.Random(f"{number}/{n}")
        paragraphs = article(own)
        counted = f"Walk of {own.randint(2, 90)} minutes"
        more = extra if own.random() < 0.75 else []
        found.append(
            Made(
                title(own),
                f"By {own.choice(('Ann', 'Ben', 'Cleo', 'Dan', 'Eve'))} "
                f"{own.choice(('Lee', 'Moss', 'Nash', 'Orr', 'Pike'))}",
                paragraphs,
                (head[0], head[1], counted, head[2]) if number % 2 else (*head[:2], long[3]),
                tuple(middle),
                own.randint(1, len(paragraphs) - 1),
                (*tail[:2], long[0], long[1], *more, *tail[2:], long[2]),
                name,
                host,
                n,
            )
        )
    return found


def article(chance: random.Random, least: int = 3, most: int = 8) -> tuple[tuple[str, ...], ...]:
    """The text of an article: paragraphs of sentences."""
    return tuple(
        tuple(sentence(chance) for _ in range(chance.randint(2, 5)))
        for _ in range(chance.randint(least, most))
    )


def sentence(chance: random.Random) -> str:
    """A sentence of an article."""
    parts = [chance.choice(_WHO), chance.choice(_DID), chance.choice(_WHAT), chance.choice(_WHEN)]
    if chance.random() < 0.5:
        parts.append(f"and {chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}")
    if chance.random() < 0.3:
        parts.insert(0, parts.pop(3) + ",")
    text = " ".join(parts)
    return text[0].upper() + text[1:] + "."


def title(chance: random.Random) -> str:
    """A headline."""
    text = f"{chance.choice(_WHO)} {chance.choice(_DID)} {chance.choice(_WHAT)}"
    return text[0].upper() + text[1:]


def write_sites(folder: Path, sites: int = 4, count: int = 20, layout: Layout = "page") -> None:
    """Write sites into a folder, a folder each."""
    for number in range(sites):
        for made in site(number, count):
            file = folder / made.host / f"{made.number:03}.{'html' if layout == 'page' else 'txt'}"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(made.laid_out(layout), "utf-8")


if __name__ == "__main__":
    given = [int(argument) for argument in sys.argv[2:]] or [4, 20]
    write_sites(Path(sys.argv[1]), given[0], given[-1])
