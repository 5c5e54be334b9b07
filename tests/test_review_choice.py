"""Which articles of a run the review page shows."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from cleaner import Article
from cleaner.article import Block
from cleaner.output import encode
from cleaner.report import review_choice
from cleaner.report.review import write_review
from cleaner.report.review_choice import Choice
from cleaner.report.review_records import Place
from tests.reviewing import made


def chosen(most: int, articles: Iterator[tuple[float, Article]]) -> list[int]:
    choice = Choice(most)
    for number, (share, article) in enumerate(articles):
        choice.add(Place(str(number), Path("x"), number), article, share)
    return [int(place.name) for place in choice.chosen()]


def test_outliers_come_first_and_then_an_even_sample() -> None:
    plain, untitled = made(title="T"), made(title=None)
    empty = Article("0" * 64, "a", "text", "utf-8", title="T", warnings=("empty-body",))

    def corpus() -> Iterator[tuple[float, Article]]:
        for number in range(10_000):
            share = 0.99 if number in (17, 4_321) else 0.3
            yield share, empty if number == 99 else untitled if number == 5_000 else plain

    found = chosen(80, corpus())
    assert len(found) == 80 and found == sorted(found)
    assert {17, 99, 4_321, 5_000} <= set(found)
    assert found == chosen(80, corpus())
    # The sample leaves no large part of the run out.
    assert max(b - a for a, b in zip([0, *found], [*found, 10_000], strict=True)) < 400


def test_outliers_leave_room_for_others() -> None:
    warned = [made(title=None, warnings=(f"warning-{n}",)) for n in range(30)]
    plain = made(title="T")
    corpus = ((0.2, plain if n % 2 else warned[n % 30]) for n in range(2_000))
    found = chosen(80, corpus)
    assert len(found) == 80 and sum(n % 2 for n in found) >= 15


@pytest.mark.parametrize("period", [2, 3, 4, 7, 10])
def test_the_sample_keeps_no_time_with_the_run(period: int) -> None:
    found = chosen(
        64, iter([(0.0, Article("0" * 64, "a", "text", "utf-8", title="T", body="x"))] * 999)
    )
    counts = [sum(n % period == rest for n in found) for rest in range(period)]
    assert max(counts) <= min(counts) + 4


def test_no_more_places_are_kept_than_can_be_shown() -> None:
    choice, shared = Choice(40), made()
    for number in range(3_000):
        article = replace(shared, warnings=(f"warning-{number}",))
        choice.add(Place("x", Path("x"), number), article, number / 3_000)
    heaps = [choice._sample, *choice._outliers.values()]
    assert sum(len(heap._heap) for heap in heaps) <= 40 + 24 * 5


def test_all_articles_are_shown_where_there_is_room() -> None:
    assert chosen(50, iter([(0.5, made())] * 50)) == list(range(50))
    assert chosen(1, iter([(0.5, made())] * 50)) == [0]


def test_a_page_does_not_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_choice, "PAGE", 3 * review_choice._size(made()) + 1)
    assert len(chosen(50, iter([(0.5, made())] * 50))) == 3
    monkeypatch.setattr(review_choice, "PAGE", 1)
    assert len(chosen(50, iter([(0.5, made())] * 50))) == 1


def test_memory_does_not_grow_with_the_run(tmp_path: Path) -> None:
    line = encode(made(body="word " * 2_000, blocks=(Block("code", 0, 10_000),)))

    def peak(count: int) -> int:
        (tmp_path / "a.jsonl").write_bytes(line * count)
        tracemalloc.start()
        done = write_review(tmp_path / "a.jsonl", str(tmp_path / "a.html"), pytest.fail, most=40)
        assert (done.articles, done.shown) == (count, 40)
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return highest

    peak(50)
    assert peak(1_000) < peak(50) + 1_000_000 < len(line) * 1_000
