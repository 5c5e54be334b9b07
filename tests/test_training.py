"""What makes the judge's model: labels, weights, and the network as learnt and as shipped."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cleaner.judge.chars import CharTables
from cleaner.judge.lexicon import KnownWords, known_words
from cleaner.judge.training.arrays import line_weights, take_rows
from cleaner.judge.training.dataset import Sample, page_evidence, read_sample
from cleaner.judge.training.datewords import date_words
from cleaner.judge.training.labels import content_share
from cleaner.judge.training.network import Texts, fit_network
from cleaner.judge.training.shorten import shortened
from cleaner.judge.training.views import Disguise, View, full_views
from cleaner.layer import text_layer
from tests.judging import MENU, PARAGRAPHS, TEASERS, bench_page, evidence


@pytest.fixture(scope="module")
def known(tables: CharTables) -> KnownWords:
    english, german = (
        "the and of to in was that for it he",
        "der die und das ist nicht ein zu den im",
    )
    return known_words([english.split(), german.split()], date_words(), tables)


def sample(tables: CharTables, known: KnownWords, weight: float = 1.0) -> Sample:
    text = "\n".join([*MENU, *PARAGRAPHS, *TEASERS])
    view = View("blocks", text, weight=weight)
    found = read_sample(evidence(text), bench_page("\n".join(PARAGRAPHS)), view, tables, known)
    assert found is not None
    return found


def test_lines_are_labelled_by_the_words_that_the_article_has_in_its_order() -> None:
    lines = ["Home News", "The tram ran again.", "News of the tram", "And the band played."]
    assert content_share(lines, "The tram ran again.\n\nAnd the band played.") == [0, 1, 0, 1]
    # Half of a line may be the article's; a line without words goes with the one before it.
    assert content_share(["Share The tram", "—"], "The tram") == [pytest.approx(2 / 3)] * 2


def test_a_sample_knows_what_of_it_is_the_articles(tables: CharTables, known: KnownWords) -> None:
    found = sample(tables, known)
    assert found.share[: len(MENU)].max() == 0
    assert found.share[found.words > 15].min() == 1


def test_trees_learn_from_the_same_lines_each_time_and_few_stand_for_all(
    tables: CharTables, known: KnownWords
) -> None:
    samples = [sample(tables, known, weight=0.05)] * 60
    numbers = np.arange(len(samples[0].share), dtype=np.float32)[None]

    def taken() -> tuple[list[float], list[float]]:
        rows = take_rows(((n, numbers) for n in range(60)), range(60), samples)
        return rows.features[:, 0].tolist(), rows.weight.tolist()

    lines, weights = taken()
    assert (lines, weights) == taken()
    whole = 60 * float(line_weights(samples[0]).sum())
    assert len(lines) < 30 * numbers.size
    assert sum(weights) == pytest.approx(whole, rel=0.15)


@pytest.mark.parametrize("script", ["latin", "cyrillic", "caseless", "dense"])
@pytest.mark.parametrize("seed", range(3))
def test_a_disguised_text_is_labelled_by_its_disguised_article(script: str, seed: int) -> None:
    disguise = Disguise.by(random.Random(seed), frozenset({"the", "and"}), script)
    lines = [disguise(line) for line in (*MENU, *PARAGRAPHS, *TEASERS)]
    gold = View("disguised", "\n".join(lines), disguise).gold("\n\n".join(PARAGRAPHS))
    assert not {"council", "harbour", "surprised"} & set(gold.split())
    share = content_share(lines, gold)
    assert min(share[len(MENU) : len(MENU) + len(PARAGRAPHS)]) > 0.9
    assert max(share[len(MENU) + len(PARAGRAPHS) :]) < 0.6


@pytest.mark.parametrize("seed", range(4))
def test_of_a_shortened_page_only_the_article_is_shorter(seed: int) -> None:
    around = [f"<div>{line}</div>" for line in MENU], [f"<p>{line}</p>" for line in TEASERS]
    paragraphs = [*PARAGRAPHS, *(f"{p} It was so." for p in PARAGRAPHS)]
    inside = [f"<p>{p}</p>behind<p>Read also: {n}</p>" for n, p in enumerate(paragraphs)]
    html = "".join([*around[0], "And ", *inside, *around[1]])
    found = shortened(html, bench_page("\n\n".join(paragraphs)), random.Random(seed))
    assert found is not None
    left = found[1].body.split("\n\n")
    assert left == paragraphs[: len(left)]
    assert 0 < len(left) < len(paragraphs) / 2
    shown = text_layer(found[0])
    assert all(line in shown for line in (*MENU, *TEASERS, *left))
    assert not any(f"{p}\n" in shown for p in paragraphs[len(left) :])
    # What stands between them goes with them, and what is no block of its own stays.
    assert shown.count("Read also") == len(left) + 1
    assert shown.count("behind") == len(paragraphs)


def test_a_short_article_is_not_shortened() -> None:
    html = "".join(f"<p>{line}</p>" for line in (*MENU, *TEASERS, PARAGRAPHS[0]))
    assert shortened(html, bench_page(PARAGRAPHS[0]), random.Random(0)) is None
    assert shortened("", bench_page(PARAGRAPHS[0]), random.Random(0)) is None


def test_pages_without_an_article_are_not_shortened(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    paragraphs = [f"{p} So it was in year {n}." for n in range(6) for p in PARAGRAPHS]
    lines = "".join(f"<p>{line}</p>" for line in (*MENU, *paragraphs, *TEASERS))
    file.write_text(f"<!doctype html><html><body>{lines}</body></html>")
    page = replace(bench_page("\n\n".join(paragraphs)), file=file)
    for kind, some in (("article", True), ("product", False)):
        documents = page_evidence(replace(page, kind=kind), frozenset())
        assert any(label.body != page.body for _, _, label in documents) == some


def test_views_count_by_their_weights(tables: CharTables, known: KnownWords) -> None:
    plain, hard = (line_weights(sample(tables, known, weight)).sum() for weight in (1.0, 1.5))
    assert hard == pytest.approx(1.5 * plain)
    # However much cruft there is, a text weighs what few articles do.
    one = sample(tables, known)
    long = replace(one, words=one.words * 1_000)
    assert line_weights(long).sum() == pytest.approx(3)
    html = "".join(f"<p>{line}</p>" for line in (*MENU, *PARAGRAPHS, *TEASERS))
    weights = {view.name: view.weight for view in full_views(html, random.Random(0), frozenset())}
    assert weights["blocks"] == 1 < weights["unbroken"]


def test_the_network_learns_what_stands_around_a_line() -> None:
    pytest.importorskip("torch")
    chance = np.random.default_rng(0)
    seen = chance.standard_normal((4_000, 3)).astype(np.float16)
    # A line is the article's where the line two before it is high in the second feature.
    share = np.zeros(4_000, np.float32)
    share[2:] = seen[:-2, 1] > 0
    bounds = np.arange(0, 4_001, 40)
    texts = Texts(seen, share, np.full(4_000, 0.05, np.float32), bounds)
    network = fit_network(texts, np.array([4, 0, 2], np.int32), epochs=60, seed=0, threads=1)
    again = fit_network(texts, np.array([4, 0, 2], np.int32), epochs=60, seed=0, threads=1)
    rows = np.zeros((5, 40), np.float32)
    rows[[4, 0, 2]] = seen[:40].T
    score = network(rows)
    assert ((score > 0) == (share[:40] > 0.5))[2:].mean() > 0.9
    assert score.tolist() == again(rows).tolist()
