"""From probabilities to lines taken out."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from cleaner import clean
from cleaner.document import Dial
from cleaner.judge.decide import Lines, decide, decide_page

LONG, SHORT = 400, 60


def decided(
    kept: list[float],
    prose: list[int],
    settled: tuple[int, ...] = (),
    dial: Dial = "normal",
    telling: bool = True,
    title: int | None = None,
    items: Sequence[int] = (),
    links: Sequence[int] = (),
    posted: Sequence[int] = (),
) -> tuple[list[int], bool]:
    n = len(kept)
    numbers = np.arange(n)
    running = np.array(prose, np.bool_)
    # Among many short lines, so that the text does not look clean.
    lines = Lines(
        size=np.where(running, LONG, SHORT),
        prose=running,
        sentence=running,
        settled=np.isin(numbers, settled),
        telling=np.full(n, telling),
        title=numbers == title,
        item=np.isin(numbers, items),
        linked=np.isin(numbers, links),
        posted=np.isin(numbers, posted),
    )
    found = decide(lines, np.array(kept, np.float32), dial)
    return np.flatnonzero(found.taken).tolist(), found.heavy


def test_few_lines_tell_little() -> None:
    few, many = [0.9, 0.2, 0.2], [0.9, *[0.2] * 15]
    assert decided(few, [1, 0, 0])[0] == []
    assert decided(many, [1] + [0] * 15)[0] == list(range(1, 16))


def test_takes_what_is_surely_cruft() -> None:
    assert decided([0.02, 0.9, 0.95, 0.01, 0.01], [0, 1, 1, 0, 0]) == ([0, 3, 4], False)


def test_what_somebody_wrote_in_a_forum_takes_more_evidence() -> None:
    kept = [0.95, 0.3, *[0.05] * 10, 0.1]
    prose = [1, 1, *[0] * 10, 1]
    assert decided(kept, prose)[0] == list(range(1, 13))
    assert decided(kept, prose, posted=(0, 1, 12))[0] == list(range(2, 13))


def test_running_text_inside_running_text_stays() -> None:
    assert decided([0.9, 0.01, 0.9, 0.01], [1, 1, 1, 1]) == ([3], False)
    # With a line in the run that is none, it may go.
    assert decided([0.9, 0.01, 0.01, 0.9, 0.9, 0.9], [1, 0, 1, 1, 1, 1]) == ([1, 2], False)


def test_a_lede_stays() -> None:
    # A title, a byline, the lede, a caption, the article.
    kept, prose = [0.5, 0.5, 0.2, 0.1, 0.9, 0.9], [0, 0, 1, 0, 1, 1]
    settled, cruft = (0, 1), [0.01] * 10
    kept, prose = kept + cruft, prose + [0] * 10
    rest = list(range(6, 16))
    assert decided(kept, prose, settled) == ([2, 3, *rest], False)
    assert decided(kept, prose, settled, title=0) == ([3, *rest], False)
    assert decided(kept, prose, settled, title=0, links=[2]) == ([2, 3, *rest], False)
    assert decided(kept, prose, (0,), title=0) == ([2, 3, *rest], False), "not right behind it"
    far = [0.5] * 3
    assert 5 in decided([*far, *kept], [0] * 3 + prose, tuple(range(5)), title=0)[0], "too far"
    kept[2] = 0.05
    assert decided(kept, prose, settled, title=0) == ([2, 3, *rest], False), "surely none"
    # A title is the last line, or all lines behind it are settled.
    assert decided([0.9, 0.01, 0.01], [1, 0, 0], title=2) == ([1, 2], False)
    assert decided([0.5, 0.5], [1, 0], settled=(1,), title=0) == ([], False)


def test_a_list_inside_the_article_stays() -> None:
    kept, prose = [0.9, 0.35, 0.3, 0.9, *[0.3] * 10], [1, 0, 0, 1] + [0] * 10
    every = list(range(4, 14))
    assert decided(kept, prose) == ([1, 2, *every], False)
    assert decided(kept, prose, items=range(1, 14)) == (every, False)
    assert decided(kept, prose, items=[1]) == ([1, 2, *every], False), "not all of it"
    assert decided(kept, prose, items=[1, 2], links=[2]) == ([1, 2, *every], False)
    assert decided(kept, prose, settled=(3,), items=[1, 2]) == ([1, 2, *every], False), "at its end"
    assert decided([0.9, 0.01, *kept[1:]], [1, 0, *prose[1:]], settled=(1,), items=[2, 3]) == (
        [n + 1 for n in every],
        False,
    )
    kept[1:3] = [0.2, 0.2]
    assert decided(kept, prose, items=[1, 2]) == ([1, 2, *every], False), "surely none"


def test_the_cleaner_a_text_looks_the_more_evidence_it_takes() -> None:
    doubtful = [0.35]
    assert decided([0.99] * 20 + doubtful, [1] * 20 + [0]) == ([], False)
    cruft = [0.01] * 12
    assert 3 in decided([0.9] * 3 + doubtful + cruft, [1] * 3 + [0] + [1] * 2 + [0] * 10)[0]


def test_where_no_rule_knows_anything_the_text_was_cleaned_before() -> None:
    doubtful = [0.9, *[0.3] * 14]
    assert decided(doubtful, [1] + [0] * 14)[0] == list(range(1, 15))
    assert decided(doubtful, [1] + [0] * 14, telling=False)[0] == []
    assert decided([0.9, *[0.02] * 14], [1] + [0] * 14, telling=False)[0] == list(range(1, 15))


def test_where_little_is_sure_more_stays() -> None:
    doubtful = [0.35] * 12
    sure, unsure = [0.98, 0.98, *doubtful], [0.6, 0.6, *doubtful]
    assert decided(sure, [1, 1] + [0] * 12)[0] == list(range(2, 14))
    assert decided(unsure, [1, 1] + [0] * 12)[0] == []
    assert decided(unsure, [1, 1] + [0] * 12, dial="aggressive")[0] == list(range(2, 14))


def page_taken(kept: list[float], sizes: list[int], dial: Dial = "normal") -> list[int]:
    n = len(kept)
    nothing = np.zeros(n, np.bool_)
    lines = Lines(np.array(sizes), *[nothing] * 8)
    return np.flatnonzero(decide_page(lines, np.array(kept, np.float32), dial).taken).tolist()


def test_a_page_keeps_what_gives_the_best_f1_to_be_expected() -> None:
    def expected(kept: list[float], sizes: list[int], stays: list[int]) -> float:
        hit = sum(kept[n] * sizes[n] for n in stays)
        total = sum(k * s for k, s in zip(kept, sizes, strict=True))
        return 2 * hit / (sum(sizes[n] for n in stays) + total)

    for kept, sizes in (
        ([0.9, 0.8, 0.3, 0.2], [100, 100, 100, 100]),
        ([0.4, 0.3, 0.3, 0.1], [10, 500, 20, 800]),
        ([0.45, 0.05, 0.02], [300, 50, 50]),
    ):
        stays = [n for n in range(len(kept)) if n not in page_taken(kept, sizes)]
        best = max(
            expected(kept, sizes, list(some))
            for count in range(1, len(kept) + 1)
            for some in itertools.combinations(range(len(kept)), count)
        )
        assert expected(kept, sizes, stays) == pytest.approx(best)


def test_lines_of_a_text_that_are_alike_in_doubt_go_together() -> None:
    # One by one they would be worth keeping: nearly even chances, beside a sure one.
    kept = [0.97, *[0.43] * 12]
    assert decided(kept, [1, *[0] * 12])[0] == list(range(1, 13))
    assert page_taken(kept, [LONG, *[SHORT] * 12]) == []
    assert decided([0.97, *[0.55] * 12], [1, *[0] * 12])[0] == []
    # Losing counts for more than keeping.
    assert decided([0.97, *[0.48] * 12], [1, *[0] * 12])[0] == []
    # However surely the article ends, a dial goes by even chances.
    doubtful = [0.97, *[0.25] * 12]
    assert decided(doubtful, [1, *[0] * 12])[0] == list(range(1, 13))
    assert decided(doubtful, [1, *[0] * 12], dial="gentle")[0] == []


def test_where_nothing_on_a_page_is_sure_more_of_it_stays() -> None:
    assert page_taken([0.95, 0.95, 0.3], [100, 100, 100]) == [2]
    assert page_taken([0.4, 0.35, 0.3], [100, 100, 100]) == []
    dials: tuple[Dial, ...] = ("gentle", "normal", "aggressive")
    taken = [page_taken([0.95, 0.9, 0.6, 0.4, 0.2], [100] * 5, dial) for dial in dials]
    assert [len(t) for t in taken] == sorted(len(t) for t in taken)
    assert len(taken[0]) < len(taken[2])


def test_a_heavy_removal_is_not_made() -> None:
    # Most of what may be the article's.
    menu = [0.1] * 20
    kept = [0.75, *[0.45] * 4, *menu]
    taken, heavy = decided(kept, [1] * 5 + [0] * 20, dial="aggressive")
    assert (taken, heavy) == (list(range(5, 25)), True)
    assert decided(kept, [1] * 5 + [0] * 20) == (taken, False)
    # A long page of menus and teasers, all a little likely.
    teasers = [0.9, 0.9, 0.9, *[0.06] * 50]
    assert decided(teasers, [1] * 53) == (list(range(3, 53)), False)
    # Nearly all that there is.
    assert decided([0.9, *[0.01] * 40], [1, 0, *[1] * 39]) == ([1], True)
    assert decided([0.9, *[0.01] * 5], [1, 0, *[1] * 4]) == ([1, 2, 3, 4, 5], False)


def test_lines_that_others_settle_are_left_to_them() -> None:
    assert decided([0.01, 0.9, 0.01], [0, 1, 0], settled=(0,)) == ([2], False)


def test_keeps_what_it_does_not_know() -> None:
    menu = [0.02] * 12
    doubtful = [0.3] * 12
    assert decided([0.65, 0.9, *doubtful], [1, 1] + [0] * 12) == (list(range(2, 14)), False)
    assert decided([0.55, 0.3, *doubtful], [1, 1] + [0] * 12) == ([], False)
    # In doubt it takes what is cruft beyond doubt, if enough is left.
    assert decided([0.55, 0.3, *menu], [1, 1] + [0] * 12) == (list(range(2, 14)), False)
    assert decided([0.05, 0.05, *menu], [1, 1] + [0] * 12) == (list(range(2, 14)), False)
    assert decided([0.02] * 14, [0] * 14) == ([], False)
    assert decided([0.3, *[0.02] * 80], [1] + [0] * 80) == ([], False)
    assert clean("Nothing but a line").body == "Nothing but a line"
