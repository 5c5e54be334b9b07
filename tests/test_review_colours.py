"""The colours of the review page: all can be read, and told apart by any eyes."""

from __future__ import annotations

import re
from typing import Any

from cleaner.article import KINDS
from tests.reviewing import PAGE


def colours() -> dict[str, tuple[str, str, str]]:
    style = (PAGE / "report.css").read_text("utf-8")
    found = re.findall(
        r"^\.k-([a-z-]+) \{ --k: light-dark\((#\w{6}), (#\w{6})\); --strike: (\w+); \}$",
        style,
        re.M,
    )
    return {kind: (light, dark, strike) for kind, light, dark, strike in found}


def value(name: str) -> tuple[str, str]:
    style = (PAGE / "report.css").read_text("utf-8")
    found = re.search(rf"^  --{name}: light-dark\((#\w{{6}}), (#\w{{6}})\);", style, re.M)
    assert found is not None
    return found[1], found[2]


def linear(colour: str) -> tuple[float, ...]:
    shades = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return tuple(s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shades)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(
        sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True))
        for c in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, share: float, ground: str) -> str:
    pairs = [(int(colour[n : n + 2], 16), int(ground[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def test_every_colour_can_be_read() -> None:
    assert set(colours()) == set(KINDS)
    for scheme in (0, 1):
        page, pane = value("page")[scheme], value("pane")[scheme]
        for kind, both in colours().items():
            ground = mixed(both[scheme], 0.09, pane)
            assert min(contrast(both[scheme], g) for g in (ground, pane, page)) >= 4.5, kind
        for name in ("ink", "soft", "accent", "field"):
            assert min(contrast(value(name)[scheme], g) for g in (page, pane)) >= 4.5, name
        assert contrast(value("ink")[scheme], value("hit")[scheme]) >= 4.5


# How colours look to most, and to eyes without one of the three sorts of cones.
_EYES = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
)


def lab(shades: tuple[float, ...]) -> list[float]:
    """A colour in the space Oklab, in which distances are as large as they look."""
    to_cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.793617785, -0.0040720468),
        (1.9779984951, -2.428592205, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.808675766),
    )
    return times(to_lab, [max(0.0, cone) ** (1 / 3) for cone in times(to_cones, shades)])


def times(matrix: tuple[tuple[float, ...], ...], vector: Any) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def test_kinds_are_told_apart_by_colour_blind_eyes() -> None:
    """Two kinds differ in how they look, or in how they are struck through."""
    found = colours()
    for scheme in (0, 1):
        for eye in _EYES:
            seen = {kind: lab(tuple(times(eye, linear(c[scheme])))) for kind, c in found.items()}
            for one in found:
                for other in found:
                    if one < other and found[one][2] == found[other][2]:
                        apart = sum(
                            (a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)
                        )
                        assert apart**0.5 >= 0.035, (one, other, scheme)
