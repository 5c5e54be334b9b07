"""The judge: reading lines into numbers, trees, decisions, and what comes of them."""

from __future__ import annotations

import dataclasses
import io
import itertools
import pickle
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Pipeline, clean
from cleaner.document import DIALS, Dial, Document
from cleaner.errors import ModelError, UsageError
from cleaner.judge.chars import CharTables
from cleaner.judge.context import with_context
from cleaner.judge.decide import Lines, decide
from cleaner.judge.echoes import echoes
from cleaner.judge.kinds import judge_kinds
from cleaner.judge.lexicon import Floats
from cleaner.judge.model import Model, builtin_model, load, save
from cleaner.judge.network import LIMIT, Network
from cleaner.judge.passes import agreed
from cleaner.judge.sections import clusters
from cleaner.judge.signals import COLUMN, NAMES, link_share, read_lines
from cleaner.judge.training.bench import Page
from cleaner.judge.trees import Trees
from cleaner.judge.words import cohesion, read_vocabulary, read_words
from cleaner.pipeline import STAGES, builtin_rules
from cleaner.stages.judge import HEAVY
from cleaner.stages.labels import capital_pairs, label_cuts
from tests.strategies import hostile_texts

PARAGRAPHS = tuple(
    """\
The council decided on Monday to close the old bridge for a year, because its piers had moved. \
Nobody in the harbour was surprised by that.
Engineers had warned for years that the ground under the river was soft. They will put new piles \
beside the old ones, which takes a winter at least.
Farmers on the far side will have to drive around the bay, which adds an hour to the way. \
The council says that it will pay for a ferry until the work is done.
The last time that the bridge was closed, in 1987, two of the shops on the square gave up. The \
mayor said that she would not let that happen again, and promised to lower the rents.
Work is to begin in April, when the ice is gone, and the first piles are already on their way.
The ferry will run from six in the morning until midnight, and carries twelve cars and a bus. On \
market days a second one will help out, which the harbour office has hired from the islands.
Whoever lives on the far side pays nothing. Everybody else buys a ticket at the kiosk by the pier, \
or from the ferryman, who has said that he would rather not have to count coins in the rain.
""".splitlines()
)
MENU = ("Home", "News", "Sport", "Business", "Opinion", "Culture", "Weather", "Jobs", "Contact us")
FOOTER = ("About us", "Advertise", "Careers", "Terms of use", "Privacy policy")
LINKS = (
    *("Our Team", "Press Room", "Newsletter Archive", "Local Business Guide", "Property for Sale"),
    *("Tide Tables", "Ferry Times", "Public Notices", "Family Notices", "Puzzles", "Photo Sales"),
    *("Contact the Newsroom", "Send Us a Story", "Site Map", "Accessibility", "Cookie Settings"),
)
TEASERS = (
    "Ten recipes for the first days of spring",
    "Why the ferry was late again",
    "The quiet man who mends clocks",
    "Harbour town wins the cup for the third time",
    "What the new budget means for you",
)


def evidence(text: str) -> Document:
    doc = Document(data=text.encode(), path="", rules=builtin_rules())
    for stage in STAGES[: [s.name for s in STAGES].index("judge")]:
        doc = stage.run(doc)
    return doc


def bench_page(body: str) -> Page:
    return Page("1", "own", "example.org", "article", "", body, Path("page.html"))


@pytest.fixture(scope="module")
def tables() -> CharTables:
    return builtin_model().tables


def page(separator: str = "\n") -> str:
    headline = "Old bridge to close for a year"
    return separator.join([*MENU, headline, *PARAGRAPHS, "Most read", *TEASERS, *FOOTER])


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


def test_a_pipeline_with_a_model_can_be_pickled() -> None:
    pipeline = Pipeline(model=builtin_model())
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


# Words


def test_words_are_told_apart_whatever_their_case(tables: CharTables) -> None:
    words = read_words(["The cat saw THE Cat.", "the"], tables)
    assert words.line.tolist() == [0, 0, 0, 0, 0, 1]
    the, cat, saw, again, other, single = words.hash.tolist()
    assert the == again == single
    assert cat == other != saw
    assert words.length.tolist() == [3, 3, 3, 3, 3, 3]


def test_a_character_of_a_dense_script_is_a_word(tables: CharTables) -> None:
    words = read_words(["文字と文字ab"], tables)
    assert words.length.tolist() == [1, 1, 1, 1, 1, 2]
    assert words.hash[0] == words.hash[3] != words.hash[1]


