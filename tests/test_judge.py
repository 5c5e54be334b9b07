"""The judge as a whole: what it takes, what it keeps, its model file."""

from __future__ import annotations

import io
import pickle

import numpy as np
import pytest
from hypothesis import given

from cleaner import Pipeline, clean
from cleaner.document import DIALS, Format
from cleaner.errors import ModelError, UsageError
from cleaner.judge.context import with_context
from cleaner.judge.model import builtin_model, load, save
from cleaner.judge.signals import COLUMN, NAMES, read_lines
from cleaner.rules import compiled_book
from tests.judging import FOOTER, MENU, PARAGRAPHS, evidence, page
from tests.layouts import newspaper
from tests.strategies import hostile_texts


def test_takes_menu_and_footer_off_a_page() -> None:
    article = clean(page())
    assert "\n\n".join(PARAGRAPHS) in article.body
    left = set(article.body.split("\n\n"))
    assert left.isdisjoint([*MENU, *FOOTER])
    taken = {r.text: r for r in article.removed}
    assert (taken["Culture"].rule, taken["Culture"].kind) == ("judge.before", "navigation")
    assert taken["Careers"].rule == "judge.after"
    assert all(0.5 < taken[line].confidence <= 1 for line in MENU)


def test_keeps_a_clean_article() -> None:
    article = clean("\n\n".join(PARAGRAPHS))
    assert article.body == "\n\n".join(PARAGRAPHS)
    assert not article.removed


def test_says_which_model_judged() -> None:
    assert clean("\n\n".join(PARAGRAPHS)).provenance["model"] == builtin_model().version
    assert Pipeline().without("judge")(page()).provenance["model"] is None


def test_without_the_judge_the_menu_stays() -> None:
    assert "Culture" in Pipeline().without("judge")(page()).body


def test_the_dial_only_moves_the_threshold() -> None:
    kept = {dial: len(Pipeline(dial=dial)(page()).body) for dial in DIALS}
    assert kept["gentle"] >= kept["normal"] >= kept["aggressive"]
    with pytest.raises(UsageError, match="gentle"):
        Pipeline(dial="rough")  # type: ignore[arg-type] # what callers without types may say


def test_a_pipeline_is_pickled_the_same_after_use() -> None:
    """What caches by a pipeline's pickle, as datasets does, finds it again."""
    pipeline = Pipeline(rules=compiled_book())
    before = (pipeline.rules.version, pickle.dumps(pipeline))
    assert pipeline(page()).language == "en"
    assert (pipeline.rules.version, pickle.dumps(pipeline)) == before


def test_a_pipeline_with_a_model_can_be_pickled() -> None:
    pipeline = Pipeline(models=[builtin_model()])
    assert pickle.loads(pickle.dumps(pipeline))(page()) == pipeline(page())


@given(hostile_texts())
def test_gives_a_probability_for_every_line(text: str) -> None:
    doc = evidence("It rained. " * 40 + text)
    found = builtin_model()(doc)
    assert found.shape == (len(doc.lines),)
    assert np.all((found >= 0) & (found <= 1))


def test_a_very_long_document_is_judged_in_pieces() -> None:
    doc = evidence("\n\n".join(f"Line {n} of a very long list" for n in range(25_000)))
    assert len(builtin_model()(doc)) == len(doc.lines) == 25_000


def test_signals_have_a_row_for_every_name() -> None:
    model = builtin_model()
    doc = evidence(page())
    reading = read_lines(doc, model.tables, model.known)
    assert reading.signals.shape == (len(NAMES), len(doc.lines))
    assert np.isfinite(with_context(reading.signals)).all()
    menu, prose = 0, next(n for n, line in enumerate(doc.lines) if line.prose)
    assert reading.signals[COLUMN["prose"], [menu, prose]].tolist() == [0, 1]
    function = reading.signals[COLUMN["function_words"]]
    assert function[prose] > 0.3 > function[menu]


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_model_comes_back_as_it_was_saved(form: Format) -> None:
    model = builtin_model(form)
    assert model.form == form
    files = []
    for _ in range(2):
        file = io.BytesIO()
        save(model, file)
        files.append(file.getvalue())
    assert files[0] == files[1]
    again = load(files[0])
    doc = evidence(page() if form == "text" else newspaper("A title", [("paragraph", "Text.")]))
    assert again(doc).tolist() == model(doc).tolist()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"nonsense", b"\x93NUMPY\x01\x00"])
def test_names_a_file_that_is_no_model(data: bytes) -> None:
    with pytest.raises(ModelError, match="model"):
        load(data)


def test_names_a_model_of_another_version() -> None:
    file = io.BytesIO()
    np.savez(file, format=np.array([0, 1]))
    with pytest.raises(ModelError, match="another version"):
        load(file.getvalue())


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_model_judges_what_it_was_made_for(form: Format) -> None:
    text, markup = page(), newspaper("A title", [("paragraph", p) for p in PARAGRAPHS])
    pipeline = Pipeline(models=[builtin_model(form)])
    assert pipeline(text).to_json() == clean(text).to_json()
    assert pipeline(markup).to_json() == clean(markup).to_json()


@pytest.mark.parametrize("form", ["text", "html"])
def test_the_model_is_small(form: Format) -> None:
    file = io.BytesIO()
    save(builtin_model(form), file)
    assert len(file.getvalue()) < 5_000_000


def test_what_is_taken_out_is_surer_the_less_it_may_be_the_articles() -> None:
    model = builtin_model()
    sure = [model.sure(kept) for kept in (0.45, 0.2, 0.05, 0.001)]
    assert sure == sorted(sure) and 0.4 < sure[0] < sure[-1] < 1
