"""Templates: what is learnt of a site, what is not, and what is made of its articles."""

from __future__ import annotations

import pickle
import random
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Article, Pipeline, clean
from cleaner.rules.load import parse_rules
from cleaner.templates import RULE, store
from tests.corpus.sites import Layout, article, site, title
from tests.learning import HOST, LAYOUTS, PLAIN, body_of, learn, learnt, rows
from tests.strategies import Draft, drafts, layouts
from tests.test_invariants import check_ledger


def news(count: int, seed: str = "") -> list[tuple[str, list[str]]]:
    """Titles and paragraphs of so many articles."""
    found = []
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        paragraphs = [" ".join(p) for p in article(chance, 4, 7)]
        found.append((title(chance), paragraphs))
    return found


# What is taken out of a site's articles


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("number", [0, 1])
def test_the_lines_of_a_site_go_and_its_articles_stay(
    tmp_path: Path, layout: Layout, number: int
) -> None:
    """Also of articles that nothing was learnt from."""
    made = site(number)
    held = made[::4]
    pipeline = learnt(tmp_path / "t.sqlite", [m for m in made if m not in held], layout)
    cruft = left = lost = 0
    for m in held:
        body = body_of(pipeline, m.laid_out(layout), m.host)
        cruft += sum(map(len, m.cruft))
        left += sum(len(line) for line in m.cruft if line in body)
        lost += sum(s not in body for s in m.sentences)
        # Without templates nearly all of it stays, or the test would show nothing.
        assert sum(c in body_of(PLAIN, m.laid_out(layout)) for c in m.cruft) > 0.7 * len(m.cruft)
    assert left <= 0.01 * cruft
    assert lost == 0


def test_a_template_names_itself(tmp_path: Path) -> None:
    made = site(0)
    pipeline = learnt(tmp_path / "t.sqlite", made[1:], "lines")
    removed = pipeline(made[0].laid_out("lines"), url=made[0].url).removed
    assert {(r.kind, r.rule) for r in removed} == {("template", RULE)}
    assert "\n".join(r.text for r in removed) == "\n".join(made[0].cruft)


def test_what_a_rule_takes_stays_its_own(tmp_path: Path) -> None:
    """Also one that is less sure than the template: it says what the line is."""
    club = "Rope and canvas for our members"
    texts = ["\n".join([head, *paragraphs, club]) for head, paragraphs in news(16)]
    learn(tmp_path / "t.sqlite", texts[1:])
    known = PLAIN.with_templates(tmp_path / "t.sqlite")
    rule = """
        kind = "promo"
        what = "A club's own lines."
        [[rule]]
        id = "promo.club"
        why = "what the club gives its members"
        confidence = 0.6
        [rule.en]
        lines = ["rope and canvas for our members"]
    """
    told = Pipeline(
        PLAIN.stages,
        known.rules.extended([parse_rules(rule, "own.toml")]),
        templates=known.templates,
    )
    taken = [
        [(r.rule, r.text) for r in pipeline(texts[0], url=f"https://{HOST}/b").removed]
        for pipeline in (known, told)
    ]
    assert taken == [[(RULE, club)], [("promo.club", club)]]


def test_a_lone_sentence_of_the_site_goes_from_between_the_paragraphs(tmp_path: Path) -> None:
    own = "Half of the way lies behind you, and a plate of plums stands on the sill."
    texts = []
    for n, (head, paragraphs) in enumerate(news(16)):
        at = 1 + n % 3
        texts.append("\n".join([head, *paragraphs[:at], own, *paragraphs[at:]]))
    learn(tmp_path / "t.sqlite", texts[1:])
    body = body_of(PLAIN.with_templates(tmp_path / "t.sqlite"), texts[0])
    assert own not in body
    assert all(p in body for p in news(16)[0][1])


def test_numbers_in_short_lines_may_vary_in_prose_they_may_not(tmp_path: Path) -> None:
    texts = []
    for n, (head, paragraphs) in enumerate(news(16)):
        index = f"The index of the harbour rose by {n + 3} points to stand at {n * 40 + 900} now."
        ends = ["Rope and canvas", f"Walk of {n + 4} minutes"]
        texts.append("\n".join([head, index, *paragraphs, *ends]))
    learn(tmp_path / "t.sqlite", texts[1:])
    body = body_of(PLAIN.with_templates(tmp_path / "t.sqlite"), texts[0])
    assert "Walk of" not in body and "Rope and canvas" not in body
    assert "The index of the harbour rose by 3 points to stand at 900 now." in body


# What stays


