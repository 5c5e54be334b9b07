"""What is taken out of whole documents, by models that say what a test wants."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from cleaner import Article, Pipeline
from cleaner.document import Document
from cleaner.fields.title import Title
from cleaner.judge.kinds import judge_kinds
from cleaner.judge.lexicon import Floats
from cleaner.judge.model import Model, builtin_model
from cleaner.stages.judge import judge
from cleaner.stages.verdict import HEAVY, verdict
from tests.judging import FOOTER, MENU, PARAGRAPHS, TEASERS, evidence, page


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
