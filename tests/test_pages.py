"""Pages through the whole pipeline: their articles, their fields, their ledger."""

from __future__ import annotations

import dataclasses
import json
import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Article, Pipeline, clean
from cleaner.document import Document
from cleaner.errors import InputError
from cleaner.html.read import rendered
from cleaner.judge.lexicon import Floats
from cleaner.judge.model import Model, builtin_model
from cleaner.judge.training.coverage import coverage
from cleaner.judge.training.measure import unaccounted
from cleaner.layer import text_layer
from cleaner.normalise import normalise
from tests.conftest import ROOT, Command, environment
from tests.judging import PARAGRAPHS
from tests.layouts import LAYOUTS, Blocks, newspaper, weblog

GOLDENS = sorted((ROOT / "golden").glob("*.json"))
BLOCKS: Blocks = [
    ("paragraph", PARAGRAPHS[0]),
    ("paragraph", PARAGRAPHS[1]),
    ("heading", "What comes next"),
    ("paragraph", PARAGRAPHS[3]),
    ("list_item", "• The first piles arrive in April."),
    ("list_item", "• The ferry starts a week before that."),
    ("paragraph", PARAGRAPHS[5]),
]
TITLE = "Old bridge to close for a year"
BODY = (
    "\n\n".join(text for _, text in BLOCKS[:5]) + "\n" + "\n\n".join(text for _, text in BLOCKS[5:])
)


def blocks_of(record: dict[str, object]) -> Blocks:
    """The blocks of a golden with their text, as the body has it."""
    found = []
    rest = str(record["body"])
    blocks = record["blocks"]
    assert isinstance(blocks, list)
    for number, block in enumerate(blocks):
        kind = block["kind"]
        following = blocks[number + 1]["kind"] if number + 1 < len(blocks) else None
        end = "\n" if kind == following == "list_item" else "\n\n"
        text, _, rest = rest.partition(end)
        found.append((kind, text))
    assert not rest
    return found


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
@pytest.mark.parametrize("golden", GOLDENS, ids=lambda g: g.name[:3])
def test_seeds_as_pages_have_the_bodies_of_their_goldens(golden: Path, layout: str) -> None:
    record = json.loads(golden.read_text("utf-8"))
    title = record["title"] or "What the deal means"
    article = clean(LAYOUTS[layout](title, blocks_of(record)).encode())
    assert article.body == record["body"]
    assert article.title == title


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_an_article_in_its_page(layout: str) -> None:
    article = clean(LAYOUTS[layout](TITLE, BLOCKS).encode())
    assert (article.format, article.title, article.body) == ("html", TITLE, BODY)
    assert article.warnings == ()
    assert [b.kind for b in article.blocks] == [kind for kind, _ in BLOCKS]


def test_what_only_the_metadata_states() -> None:
    article = clean(newspaper(TITLE, BLOCKS).encode())
    assert article.source == "Harbour Gazette"
    assert article.url == "https://gazette.example/city/trams"
    assert (article.authors, article.published) == (("Ann Bell",), "2024-03-05")
    stated = {f.name: f.origin for f in article.fields if f.start is None}
    assert stated["source"] == "opengraph" and stated["url"] == "link"
    shown = {f.name for f in article.fields if f.start is not None}
    assert {"title", "authors", "published"} <= shown


def test_the_ledger_of_a_page() -> None:
    for layout in LAYOUTS.values():
        markup = layout(TITLE, BLOCKS)
        article = clean(markup.encode())
        layer = text_layer(markup.encode())
        assert coverage(markup, layer) == 1
        assert unaccounted(layer, article) == 0
        assert all(r.text == layer[r.start : r.end] for r in article.removed)
        # Replay: a block is its stretch without what is inline in it.
        for block in article.blocks:
            inline = [(r.start, r.end) for r in article.removed]
            inline += [(f.start, f.end) for f in article.fields if f.start and f.end]
            text, at = "", block.start
            for start, end in sorted(inline):
                if block.start <= start and end <= block.end:
                    text += layer[at:start]
                    at = end
            assert normalise(text + layer[at : block.end]).strip() in article.body


def test_a_page_and_its_body_cleaned_again() -> None:
    for layout in LAYOUTS.values():
        body = clean(layout(TITLE, BLOCKS).encode()).body
        assert clean(body).body == body