def test_lines_of_the_same_words_have_the_same_hash(tables: CharTables) -> None:
    whole = read_words(["Read more", "read — MORE!", "more read", "Read"], tables).whole.tolist()
    assert whole[0] == whole[1]
    assert len(set(whole)) == 3


@given(
    st.lists(hostile_texts(60).map(lambda t: "x" + t.replace("\n", " ")), min_size=1, max_size=8)
)
def test_a_line_is_read_the_same_whatever_stands_around_it(lines: list[str]) -> None:
    tables = builtin_model().tables
    together = read_words(lines, tables)
    for number, line in enumerate(lines):
        alone = read_words([line], tables)
        assert together.hash[together.line == number].tolist() == alone.hash.tolist()
        assert together.whole[number] == alone.whole[0]
        assert together.sorts[number].sum() >= alone.sorts[0].sum() - 1


def test_cohesion_counts_what_other_lines_say(tables: CharTables) -> None:
    lines = ["The bridge and the river", "Bridge over the river", "Recipes for spring", "of it"]
    words = read_words(lines, tables)
    vocabulary = read_vocabulary(words, np.zeros(len(words.hash), np.bool_), len(lines))
    found = cohesion(vocabulary, np.array([1, 0, 0, 0], np.float32))
    # What a line itself says does not count, nor do words that are too short to tell.
    assert found[0] == 0
    assert found[1] == pytest.approx(2 / 3)
    assert found[2:].tolist() == [0, -1]


def test_link_share() -> None:
    assert link_share("no link") == 0
    assert link_share("[all](https://example.org)") == 1
    assert 0.15 < link_share("Read [more](/more) if you like") < 0.4


# Trees


def slow(trees: Trees, features: Floats) -> list[float]:
    totals = []
    for line in features.T:
        total = trees.bias
        for asked, borders, leaves in zip(trees.features, trees.borders, trees.leaves, strict=True):
            leaf = sum(
                1 << k for k, (f, b) in enumerate(zip(asked, borders, strict=True)) if line[f] > b
            )
            total += float(leaves[leaf])
        totals.append(total)
    return totals


@given(st.integers(0, 2**32 - 1), st.integers(0, 30))
def test_trees_answer_as_one_would_by_hand(seed: int, lines: int) -> None:
    chance = np.random.default_rng(seed)
    trees = Trees(
        chance.integers(0, 5, (7, 3)).astype(np.int16),
        chance.integers(0, 3, (7, 3)).astype(np.float32),
        chance.standard_normal((7, 8)).astype(np.float32),
        0.5,
    )
    features = chance.integers(0, 4, (5, lines)).astype(np.float32)
    assert trees(features) == pytest.approx(slow(trees, features), abs=1e-5)


# The network


def by_hand(network: Network, features: Floats) -> list[float]:
    """The network's scores, one line and one layer after the other."""
    seen = [
        np.clip((line[network.columns] - network.centre) / network.scale, -LIMIT, LIMIT)
        for line in features.T
    ]
    units = [np.maximum(line @ network.entry + network.entry_bias, 0) for line in seen]
    for layer, distance in enumerate(network.distances.tolist()):
        plain = [
            (u - u.mean()) / np.sqrt(u.var() + 1e-5) * network.gains[layer] + network.shifts[layer]
            for u in units
        ]
        nothing = np.zeros_like(plain[0])
        found = []
        for number, u in enumerate(units):
            around = [
                plain[at] if 0 <= at < len(units) else nothing
                for at in (number - distance, number, number + distance)
            ]
            more = np.concatenate(around) @ network.kernels[layer] + network.biases[layer]
            found.append(u + np.maximum(more, 0))
        units = found
    return [float(u @ network.exit + network.exit_bias) for u in units]


@given(st.integers(0, 2**32 - 1), st.integers(1, 12))
def test_the_network_scores_as_one_would_by_hand(seed: int, lines: int) -> None:
    chance = np.random.default_rng(seed)

    def some(*shape: int) -> Floats:
        return chance.standard_normal(shape).astype(np.float32)

    network = Network(
        columns=np.array([0, 2, 3], np.int32),
        centre=some(3),
        scale=np.abs(some(3)) + np.float32(0.5),
        entry=some(3, 4),
        entry_bias=some(4),
        gains=some(2, 4),
        shifts=some(2, 4),
        kernels=some(2, 12, 4),
        biases=some(2, 4),
        distances=np.array([1, 3], np.int32),
        exit=some(4),
        exit_bias=some(),
    )
    features = some(5, lines)
    assert network(features) == pytest.approx(by_hand(network, features), rel=1e-3, abs=1e-3)