def unharmed(file: Path, texts: Sequence[str]) -> None:
    """Assert that templates change nothing of any of the texts that they were learnt from."""
    learn(file, texts)
    pipeline = PLAIN.with_templates(file)
    for text in texts:
        with_templates, without = pipeline(text, url=f"https://{HOST}/b"), PLAIN(text)
        assert with_templates.removed == without.removed
        assert with_templates.body == without.body


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [1, 3, 5])
def test_a_few_articles_of_a_site_teach_nothing(tmp_path: Path, layout: Layout, count: int) -> None:
    texts = [m.laid_out(layout) for m in site(2, count)]
    learn(tmp_path / "t.sqlite", texts)
    assert rows(tmp_path / "t.sqlite") == []


@pytest.mark.parametrize("joined", [False, True])
def test_what_articles_quote_stays(tmp_path: Path, joined: bool) -> None:
    """A statement in most articles of a series, a lead in its follow-ups, what is always said."""
    quote = (
        "We have looked at every plank of the bridge, the mayor said, and none of them will hold "
        "the tram. Whoever says otherwise has not been under it with a lamp."
    )
    lead = "The bridge by the mill will stay closed until the county has found a better one."
    always = "The bridge was built of oak and iron by the grandfather of the present owner."
    texts = []
    for n, (head, paragraphs) in enumerate(news(20)):
        lines = [head, *([lead] if n < 7 else []), paragraphs[0]]
        lines += [quote] if n % 4 else []
        lines += [*paragraphs[1:], *([always] if n % 2 else [])]
        texts.append((" " if joined else "\n").join(lines))
    unharmed(tmp_path / "t.sqlite", texts)


@pytest.mark.parametrize("joined", [False, True])
def test_copies_of_a_story_do_not_make_it_a_template(tmp_path: Path, joined: bool) -> None:
    story = news(1, "story")[0][1]
    texts = []
    for n, (head, paragraphs) in enumerate(news(26)):
        own = paragraphs if n >= 18 else [*story[: n % 4], paragraphs[0], *story[n % 4 :]]
        texts.append((" " if joined else "\n").join([head, *own]))
    unharmed(tmp_path / "t.sqlite", texts)


def test_versions_of_a_story_are_one_article(tmp_path: Path) -> None:
    """No sentence is in many of them, but what all of them end with is in half of the articles."""
    story = [s for p in article(random.Random("story"), 8, 8) for s in p]
    texts = []
    for n, (head, paragraphs) in enumerate(news(22)):
        own = paragraphs
        if n % 2:
            own = [s for s in story if random.Random(f"{n}{s}").random() < 0.65]
            own += ["Oak and iron", "Lamp and ladder"]
        texts.append("\n".join([head, *own]))
    unharmed(tmp_path / "t.sqlite", texts)


def test_headings_that_recur_stay(tmp_path: Path) -> None:
    texts = []
    for head, paragraphs in news(20):
        chance = random.Random(head)
        goods = chance.sample("pears plums barley salt butter honey rye thyme".split(), 3)
        pears = [f"{chance.randint(2, 9)} spoons of {g}" for g in goods]
        lines = [head, "Introduction", paragraphs[0], "What happened", *paragraphs[1:3]]
        lines += ["Background", *paragraphs[3:], "What you need", *pears]
        texts.append("\n".join(lines))
    unharmed(tmp_path / "t.sqlite", texts)


def test_rows_of_figures_inside_the_text_stay(tmp_path: Path) -> None:
    texts = []
    for n, (head, paragraphs) in enumerate(news(20)):
        figures = [f"Shots {n + 2}", f"Corners {n + 5}", f"Fouls {n * 3}"]
        texts.append("\n".join([head, paragraphs[0], *figures, *paragraphs[1:]]))
    unharmed(tmp_path / "t.sqlite", texts)


def test_parts_of_sentences_stay(tmp_path: Path) -> None:
    """In text without line breaks, where a part of a sentence may be what repeats."""
    texts = []
    for head, paragraphs in news(20):
        chance = random.Random(head)
        said = f"Harbour Master General Anna Maria {chance.choice('Lee Moss Orr'.split())} said so."
        first = f"Not for the first time {paragraphs[0][0].lower()}{paragraphs[0][1:]}"
        texts.append(" ".join([head, first, paragraphs[1], said, *paragraphs[2:]]))
    unharmed(tmp_path / "t.sqlite", texts)


def test_a_text_of_nothing_but_templates_is_left_alone(tmp_path: Path) -> None:
    made = site(1)
    pipeline = learnt(tmp_path / "t.sqlite", made, "lines")
    stub = "\n".join([*made[0].head, *made[0].tail])
    assert pipeline(stub, url=made[0].url).body == PLAIN(stub).body


def test_each_site_has_its_own(tmp_path: Path) -> None:
    one, other = site(1), site(2)
    pipeline = learnt(tmp_path / "t.sqlite", one, "lines")
    text = one[0].laid_out("lines")
    assert pipeline(text, url=other[0].url).body == PLAIN(text).body
    assert pipeline(text).body == PLAIN(text).body
    assert pipeline(text, url=one[0].url).body != PLAIN(text).body


