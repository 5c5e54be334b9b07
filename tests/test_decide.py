"""From probabilities to lines taken out."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Sequence

import numpy as np
import pytest

from cleaner import Article, Pipeline, clean
from cleaner.document import Dial, Document
from cleaner.fields.title import Title
from cleaner.judge.decide import Lines, decide, decide_page
from cleaner.judge.kinds import judge_kinds
from cleaner.judge.lexicon import Floats
from cleaner.judge.model import Model, builtin_model
from cleaner.stages.judge import judge
from cleaner.stages.verdict import HEAVY, verdict
from tests.judging import FOOTER, MENU, PARAGRAPHS, TEASERS, evidence, page

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


@dataclasses.dataclass(frozen=True)
class Gloomy(Model):
    """Sees the article in the first running text alone, and has doubts about the rest."""

    def __call__(self, doc: Document) -> Floats:
        found = np.full(len(doc.lines), 0.48, np.float32)
        found[next(n for n, line in enumerate(doc.lines) if line.prose)] = 0.9
        return found


def test_warns_of_a_heavy_removal() -> None:
    model = Gloomy(**{f.name: getattr(builtin_model(), f.name) for f in dataclasses.fields(Model)})
    assert HEAVY not in Pipeline(models=[model])(page()).warnings
    article = Pipeline(models=[model], dial="aggressive")(page())
    assert article.warnings == (HEAVY,)
    # In doubt it takes nothing that it is not sure of.
    assert "\n\n".join(PARAGRAPHS) in article.body
    assert TEASERS[0] in article.body


@dataclasses.dataclass(frozen=True)
class Wavering(Model):
    """Is sure of running text, and hardly of any other line but the headline."""

    headline: float = 0.3

    def __call__(self, doc: Document) -> Floats:
        short = [self.headline if x.text.strip("[").startswith("Old") else 0.6 for x in doc.lines]
        return np.where([x.prose for x in doc.lines], 0.98, short).astype(np.float32)


@pytest.mark.parametrize(
    ("form", "likely", "block", "goes"),
    [
        ("{}", 0.3, 0, True),
        # A headline that is a link leads to another article than the one that it stands beside.
        ("[{}](/story)", 0.3, 0, False),
        # What counts as the article's may be one of its headings, where it stands by itself.
        ("{}", 0.6, 0, False),
        ("{}", 0.6, 1, True),
    ],
)
def test_less_is_likely_of_what_stands_above_the_title(
    form: str, likely: float, block: int, goes: bool
) -> None:
    builtin = builtin_model()
    parts = {f.name: getattr(builtin, f.name) for f in dataclasses.fields(Model)}
    model = Wavering(**parts, headline=likely)
    doc = evidence(page())
    assert doc.title is None
    headline = [line.text for line in doc.lines].index("Old bridge to close for a year")
    line = doc.lines[headline]
    lines = list(doc.lines)
    text = form.format(line.text)
    lines[headline] = dataclasses.replace(line, text=text, block=line.block + block)
    title = Title(headline, line.start, line.end)
    titled = dataclasses.replace(doc, lines=tuple(lines), title=title)
    assert "Culture" not in taken_by(model, doc)
    gone = taken_by(model, titled)
    assert ("Culture" in gone) is goes
    assert PARAGRAPHS[0] not in gone and TEASERS[0] not in gone


def taken_by(model: Model, doc: Document) -> list[str]:
    judged = judge(dataclasses.replace(doc, models=(model,)))
    proposals = verdict(judged).proposals[len(judged.proposals) :]
    return [doc.text[p.start : p.end] for p in proposals]


LEDE = "The first tram in forty years rolled along the quay, and half the town was there to see it."
THINGS = ("A bell from the old depot", "Two poles, one of them bent", "A conductor's cap")


@dataclasses.dataclass(frozen=True)
class Unkind(Model):
    """Doubts a lede and a list, and is sure of menus and of paragraphs."""

    def __call__(self, doc: Document) -> Floats:
        doubted = [
            line.text.startswith(LEDE[:20]) or line.kind == "list_item" for line in doc.lines
        ]
        prose = [0.95 if x.prose else 0.02 for x in doc.lines]
        return np.where(doubted, 0.3, prose).astype(np.float32)


def unkind() -> Model:
    builtin = builtin_model("html")
    return Unkind(**{f.name: getattr(builtin, f.name) for f in dataclasses.fields(Model)})


def judged_unkindly(html: str) -> Article:
    return Pipeline(models=[unkind()])(html)


@pytest.mark.parametrize("linked", [False, True])
def test_a_page_keeps_its_lede_and_its_lists(linked: bool) -> None:
    def shown(text: str) -> str:
        return f'<a href="/other">{text}</a>' if linked else text

    menu = "".join(f"<div>{word}</div>" for word in ("Home", "Culture", "Sport", "Weather"))
    html = (
        f"<title>Trams return to the quay</title><body>{menu}<h1>Trams return to the quay</h1>"
        f"<div>{shown(LEDE)}</div><div>Photo of a tram</div>"
        f"<p>{PARAGRAPHS[0]}</p><ul>{''.join(f'<li>{shown(t)}</li>' for t in THINGS)}</ul>"
        f"<p>{PARAGRAPHS[1]}</p>{menu}</body>"
    )
    article = judged_unkindly(html)
    assert article.title == "Trams return to the quay"
    assert (LEDE in article.body) is not linked
    assert [thing in article.body for thing in THINGS] == [not linked] * 3
    assert "Photo" not in article.body and "Sport" not in article.body


def test_only_behind_the_title_a_lede_is_spared() -> None:
    html = (
        f"<title>Trams return to the quay</title><body><h1>Trams return to the quay</h1>"
        f"<p>{PARAGRAPHS[0]}</p><div>By Jane Doe, 3 May 2021</div><p>{LEDE}</p>"
        f"<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></body>"
    )
    article = judged_unkindly(html)
    assert article.authors == ("Jane Doe",)
    assert LEDE not in article.body
    assert PARAGRAPHS[2] in article.body


def test_a_lede_is_spared_behind_a_line_that_holds_more_than_the_title() -> None:
    doc = evidence(
        f"<!doctype html><title>Trams return to the quay</title><h1>Trams return to the quay</h1>"
        f"<div>{LEDE}</div>{''.join(f'<p>{paragraph}</p>' for paragraph in PARAGRAPHS)}"
    )
    title = next(p for p in doc.proposals if p.field == "title")
    for found, spared in (([dataclasses.replace(title, end=title.end - 5)], True), ([], False)):
        taken = taken_by(unkind(), dataclasses.replace(doc, proposals=tuple(found)))
        assert (LEDE not in taken) is spared


@dataclasses.dataclass(frozen=True)
class Picky(Model):
    """Sees the article in running text, but for sentences about the ferry."""

    def __call__(self, doc: Document) -> Floats:
        kept = [0.02 if "ferry" in x.text or not x.sentence else 0.98 for x in doc.lines]
        return np.array(kept, np.float32)


def taken_pickily(*paragraphs: str) -> list[str]:
    model = Picky(**{f.name: getattr(builtin_model(), f.name) for f in dataclasses.fields(Model)})
    doc = evidence("\n".join([*MENU, PARAGRAPHS[0], *paragraphs, *FOOTER]))
    return [text for text in taken_by(model, doc) if text in " ".join(paragraphs)]


def test_a_paragraph_stays_or_goes_as_a_whole() -> None:
    lines = [line for paragraph in PARAGRAPHS for line in paragraph.split(". ")]
    other, ferry = (". ".join(x for x in lines if ("ferry" in x) is said) for said in (False, True))
    assert len(other) > 600 and len(f"{other}. {ferry}") < 1_500
    # Sentence by sentence it is judged, but no sentence of it goes by itself.
    assert taken_pickily(f"{other}. {ferry}") == []
    gone = taken_pickily(" ".join([ferry] * 3) + ". Nobody in the harbour was surprised.")
    assert "Nobody in the harbour was surprised." in gone


def test_what_is_too_long_for_a_paragraph_is_judged_by_its_sentences() -> None:
    long = " ".join([*PARAGRAPHS, *PARAGRAPHS])
    assert len(long) > 1_500
    gone = taken_pickily(long)
    assert gone and all("ferry" in text for text in gone)


@dataclasses.dataclass(frozen=True)
class Doubtful(Model):
    """Sees the article in the first running text, and has doubts about sentences below it."""

    def __call__(self, doc: Document) -> Floats:
        found = np.array([0.3 if x.sentence else 0.02 for x in doc.lines], np.float32)
        found[next(n for n, line in enumerate(doc.lines) if line.prose)] = 0.98
        return found


@pytest.mark.parametrize("forum", [False, True])
def test_sentences_of_a_forum_take_more_evidence(forum: bool) -> None:
    builtin = builtin_model()
    model = Doubtful(**{f.name: getattr(builtin, f.name) for f in dataclasses.fields(Model)})
    doc = dataclasses.replace(evidence("\n".join([*MENU, *PARAGRAPHS, *FOOTER])), forum=forum)
    taken = taken_by(model, doc)
    assert (PARAGRAPHS[-1] in taken) is not forum


def test_kinds_follow_words_and_place() -> None:
    text = "\n".join(
        ["Home", *PARAGRAPHS, "Related articles", TEASERS[0], "x", "© Harbour Gazette"]
    )
    doc = evidence(text)
    last = len(doc.lines) - 1
    kinds = judge_kinds(doc, [0, last - 3, last - 2, last], (1, last - 3))
    assert kinds == {0: "navigation", last - 3: "related", last - 2: "related", last: "legal"}