def test_learners_that_differ_meet_in_the_middle_but_in_a_clean_text() -> None:
    size = np.array([100.0, 100.0, 100.0, 100.0])
    one, other = np.array([4, -4, -4, -4], np.float32), np.array([2, 1, -4, -4], np.float32)
    assert agreed(one, other, size).tolist() == [3, -1.5, -4, -4]
    clean_one, clean_other = np.array([4, 4, 4, -4], np.float32), np.array([4, 4, 4, 1], np.float32)
    assert agreed(clean_one, clean_other, size).tolist() == [4, 4, 4, 1]


# What came before


def test_lines_echo_each_other(tables: CharTables) -> None:
    lines = ["Ann says", "The tram is late", "Bob says", "Cleo says", "The tram is late"]
    whole, head, tail = np.exp(echoes(read_words(lines, tables), len(lines))).round().tolist()
    assert whole == [1, 2, 1, 1, 2]
    assert head == [1, 2, 1, 1, 2]
    assert tail == [3, 2, 3, 3, 2]


def test_a_thread_of_comments_is_told_from_the_article_above_it() -> None:
    prose = np.array([500.0, 500.0, 0, 0, 100.0, 0, 100.0, 0, *[0.0] * 30, 300.0])
    marked = np.zeros(len(prose), np.bool_)
    marked[[3, 5, 7]] = True
    inside, count, before, within, share, place = clusters(marked, prose)
    assert inside[:3].tolist() == [0, 0, 0] and inside[3:22].tolist() == [1] * 19
    assert inside[-1] == 0
    assert np.exp(count[4]) == pytest.approx(3)
    assert np.expm1([before[4], within[4]]) == pytest.approx([1000, 200])
    assert share[4] == pytest.approx(1000 / 1200)
    assert 0 == place[3] < place[4] < 1
    assert clusters(np.zeros(2, np.bool_), np.zeros(2))[0].tolist() == [-1, -1]


def test_dates_are_known_in_all_languages() -> None:
    model = builtin_model()
    doc = evidence(
        "\n".join(["14 mai 2024", "12. märz 2023", "2 hours ago", "The quay", *PARAGRAPHS])
    )
    dated = read_lines(doc, model.tables, model.known).signals[COLUMN["dated"]]
    assert dated[:4].tolist() == [1, 1, 1, 0]


# Decisions

LONG, SHORT = 400, 60


def decided(
    kept: list[float],
    prose: list[int],
    settled: tuple[int, ...] = (),
    dial: Dial = "normal",
    telling: bool = True,
) -> tuple[list[int], bool]:
    n = len(kept)
    running = np.array(prose, np.bool_)
    # Among many short lines, so that the text does not look clean.
    lines = Lines(
        size=np.where(running, LONG, SHORT),
        prose=running,
        sentence=running,
        settled=np.isin(np.arange(n), settled),
        telling=np.full(n, telling),
    )
    found = decide(lines, np.array(kept, np.float32), dial)
    return np.flatnonzero(found.taken).tolist(), found.heavy


def test_few_lines_tell_little() -> None:
    few, many = [0.9, 0.2, 0.2], [0.9, *[0.2] * 15]
    assert decided(few, [1, 0, 0])[0] == []
    assert decided(many, [1] + [0] * 15)[0] == list(range(1, 16))


def test_takes_what_is_surely_cruft() -> None:
    assert decided([0.02, 0.9, 0.95, 0.01, 0.01], [0, 1, 1, 0, 0]) == ([0, 3, 4], False)


def test_running_text_inside_running_text_stays() -> None:
    assert decided([0.9, 0.01, 0.9, 0.01], [1, 1, 1, 1]) == ([3], False)
    # With a line in the run that is none, it may go.
    assert decided([0.9, 0.01, 0.01, 0.9, 0.9, 0.9], [1, 0, 1, 1, 1, 1]) == ([1, 2], False)


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


