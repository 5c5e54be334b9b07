"""Which lines spans touch, hold, and cover together, against looking at every character."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Line
from cleaner.lines.spans import Span, covered, held, touched

SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda s: (s[0], sum(s))))


@st.composite
def lines(draw: st.DrawFn) -> list[Line]:
    found: list[Line] = []
    at = 0
    for gap, size in draw(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 12)), max_size=9)):
        start = at + gap
        at = start + size
        found.append(
            Line(start, at, "x" * size, len(found), "paragraph", 0, "x" * size, False, False)
        )
    return found


def characters(span: Span) -> set[int]:
    return set(range(*span))


@given(lines(), SPANS)
def test_which_lines_a_span_touches(found: list[Line], spans: list[Span]) -> None:
    for span, some in zip(spans, touched(found, spans), strict=True):
        if span[0] < span[1]:
            expected = [x for x in found if characters(span) & characters((x.start, x.end))]
            assert found[some] == expected


@given(lines(), SPANS)
def test_which_lines_a_span_holds(found: list[Line], spans: list[Span]) -> None:
    for span, some in zip(spans, held(found, spans), strict=True):
        expected = [x for x in found if characters((x.start, x.end)) <= characters(span)]
        assert found[some] == expected
        assert some.start <= some.stop


@given(lines(), SPANS)
def test_which_lines_spans_cover_together(found: list[Line], spans: list[Span]) -> None:
    every = set().union(*map(characters, spans))
    expected = [characters((x.start, x.end)) <= every for x in found]
    assert covered(found, spans) == expected