def test_the_same_page_gives_the_same_bytes() -> None:
    markup = weblog(TITLE, BLOCKS).encode()
    pipeline = pickle.loads(pickle.dumps(Pipeline()))
    assert pipeline(markup).to_json() == clean(markup).to_json()
    assert clean(markup.replace(b"\n", b"\r\n")).body == clean(markup).body


def test_a_page_without_an_article_loses_no_text() -> None:
    for markup in (
        "<html><body><p>Hello</p></body></html>",
        "<html><body><ul>" + "<li><a href=/>Entry</a></li>" * 30 + "</ul></body></html>",
    ):
        article = clean(markup)
        assert unaccounted(text_layer(markup.encode()), article) == 0
    assert clean("<html><body><p>Hello</p></body></html>").body == "Hello"
    with pytest.raises(InputError, match="no text"):
        clean("<html><head><title>Nothing</title></head><body><img src=a></body></html>")


def test_text_never_loads_what_pages_need() -> None:
    code = (
        "import sys, cleaner\n"
        "cleaner.clean('A title\\n\\nIt rained all day, and nobody was surprised by that.')\n"
        "print([m for m in ('trafilatura', 'lxml', 'cleaner.html.render') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment(), check=True
    )
    assert done.stdout.strip() == "[]"


@settings(max_examples=25)
@given(
    st.permutations(range(4)),
    st.sampled_from(sorted(LAYOUTS)),
    st.booleans(),
)
def test_paragraphs_in_any_order_are_kept(order: list[int], layout: str, crlf: bool) -> None:
    blocks: Blocks = [("paragraph", PARAGRAPHS[n]) for n in order]
    markup = LAYOUTS[layout](TITLE, blocks)
    article = clean((markup.replace("\n", "\r\n") if crlf else markup).encode())
    assert article.body == "\n\n".join(text for _, text in blocks)


def test_nothing_is_printed_of_a_page_without_an_article(cleaner: Command, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<html><body><p>Hello</p></body></html>", "utf-8")
    done = cleaner("run", "page.html", "--jsonl", "-", "--quiet")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["body"] == "Hello"
    assert cleaner("text", "page.html").stdout.strip() == b"Hello"


def test_trafilatura_is_a_witness_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("trafilatura.bare_extraction", fails)
    assert clean(newspaper(TITLE, BLOCKS).encode()).body == BODY


def outcome(markup: str) -> Article | str:
    try:
        return clean(markup)
    except InputError as error:
        return error.name


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "<div class=share>",
                "</div>",
                "<p>",
                "</p>",
                "<table>",
                "<tr>",
                "<td>",
                "</table>",
                "<ul>",
                "<li>",
                "</ul>",
                "<a href=/x>",
                "</a>",
                "<h1>",
                "</h1>",
                "<br>",
                "<article>",
                "Share this article",
                "Read more",
                PARAGRAPHS[0],
                PARAGRAPHS[4],
                "By Ann Bell",
                "5 March 2024",
                "&nbsp;",
                "<script>x</script>",
                "\u200b",
                "<span hidden>",
                "</span>",
            ]
        ),
        max_size=40,
    )
)
def test_any_page_gives_an_article_or_a_named_error(pieces: list[str]) -> None:
    markup = "<html><body>" + "".join(pieces)
    found = outcome(markup)
    if isinstance(found, str):
        assert found in ("empty-input", "broken-page")
        return
    layer = rendered(markup)[1].text
    assert unaccounted(layer, found) == 0


@dataclasses.dataclass(frozen=True)
class Opinionated(Model):
    """Says of every line that it belongs to the article, with one probability."""

    kept: float = 0.5

    def __call__(self, doc: Document) -> Floats:
        return np.full(len(doc.lines), self.kept, np.float32)


@pytest.mark.parametrize(("kept", "stays"), [(0.97, True), (0.6, False)])
def test_rules_are_doubted_where_the_judge_is_sure(kept: float, stays: bool) -> None:
    own = {f.name: getattr(builtin_model("html"), f.name) for f in dataclasses.fields(Model)}
    markup = weblog(TITLE, BLOCKS).encode()
    article = Pipeline(models=[Opinionated(**own, kept=kept)])(markup)
    # Replies are what a discussion is made of.
    assert ("Leave a comment" in article.body) is stays
    assert unaccounted(text_layer(markup), article) == 0
