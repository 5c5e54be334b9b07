"""A generator of varied scraped texts and pages, for corpora of any size.

python -m tests.corpus.generate FOLDER [COUNT]
"""

from __future__ import annotations

import html
import random
import sys
from collections.abc import Iterator
from pathlib import Path

_SUBJECTS = (
    "The council,The ferry,A farmer from the bay,The old bridge,The harbour master,A teacher,"
    "The museum,The orchestra,The tram company,A baker,The court,The mayor,The river,A nurse"
).split(",")
_VERBS = (
    "decided to wait,was closed for the winter,has asked for more money,lost its roof in the storm,"
    "will open again in June,had never been counted,was sold to a neighbour,is older than the town,"
    "cost less than planned,found nobody who would help,moved to the far side of the river"
).split(",")
_ENDS = (
    "because nobody had asked,after a vote on Monday,although the rain had stopped,"
    "as the papers of that year show,and half the town came to see it,for the third time this year,"
    "when the water had gone down,without a word about the cost,as it had been told to"
).split(",")
_CRUFT = (
    "Share this article:",
    "Subscribe to our newsletter",
    "Comments",
    "0/300",
    "Read more",
    "Related articles",
    "All rights reserved.",
    "Accept all cookies",
    "Home",
    "Sports",
    "Weather",
    "Follow us on Facebook",
)


def text(number: int) -> str:
    """A scraped text: title, byline, paragraphs, cruft between them."""
    chance = random.Random(number)
    lines = [sentence(chance).rstrip("."), f"By Ann Lee{number % 97}"]
    lines += chance.sample(_CRUFT, 2)
    for _ in range(chance.randint(2, 9)):
        lines.append(" ".join(sentence(chance) for _ in range(chance.randint(2, 6))))
        if chance.random() < 0.3:
            lines.append(chance.choice(_CRUFT))
    lines += chance.sample(_CRUFT, 4)
    return chance.choice(("\n\n", "\n")).join(lines) + "\n"


def page(number: int) -> str:
    """The same as a page."""
    title, *rest = [line for line in text(number).split("\n") if line]
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in rest)
    menu = "".join(f"<li><a href=/{n}>{word}</a></li>" for n, word in enumerate(_CRUFT[-5:]))
    return (
        f"<!DOCTYPE html><html><head><title>{html.escape(title)} | Harbour Gazette</title></head>"
        f"<body><nav><ul>{menu}</ul></nav><article><h1>{html.escape(title)}</h1>{body}</article>"
        "<footer>Contact, privacy policy, terms of use</footer></body></html>"
    )


def sentence(chance: random.Random) -> str:
    """A sentence of an article."""
    parts = (chance.choice(_SUBJECTS), chance.choice(_VERBS), chance.choice(_ENDS))
    return " ".join(parts) + "."


def articles(count: int) -> Iterator[tuple[str, bytes]]:
    """Names and bytes of so many inputs: one in ten a page, one in fifty not usable."""
    for number in range(count):
        folder = f"{number // 1000:04}"
        if number % 50 == 7:
            yield f"{folder}/{number:07}.txt", (b"", b"%PDF-1.7 and more")[number % 100 == 7]
        elif number % 10 == 3:
            yield f"{folder}/{number:07}.html", page(number).encode()
        else:
            encoding = "utf-16" if number % 30 == 1 else "utf-8"
            yield f"{folder}/{number:07}.txt", text(number).encode(encoding)


def write_corpus(folder: Path, count: int) -> None:
    """Write so many inputs into a folder."""
    for name, data in articles(count):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)


if __name__ == "__main__":
    write_corpus(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000)