def test_a_heavy_removal_is_not_made() -> None:
    # Most of what may be the article's.
    menu = [0.1] * 20
    kept = [0.75, 0.45, 0.45, 0.45, *menu]
    taken, heavy = decided(kept, [1] * 4 + [0] * 20)
    assert (taken, heavy) == (list(range(4, 24)), True)
    # Nearly all that there is.
    assert decided([0.9, *[0.01] * 20], [1, 0, *[1] * 19]) == ([1], True)
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
    assert decided([0.05, 0.05, *menu], [1, 1] + [0] * 12) == (list(range(2, 14)), True)
    assert decided([0.02] * 14, [0] * 14) == ([], False)
    assert decided([0.3, *[0.02] * 80], [1] + [0] * 80) == ([], True)
    assert clean("Nothing but a line").body == "Nothing but a line"


@dataclasses.dataclass(frozen=True)
class Gloomy(Model):
    """Sees the article in the first running text alone, and has doubts about the rest."""

    def __call__(self, doc: Document) -> Floats:
        found = np.full(len(doc.lines), 0.4, np.float32)
        found[next(n for n, line in enumerate(doc.lines) if line.prose)] = 0.9
        return found


def test_warns_of_a_heavy_removal() -> None:
    model = Gloomy(**{f.name: getattr(builtin_model(), f.name) for f in dataclasses.fields(Model)})
    article = Pipeline(model=model)(page())
    assert article.warnings == (HEAVY,)
    # In doubt it takes nothing that it is not sure of.
    assert "\n\n".join(PARAGRAPHS) in article.body
    assert "Culture" in article.body


def test_kinds_follow_words_and_place() -> None:
    text = "\n".join(
        ["Home", *PARAGRAPHS, "Related articles", TEASERS[0], "x", "© Harbour Gazette"]
    )
    doc = evidence(text)
    last = len(doc.lines) - 1
    kinds = judge_kinds(doc, [0, last - 3, last - 2, last], (1, last - 3))
    assert kinds == {0: "navigation", last - 3: "related", last - 2: "related", last: "legal"}


# The file


def test_a_model_comes_back_as_it_was_saved() -> None:
    model = builtin_model()
    files = []
    for _ in range(2):
        file = io.BytesIO()
        save(model, file)
        files.append(file.getvalue())
    assert files[0] == files[1]
    again = load(files[0])
    doc = evidence(page())
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


def test_the_model_is_small() -> None:
    file = io.BytesIO()
    save(builtin_model(), file)
    assert len(file.getvalue()) < 5_000_000


# Texts without line breaks


@pytest.mark.parametrize(
    "pieces",
    [
        ["Home News Sport Contact", "The first tram in forty years rolled along the quay."],
        [
            "Skip to content Menu Home News Sports Opinion",
            "Local Contact Weather",
            "It rained all day in the hills.",
        ],
        ["The mayor of the town said on Monday that Ann Lee would not stand again."],
    ],
)
def test_labels_are_cut_from_sentences(pieces: list[str]) -> None:
    text = " ".join(pieces)
    cuts = [0, *label_cuts(text, capital_pairs(text)), len(text)]
    found = [text[a:b].strip() for a, b in itertools.pairwise(cuts)]
    assert found[-1] == pieces[-1]
    assert " ".join(found) == text


def test_known_phrases_are_cut_from_the_labels_around_them() -> None:
    known = builtin_rules().labels
    text = "Home News Leave a Comment Opinion Terms of Use Sport"
    cuts = [0, *label_cuts(text, capital_pairs(text), known=known), len(text)]
    pieces = [text[a:b].strip() for a, b in itertools.pairwise(cuts)]
    assert pieces == [
        "Home News",
        "Leave a Comment",
        "Opinion",
        "Terms of Use",
        "Sport",
    ]
    sentence = "They had to Leave a Comment in the book that lay on the table by the door."
    assert label_cuts(sentence, capital_pairs(sentence), known=known) == []


def test_a_name_that_comes_again_is_not_torn() -> None:
    text = "Sport Weather Opinion Jobs Ann Lee said on Monday that the tram would run again in May."
    pairs = capital_pairs(text + " Nobody but Ann Lee knew.")
    assert text[label_cuts(text, pairs)[-1] :].startswith("Ann Lee said")


def test_an_endless_line_is_cleaned_too() -> None:
    article = clean(f"{page(' ')} {' '.join(LINKS)}")
    assert "Careers" not in article.body
    for paragraph in PARAGRAPHS:
        assert paragraph in article.body


def test_model_type() -> None:
    assert isinstance(builtin_model(), Model)