def test_each_language_is_counted_by_itself(tmp_path: Path) -> None:
    """Lines of the English half of a site are not in half of its articles, but in all of these."""
    german = [
        f"Bericht {n}\n"
        + "\n".join(
            f"Der Hafen wurde im Jahr {n * 7 + k} gebaut, und niemand in der Stadt hat gewusst, "
            f"wer den Kai bezahlt hat, bevor das {k}. Schiff kam und {n} Kisten brachte."
            for k in range(6)
        )
        for n in range(40)
    ]
    made = site(1, 12)
    texts = [m.laid_out("lines") for m in made]
    learn(tmp_path / "t.sqlite", [*german, *texts[1:]])
    body = body_of(PLAIN.with_templates(tmp_path / "t.sqlite"), texts[0])
    assert not [line for line in made[0].tail if line in body]


# The same, whatever the order


@settings(max_examples=8)  # each learns from two corpora
@given(seed=st.integers(0, 1 << 30), layout=st.sampled_from(LAYOUTS))
def test_order_and_parts_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int, layout: Layout
) -> None:
    """The same bytes, learnt in any order, at once or in parts; copies count once."""
    folder = tmp_path_factory.mktemp("order")
    texts = TEXTS[layout]
    chance = random.Random(seed)
    mixed = [*texts, chance.choice(texts)]
    chance.shuffle(mixed)
    learn(folder / "one.sqlite", texts)
    at = chance.randint(1, len(mixed) - 1)
    learn(folder / "two.sqlite", mixed[:at])
    learn(folder / "two.sqlite", mixed[at:], add=True)
    assert rows(folder / "one.sqlite") == rows(folder / "two.sqlite")
    assert (folder / "one.sqlite").read_bytes() == (folder / "two.sqlite").read_bytes()


TEXTS = {layout: [m.laid_out(layout) for m in site(3, 14)] for layout in LAYOUTS}


def test_which_articles_are_kept_does_not_depend_on_the_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "KEPT", 12)
    texts = [m.laid_out("lines") for m in site(3, 30)]
    learn(tmp_path / "one.sqlite", texts)
    learn(tmp_path / "two.sqlite", texts[::-1])
    assert (tmp_path / "one.sqlite").read_bytes() == (tmp_path / "two.sqlite").read_bytes()
    with sqlite3.connect(tmp_path / "one.sqlite") as base:
        assert base.execute("SELECT count(*) FROM article").fetchone() == (12,)
    base.close()
    assert rows(tmp_path / "one.sqlite")


def test_no_text_is_kept_but_samples(tmp_path: Path) -> None:
    made = site(0)
    learn(tmp_path / "t.sqlite", [m.laid_out("line") for m in made])
    data = (tmp_path / "t.sqlite").read_bytes().lower()
    assert not [s for m in made for s in m.sentences if s.lower().rstrip(".").encode() in data]
    assert made[0].tail[0].lower().encode() in data


# The invariants hold with templates


@pytest.fixture(scope="module")
def with_templates(tmp_path_factory: pytest.TempPathFactory) -> Pipeline:
    file = tmp_path_factory.mktemp("templates") / "t.sqlite"
    made = site(1)
    for layout in LAYOUTS:
        learn(file, [m.laid_out(layout) for m in made], add=layout != LAYOUTS[0])
    return Pipeline().with_templates(file, site=HOST)


def test_a_pipeline_with_templates_can_be_sent(with_templates: Pipeline) -> None:
    text = "\n".join([*site(1)[0].cruft, "It rained all day, and nobody was surprised by that."])
    assert pickle.loads(pickle.dumps(with_templates))(text) == with_templates(text)


@settings(max_examples=25)
@given(data=st.data(), draft=drafts(("en", "de", "ja")))
def test_every_character_is_accounted_for(
    with_templates: Pipeline, data: st.DataObject, draft: Draft
) -> None:
    lines = st.lists(st.sampled_from(site(1)[0].cruft), min_size=1, max_size=6)
    text = data.draw(layouts(draft))
    glue = data.draw(st.sampled_from(("\n", " ", "\n\n")))
    text = glue.join([*data.draw(lines), text, *data.draw(lines)])
    found = with_templates(text)
    check_ledger(text, found)
    assert with_templates(text) == found
    # Templates take out more, and never put anything else in its place.
    assert taken(found) >= taken(clean(text))


def taken(found: Article) -> set[int]:
    return {n for r in found.removed for n in range(r.start, r.end)}


def test_what_is_clean_stays_clean(with_templates: Pipeline) -> None:
    for m in site(1):
        first = with_templates(m.laid_out("lines"))
        assert not [r for r in with_templates(first.body).removed if r.rule == RULE]


# In a library
