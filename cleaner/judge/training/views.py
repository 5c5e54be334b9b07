"""Views: many texts of one labelled page, so that no way of flattening is learnt by heart."""

from __future__ import annotations

import hashlib
import random
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleaner.judge.training import flatten
from cleaner.judge.training.labels import content_share

_ALPHABETS = {
    "latin": ("abcdefghijklmnopqrstuvwxyz",),
    "cyrillic": ("абвгдежзийклмнопрстуфхцчшщ",),
    "caseless": (
        "אבגדהוזחטיכלמנסעפצקרשתךםןף",
        "ابتثجحخدذرزسشصضطظعغفقكلمنه",
        "कखगघचछजझटठडढतथदधनपफबभमयरलव",
    ),
}
_WORD = re.compile(r"\w+")
_SCRIPTS = ("latin", "latin", "cyrillic", "caseless", "dense")
_FOREIGN = ("latin", "caseless", "dense", "dense")
"""What texts are disguised in: scripts of which the labelled pages have few get a view more."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_HARD = 1.5
"""How much a text without line breaks counts, which is hard to judge."""


@dataclass(frozen=True, slots=True)
class View:
    """A text of a page.

    Attributes:
        name: of the way in which it was made.
        text: the text.
        disguise: what makes the article's words those of the text.
        weight: how much an error in it counts.
    """

    name: str
    text: str
    disguise: Disguise | None = None
    weight: float = 1.0

    def gold(self, body: str) -> str:
        """The article in the words of the text."""
        return self.disguise(body) if self.disguise is not None else body


def full_views(html: bytes | str, chance: random.Random, keep: frozenset[str]) -> Iterator[View]:
    """The views of a whole page.

    Args:
        html: the page.
        chance: decides what is left open; seeded by the page, so that views are the same each time.
        keep: words that stay as they are where a view disguises the language (function words).
    """
    found = flatten.pieces(html)
    if not found:
        return
    blocks = flatten.blocks(found)
    yield View("blocks", blocks)
    yield View("nodes", flatten.nodes(found))
    yield View("unbroken", flatten.unbroken(found), weight=_HARD)
    yield View("markdown", flatten.markdown(found))
    bullet = chance.choice(["", "", "• ", "- ", "* "])
    yield View("lines", flatten.plain_lines(found, bullet))
    for name, scripts in (("disguised", _SCRIPTS), ("foreign", _FOREIGN)):
        yield _disguised(name, found, scripts, chance, keep)
    odd: Callable[[str], str] = chance.choice(
        [str.lower, lambda t: wrapped(t, chance), run_together]
    )
    yield View("odd", odd(blocks))


def headless_view(html: bytes | str) -> View:
    """The view of a whole page as a browser's reader copies it: without the title of the window."""
    shown = [piece for piece in flatten.pieces(html) if piece.tag != "title"]
    return View("headless", flatten.blocks(shown))


def _disguised(
    name: str,
    found: list[flatten.Piece],
    scripts: Sequence[str],
    chance: random.Random,
    keep: frozenset[str],
) -> View:
    text = flatten.blocks(found) if chance.random() < 0.6 else flatten.nodes(found)
    disguise = Disguise.by(chance, keep, chance.choice(scripts))
    return View(name, disguise(text), disguise)


def clean_views(
    title: str, body: str, chance: random.Random, keep: frozenset[str]
) -> Iterator[View]:
    """Views of the article alone, as other extractors would leave it."""
    yield View("clean", body)
    dense = "\n".join(line for line in body.split("\n") if line.strip())
    kind = chance.randrange(5)
    if kind == 0:
        dense = wrapped(body, chance)
    elif kind == 1:
        dense = " ".join(dense.split("\n"))
    elif kind == 2:
        disguise = Disguise.by(chance, keep, chance.choice(_SCRIPTS + _FOREIGN))
        yield View("clean_title", disguise(f"{title}\n\n{dense}" if title else dense), disguise)
        return
    elif kind == 3:
        dense = dense.lower()
    yield View("clean_title", f"{title}\n\n{dense}" if title else dense)


