"""Views: many texts of one labelled page, so that no way of flattening is learnt by heart."""

from __future__ import annotations

import hashlib
import random
import re
import textwrap
from collections.abc import Callable, Iterator

from cleaner.judge.training import flatten
from cleaner.judge.training.labels import content_share

_WORD = re.compile(r"\w+")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def full_views(
    html: bytes | str, chance: random.Random, keep: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Name and text of each view of a whole page.

    Args:
        html: the page.
        chance: decides what is left open; seeded by the page, so that views are the same each time.
        keep: words that stay as they are where a view disguises the language (function words).
    """
    found = flatten.pieces(html)
    if not found:
        return
    blocks = flatten.blocks(found)
    yield "blocks", blocks
    yield "nodes", flatten.nodes(found)
    yield "unbroken", flatten.unbroken(found)
    yield "markdown", flatten.markdown(found)
    yield "lines", flatten.plain_lines(found, chance.choice(["", "", "• ", "- ", "* "]))
    yield (
        "disguised",
        disguise(blocks if chance.random() < 0.6 else flatten.nodes(found), chance, keep),
    )
    odd: Callable[[str], str] = chance.choice(
        [str.lower, lambda t: wrapped(t, chance), run_together]
    )
    yield "odd", odd(blocks)


def clean_views(
    title: str, body: str, chance: random.Random, keep: frozenset[str]
) -> Iterator[tuple[str, str]]:
    """Name and text of views of the article alone, as other extractors would leave it."""
    yield "clean", body
    dense = "\n".join(line for line in body.split("\n") if line.strip())
    kind = chance.randrange(5)
    if kind == 0:
        dense = wrapped(body, chance)
    elif kind == 1:
        dense = " ".join(dense.split("\n"))
    elif kind == 2:
        dense = disguise(dense, chance, keep)
    elif kind == 3:
        dense = dense.lower()
    yield "clean_title", f"{title}\n\n{dense}" if title else dense


def cropped_views(blocks: str, body: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Name and text of views with a little cruft left, as extractors leave it."""
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
        yield name, chance.choice(["\n", "\n\n"]).join(kept)


def wrapped(text: str, chance: random.Random) -> str:
    """Hard-wrapped, as mail programs and terminals do it."""
    width = chance.randrange(60, 110)
    return "\n".join("\n".join(textwrap.wrap(line, width)) for line in text.split("\n"))


def run_together(text: str) -> str:
    """With every second line break lost."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n".join(" ".join(lines[n : n + 2]) for n in range(0, len(lines), 2))


def disguise(text: str, chance: random.Random, keep: frozenset[str]) -> str:
    """In a language that nobody knows: letters exchanged one for one, shapes kept.

    The letters come from the same alphabet, from a script without capitals, or from one without
    spaces. In half of the texts the words in ``keep`` stay, as the function words of a known
    language would.
    """
    script = chance.choice(["latin", "latin", "cyrillic", "caseless", "dense"])
    if script == "dense":
        return (
            _WORD.sub(lambda m: _characters(m[0]), text)
            .replace(", ", "，")
            .replace(". ", "。")
            .replace(" ", "")
        )
    letters = {
        "latin": _LETTERS,
        "cyrillic": "абвгдежзийклмнопрстуфхцчшщ",
        "caseless": chance.choice(
            [
                "אבגדהוזחטיכלמנסעפצקרשתךםןף",
                "ابتثجحخدذرزسشصضطظعغفقكلمنه",
                "कखगघचछजझटठडढतथदधनपफबभमयरलव",
            ]
        ),
    }[script]
    shuffled = list(letters)
    chance.shuffle(shuffled)
    target = "".join(shuffled)
    table = str.maketrans(_LETTERS + _LETTERS.upper(), target + target.upper())
    if script != "latin" or chance.random() < 0.5:
        return text.translate(table)
    return _WORD.sub(lambda m: m[0] if m[0].lower() in keep else m[0].translate(table), text)


def _characters(word: str) -> str:
    """A word as one to three Han characters, the same each time."""
    if not word.isalpha():
        return word
    seed = int.from_bytes(hashlib.sha256(word.lower().encode()).digest()[:8], "big")
    return "".join(chr(0x4E00 + (seed >> 16 * n) % 3000) for n in range(1 + min(2, len(word) // 5)))
