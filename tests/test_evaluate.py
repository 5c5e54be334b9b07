from __future__ import annotations

import dataclasses
import json

import pytest

from cleaner.errors import UsageError
from cleaner.judge.training.evaluate import titles, worst
from cleaner.judge.training.figures import Score, bag, figures, score, titled
from cleaner.judge.training.measure import Cleaner, Outcome, Task
from cleaner.judge.training.report import Report, below
from cleaner.pipeline import Pipeline
from tests.conftest import ROOT, Command
from tests.judging import bench_page


def outcome(page: str, f1: float, view: str = "blocks") -> Outcome:
    before, after = Score(0.5, 1, 0.6), Score(f1, f1, f1)
    return Outcome("own", view, page, "en", before, after, "article", 0, False, [])


def test_words_count_as_often_as_they_stand_there() -> None:
    found = score(bag("the bridge the bridge"), bag("The bridge was closed"))
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)


def test_a_text_made_worse_is_seen_in_the_figures() -> None:
    better, worse = (Score(1, 1, 0.9), Score(1, 1, 0.95)), (Score(1, 1, 0.9), Score(1, 0.5, 0.8))
    found = figures([better, worse, better, better])
    assert (found.texts, found.worse, found.untouched) == (4, 0.25, 0.75)


def test_the_worst_pages_of_each_view_are_named_worst_first() -> None:
    outcomes = [outcome("b", 0.7), outcome("a", 0.9), outcome("c", 0.2), outcome("b", 0.1, "nodes")]
    found = worst(outcomes, 2)
    assert {key: [w.page for w in pages] for key, pages in found.items()} == {
        ("own", "blocks"): ["c", "b"],
        ("own", "nodes"): ["b"],
    }
    report = Report({}, {}, {}, 0, 0, worst=found)
    assert report.text().index("\nc ") < report.text().index("\nb ")
    assert json.loads(report.as_json())["worst"]["own/nodes"][0]["after"]["f1"] == 0.1


def test_what_an_extractor_leaves_of_a_page_about_markup_is_accounted_for() -> None:
    body = "<ul> holds the stops of a line, and each of them stands in an <li> of its own."
    text = f"<ul> <li>Quay</li> <li>Old Mill</li> <li>School</li> <li>Park</li> </ul> {body}"
    pipeline = Pipeline()
    assert pipeline(text).format == "html"
    for found in Cleaner(pipeline)(
        Task(bench_page(body), {"blocks": text, "clean": f"{body}\ud800"})
    ):
        assert found.unaccounted == 0


def test_none_is_named_unless_asked_for() -> None:
    assert worst([outcome("a", 0.9)], 0) == {}
    assert "worst" not in Report({}, {}, {}, 0, 0).as_json()


def test_a_figure_below_the_floor_is_named() -> None:
    found = figures([(Score(1, 1, 0.5), Score(0.9, 0.9, 0.9))])
    report = Report({}, {("own", "blocks"): found}, {}, 0, 0)
    assert below(report, report.as_json()) == []
    floor = json.loads(report.as_json())
    floor["articles"]["own/blocks"]["f1"] = 0.95
    assert below(report, json.dumps(floor)) == ["own/blocks: f1 0.9000, at least 0.9500"]


def test_titles_have_figures_and_a_floor_of_their_own() -> None:
    gold = "Old bridge to close for a year"
    said = [titled(t, gold) for t in (gold, "Bridge to close for a year", "Most read", None)]
    assert said == ["right", "right", "wrong", "none"]
    assert titled("Most read", "") is None
    found = [dataclasses.replace(outcome(str(n), 0.9), title=t) for n, t in enumerate(said)]
    tables = titles([*found, outcome("unknown", 0.9)])
    ((key, figure),) = tables.items()
    assert (figure.texts, figure.right, figure.wrong) == (4, 0.5, 0.25)
    report = Report({}, {}, {}, 0, 0, titles=tables)
    assert "titles of articles" in report.text()
    floor = json.loads(report.as_json())
    assert below(report, json.dumps(floor)) == []
    name = "/".join(key)
    floor["titles"][name] |= {"right": 0.6, "wrong": 0.2}
    assert below(report, json.dumps(floor)) == [
        f"{name}: right 0.5000, at least 0.6000",
        f"{name}: wrong titles 0.2500, at most 0.2000",
    ]
    with pytest.raises(UsageError):
        below(report, "{}")


@pytest.mark.parametrize("form", ["text", "html"])
def test_the_command_measures_and_names_the_worst(cleaner: Command, form: str) -> None:
    asked = ["--format", form, "--model", "builtin", "--limit", "9", "--worst", "1"]
    only = ["--view", "unbroken"] if form == "text" else []
    done = cleaner("evaluate", str(ROOT / "tests" / "sample"), *asked, *only, "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert b"worst: own/" in done.stdout
    assert b"characters unaccounted for: 0" in done.stdout