def cropped_views(blocks: str, body: str, chance: random.Random) -> Iterator[View]:
    """Views with a little cruft left, as extractors leave it."""
    lines = [line for line in blocks.split("\n") if line.strip()]
    shares = content_share(lines, body)
    inside = [n for n, share in enumerate(shares) if share >= 0.5 and len(lines[n].split()) > 3]
    if not inside:
        return
    for name in ("crop", "extract"):
        before, after = (chance.choice([0, 0, 1, 3, 8]), chance.choice([0, 1, 3, 8, 25]))
        first, last = max(0, inside[0] - before), inside[-1] + 1 + after
        least = chance.choice([0, 0, 25, 60]) if name == "extract" else 0
        stray = chance.choice([0.0, 0.15, 0.5, 1.0])
        drop = chance.choice([0.0, 0.0, 0.05]) if name == "extract" else 0.0
        kept = [
            line
            for line, share in zip(lines[first:last], shares[first:last], strict=True)
            if chance.random() >= drop
            and (len(line) >= least or (share >= 0.5 and chance.random() < 0.5))
            and (share >= 0.5 or chance.random() < stray)
        ]
        yield View(name, chance.choice(["\n", "\n\n"]).join(kept))


def wrapped(text: str, chance: random.Random) -> str:
    """Hard-wrapped, as mail programs and terminals do it."""
    width = chance.randrange(60, 110)
    return "\n".join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n"))


def run_together(text: str) -> str:
    """With every second line break lost."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n".join(" ".join(lines[n : n + 2]) for n in range(0, len(lines), 2))


def letter_disguise(chance: random.Random, keep: frozenset[str]) -> Disguise:
    """A disguise that puts one letter for each, so that no offset changes."""
    return Disguise.by(chance, keep, chance.choice(tuple(_ALPHABETS)))


@dataclass(frozen=True, slots=True)
class Disguise:
    """Puts texts into a language that nobody knows: letters exchanged one for one, shapes kept.

    The letters come from the same alphabet, from another one, from a script without capitals, or
    from one without spaces.

    Attributes:
        table: letters to letters; None for the script without spaces, whose words are characters.
        keep: words that stay as they are, as the function words of a known language would.
    """

    table: Mapping[int, int] | None
    keep: frozenset[str] = frozenset()

    @classmethod
    def by(cls, chance: random.Random, keep: frozenset[str], script: str) -> Disguise:
        """One by chance, of a script; in half of the Latin ones the words in ``keep`` stay."""
        if script == "dense":
            return cls(None)
        shuffled = list(chance.choice(_ALPHABETS[script]))
        chance.shuffle(shuffled)
        target = "".join(shuffled[: len(_LETTERS)])
        table = str.maketrans(_LETTERS + _LETTERS.upper(), target + target.upper())
        kept = keep if script == "latin" and chance.random() < 0.5 else frozenset[str]()
        return cls(table, kept)

    def __call__(self, text: str) -> str:
        """The text in disguise."""
        table = self.table
        if table is None:
            dense = _WORD.sub(lambda m: _characters(m[0]), text)
            return dense.replace(", ", "，").replace(". ", "。").replace(" ", "")
        if not self.keep:
            return text.translate(table)
        return _WORD.sub(
            lambda m: m[0] if m[0].lower() in self.keep else m[0].translate(table), text
        )


def _characters(word: str) -> str:
    """A word as one to three Han characters, the same each time."""
    if not word.isalpha():
        return word
    seed = int.from_bytes(hashlib.sha256(word.lower().encode()).digest()[:8], "big")
    return "".join(chr(0x4E00 + (seed >> 16 * n) % 3000) for n in range(1 + min(2, len(word) // 5)))
