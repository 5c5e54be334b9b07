"""The review page: what it counts and shows, and that nothing in an article can get out of it."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cleaner import Article, Pipeline
from cleaner.article import KINDS, Block, Field, Removal
from cleaner.cli_report import report_command
from cleaner.errors import RecordError, UsageError
from cleaner.output import encode
from cleaner.report import review_choice, review_page, review_panes
from cleaner.report.review import MOST, target_of, write_review
from cleaner.report.review_choice import Choice
from cleaner.report.review_page import SCRIPTS, as_data
from cleaner.report.review_panes import BODY, FIELD, REMOVED, Panes, panes
from cleaner.report.review_records import Place, again, block_texts, original, records, sound
from cleaner.report.review_totals import Counts, Totals
from cleaner.report.spans import kept_and_seen
from tests.conftest import ROOT
from tests.strategies import documents, hostile_texts
from tests.test_cli import tree, write

PAGE = ROOT / "cleaner/report/page"
RULES_ALONE = Pipeline().without("judge")
TEXT = (
    "Trams return to the quay\nBy Ann Lee | 5 May 2024\n\nThe first tram in forty years rolled "
    "along the quay on Monday, and half the town came.[1]\n\n- It  was blue.\n- It was late.\n\n"
    "Share this article:\n"
)
HOSTILE = (
    "</script><script>alert(1)</script><!-- <script>",
    "]]>\"'`${x}\\u003c\\",
    "\u2028\u2029\u202e\x00\x1b\x7f\x85\ufeff\udfff\ud800\uffff",
    "<img src=x onerror=alert(1)>&lt;&amp;",
)


def made(text: str = TEXT, path: str = "a.txt", **more: Any) -> Article:
    return replace(RULES_ALONE(text, path=path), **more)


def run_of(folder: Path, *articles: Article) -> Path:
    for number, article in enumerate(articles):
        write(folder, {f"{number:04}.txt.json": encode(article, indent=2).decode()})
    return folder


def review(out: Path, target: Path | None = None, **more: Any) -> tuple[Any, list[Any], str]:
    """The data on the page: all but the articles, the articles; and the page itself."""
    file = target or target_of(out)
    write_review(out, str(file), pytest.fail, **more)
    text = file.read_text("utf-8")
    lines = Parts.of(text).data["data-articles"].strip("\n").split("\n")
    return json.loads(Parts.of(text).data["data-report"]), [json.loads(one) for one in lines], text


class Parts(HTMLParser):
    """The tags of a page with their attributes, and what stands in its scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, list[tuple[str, str | None]]]] = []
        self.data: dict[str, str] = {}
        self._name = ""

    @classmethod
    def of(cls, text: str) -> Parts:
        parts = cls()
        parts.feed(text)
        parts.close()
        return parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, attrs))
        if tag in ("script", "style"):
            given = dict(attrs)
            self._name = given.get("id") or given.get("type") or tag

    def handle_data(self, data: str) -> None:
        if self._name:
            self.data[self._name] = self.data.get(self._name, "") + data

    def handle_endtag(self, tag: str) -> None:
        self._name = ""


# What is on the page.


def test_totals_count_what_the_records_say(tmp_path: Path) -> None:
    articles = [
        made(),
        made(TEXT + "\nComments\n0/300\n", "b.txt", source="Gazette"),
        made("Mute."),
    ]
    out = run_of(tmp_path / "out", *articles, made("x", "c.txt", title=None, warnings=("odd: 3",)))
    report, shown, _ = review(out)
    totals = report["totals"]
    sums = [kept_and_seen(a) for a in articles]
    assert totals["articles"] == len(shown) == 4
    assert totals["kept"] == sum(kept for kept, _ in sums) + 1
    assert totals["seen"] == sum(seen for _, seen in sums) + 1
    gone = [r for a in articles for r in a.removed]
    assert totals["removed"] == sum(r.end - r.start for r in gone)
    assert totals["removals"] == len(gone) == sum(row[1] for row in totals["kinds"]["rows"])
    assert sum(row[3] for row in totals["rules"]["rows"]) == totals["removed"]
    share = next(row for row in totals["kinds"]["rows"] if row[0] == "share")
    assert share == ["share", 2, 2 * len("Share this article:"), 2]
    gazette = next(row for row in totals["sources"]["rows"] if row[0] == "Gazette")
    assert gazette[:2] == ["Gazette", 1]
    assert totals["warnings"] == [["odd", 1]] and totals["warned"] == 1
    assert sum(totals["shares"]) == 4 and totals["shares"][0] == totals["untouched"] == 2
    assert [entry["path"] for entry in report["index"]] == ["a.txt", "b.txt", "a.txt", "c.txt"]
    why = {rule: why for _, rule, why in report["rules"]}
    assert "share" in why["share.prompt"].lower()


def test_long_tables_are_summed_up(tmp_path: Path) -> None:
    totals = Totals()
    for number in range(310):
        article = made(source=f"Source {number:03}")
        totals.add(article, Counts(article))
    sources = totals.to_dict()["sources"]
    assert (len(sources["rows"]), sources["left"], sources["rest"][0]) == (300, 10, 10)


def test_the_text_is_the_originals(tmp_path: Path) -> None:
    inputs = write(tmp_path / "in", {"news/a.txt": TEXT, "b.txt": "changed", "c.html": "<p>Hi"})
    page = b"<title>T</title><p>The page says this much and no more."
    (inputs / "c.html").write_bytes(page)
    articles = [
        made(path="news/a.txt"),
        made(path="b.txt"),
        made(path="gone.txt"),
        RULES_ALONE(page, path="c.html"),
        replace(
            made(), blocks=(*made().blocks[:-1], Block("list_item", 900, 910)), path="news/a.txt"
        ),
    ]
    out = run_of(tmp_path / "out", *articles)
    report, shown, _ = review(out, originals=inputs)
    assert [e["from"] for e in report["index"]] == [
        *("original", "changed", "not-found", "original", "differs"),
    ]
    assert "".join(shown[0]["tiles"][2::3]) == TEXT
    assert shown[0]["blocks"] == [
        ["paragraph", None],
        ["list_item", "- It was blue."],
        ["list_item", None],
    ]
    report, shown, _ = review(out)
    assert {e["from"] for e in report["index"]} == {"not-given"}


def of(shown: Panes, what: int) -> list[str]:
    return [text for sort, _, text in shown.tiles if sort == what]


@settings(max_examples=40)
@given(documents())
def test_panes_hold_the_whole_text(text: str) -> None:
    article = RULES_ALONE(text, path="a")
    data = text.encode("utf-8", "surrogatepass")
    for shown in (panes(article, data, ""), panes(article, None, "not-given")):
        assert of(shown, REMOVED) == [r.text for r in article.removed]
        bodies = [""] * len(article.blocks)
        for what, number, piece in shown.tiles:
            if what == BODY:
                bodies[number] += piece
        texts = [b if t is None else t for (_, t), b in zip(shown.blocks, bodies, strict=True)]
        assert texts == block_texts(article)
        if shown.source == "original":
            assert "".join(piece for _, _, piece in shown.tiles) == text
        else:
            assert bodies == texts


def test_a_text_is_put_together_from_its_record() -> None:
    shown = panes(made(), None, "not-given")
    text = "".join(text for _, _, text in shown.tiles)
    assert text == (
        "Trams return to the quay\nAnn Lee\n|\n5 May 2024\n\nThe first tram in forty years rolled "
        "along the quay on Monday, and half the town came.[1]\n\n- It was blue.\n- It was late.\n\n"
        "Share this article:"
    )
    assert of(shown, FIELD) == ["Trams return to the quay", "Ann Lee", "5 May 2024"]


def test_what_is_taken_out_inside_a_block_stands_about_where_it_stood() -> None:
    body = "One two three. Four five six."
    mark = Removal("citation", "citation.x", 15, 20, "[123]", 0.9)
    blocks = (Block("paragraph", 0, 36),)
    article = Article("0" * 64, "a", "text", "utf-8", body=body, blocks=blocks, removed=(mark,))
    assert of(panes(article, None, ""), BODY) == ["One two three. ", "Four five six."]
    several = replace(
        article,
        tags=("a", "b"),
        fields=(Field("tags", "text", 40, 41), Field("tags", "text", 42, 43)),
        authors=("A", "B"),
    )
    assert of(panes(several, None, ""), FIELD) == ["a", "b"]
    one = replace(
        several, fields=(Field("authors", "text", 40, 47), Field("title", "meta", None, None))
    )
    assert of(panes(one, None, ""), FIELD) == ["A, B"]


def test_a_long_article_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(review_panes, "LONGEST", 30)
    shown = panes(made(), TEXT.encode(), "")
    assert "".join(text for _, _, text in shown.tiles) == TEXT[:30]
    assert shown.left_out == len(TEXT) - 30


def test_an_empty_article(tmp_path: Path) -> None:
    article = made("Share this article:\n")
    assert not article.body
    report, shown, _ = review(run_of(tmp_path / "out", article))
    assert shown[0]["blocks"] == [] and report["index"][0]["empty"]


# Records, and what is none.


def test_records_of_every_form_are_the_same(tmp_path: Path) -> None:
    articles = [made(path=f"{n:04}.txt", title=f"T{n}") for n in range(5)]
    lines = b"".join(encode(a) for a in articles)
    out = run_of(tmp_path / "out", *articles)
    (tmp_path / "all.jsonl").write_bytes(lines.replace(b"\n", b"\n\n", 2))
    (tmp_path / "all.jsonl.gz").write_bytes(gzip.compress(lines[:900]) + gzip.compress(lines[900:]))
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/1.jsonl").write_bytes(lines)
    shown = [review(out)]
    assert target_of(out) == out / "report.html"
    for name in ("all.jsonl", "all.jsonl.gz", "parts"):
        shown.append(review(tmp_path / name))
    assert target_of(tmp_path / "all.jsonl.gz") == tmp_path / "all.html"
    assert target_of(tmp_path / "lines") == tmp_path / "lines.html"
    for report, entries, _ in shown[1:]:
        assert entries == shown[0][1]
        assert report["totals"] == shown[0][0]["totals"] and report["index"] == shown[0][0]["index"]
    one = review(out / "0003.txt.json", tmp_path / "one.html")
    assert [e["path"] for e in one[0]["index"]] == ["0003.txt"]


def test_the_same_run_gives_the_same_page_and_is_not_read_back(tmp_path: Path) -> None:
    out = run_of(tmp_path / "out", made(), made("Other text.", "b.txt"))
    first = review(out)[2]
    assert review(out)[2] == first
    assert review(out, out / "page.json")[2] == first
    assert review(out, out / "page.json")[0]["totals"]["problems"] == 0


def test_what_is_no_record_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    out = run_of(tmp_path / "out", made())
    deep = "[" * 100_000
    write(out, {"bad.json": "{", "deep.json": deep, "list.json": "[]", "notes.txt": "no record"})
    write(out, {"lines.jsonl": f"\n{made().to_json()}\nnothing\n"})
    (out / "torn.jsonl.gz").write_bytes(gzip.compress(encode(made()) * 2)[:-9])
    (out / "dangling.json").symlink_to("nowhere")
    told: list[str] = []
    done = write_review(out, str(tmp_path / "p.html"), told.append)
    assert (done.articles, done.shown, done.problems) == (4, 4, 6)
    assert [t.partition(": ")[0] for t in told] == [
        *("bad.json", "dangling.json", "deep.json", "lines.jsonl:3", "list.json"),
        "torn.jsonl.gz:2",
    ]
    assert all(": bad-record: " in t or ": unreadable-input: " in t for t in told)
    (named, *_) = (Parts.of((tmp_path / "p.html").read_text()).data["data-report"],)
    assert len(json.loads(named)["totals"]["named"]) == 6


def test_a_ledger_that_is_none_is_refused() -> None:
    record = made().to_dict()
    spoilt: list[dict[str, Any]] = [
        {"removed": [{**record["removed"][0], "confidence": float("nan")}]},
        {"removed": [{**record["removed"][0], "start": "0"}]},
        {"removed": [{**record["removed"][0], "start": 10**400, "end": 10**401}]},
        {"removed": [{**record["removed"][0], "kind": ["share"]}]},
        {"blocks": [{"kind": "paragraph", "start": 9, "end": 3}]},
        {"fields": [{"name": "title", "from": "text", "start": None, "end": 3}]},
        {"body": record["body"] + "\n\nmore"},
        {"body": "", "blocks": record["blocks"]},
    ]
    for change in spoilt:
        with pytest.raises(RecordError):
            sound(Article.from_dict({**record, **change}))
    assert sound(Article.from_dict(record))


def test_records_are_found_again(tmp_path: Path) -> None:
    lines = b"".join(encode(made(path=f"{n}.txt")) for n in range(6))
    (tmp_path / "a.jsonl").write_bytes(lines)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(lines))
    run_of(tmp_path / "c", made())
    found = list(records(tmp_path))
    assert len(found) == 13
    chosen = [found[n] for n in (1, 4, 6, 11, 12)]
    assert list(again(place for place, _ in chosen)) == chosen
    (tmp_path / "b.jsonl.gz").unlink()
    gone = list(again(place for place, _ in chosen))
    assert [isinstance(a, Article) for _, a in gone] == [True, True, False, False, True]


def test_nothing_outside_the_originals_is_looked_at(tmp_path: Path) -> None:
    inputs = write(tmp_path, {"secret.txt": TEXT, "in/a.txt": TEXT}) / "in"
    for path in (
        "../secret.txt",
        str(tmp_path / "secret.txt"),
        "",
        ".",
        "a.txt/..",
        "a\0b",
        "in//x",
    ):
        assert original(inputs, made(path=path), 1 << 20) is None, path
    assert original(inputs, made(path="a.txt"), 1 << 20) == TEXT.encode()
    assert original(inputs, made(path="a.txt"), 9) is None


# Which articles are shown.


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


# Nothing gets out of the data.

_VALUES = st.recursive(
    st.one_of(st.text(), st.sampled_from(HOSTILE), hostile_texts(40), st.integers(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(_VALUES)
def test_data_is_escaped(value: Any) -> None:
    text = as_data(value)
    assert json.loads(text) == value
    assert not re.search("[<>&\n\r\x00-\x1f\x7f-\x9f\u2028\u2029\u202e\ufeff\ud800-\udfff]", text)
    text.encode()


@settings(max_examples=60)
@given(st.one_of(hostile_texts(), st.sampled_from(HOSTILE)), st.sampled_from(HOSTILE))
def test_an_article_adds_nothing_to_the_page(text: str, more: str) -> None:
    article = replace(
        RULES_ALONE("word " + text, path=more),
        title=more,
        source=more,
        url=more,
        published=more,
        language=more,
        tags=(more,),
        authors=(text,),
        warnings=(more,),
        provenance={"cleaner": more},
    )
    shown = panes(article, None, more)
    entry = {"tiles": shown.flat(), "blocks": shown.blocks, "article": article.to_dict()}
    totals = Totals()
    totals.add(article, Counts(article))
    written = "".join(review_page.page("T", [entry], [{"totals": totals.to_dict()}]))
    tame = "".join(review_page.page("T", ["x"], ["y"]))
    assert Parts.of(written).tags == Parts.of(tame).tags
    assert json.loads(Parts.of(written).data["data-articles"]) == json.loads(json.dumps(entry))


def test_a_title_is_text(tmp_path: Path) -> None:
    report, _, text = review(run_of(tmp_path / "out", made()), title=HOSTILE[0])
    assert report["title"] == HOSTILE[0]
    assert Parts.of(text).tags == Parts.of(review(tmp_path / "out")[2]).tags


def test_only_the_pages_own_script_and_style_are_allowed(tmp_path: Path) -> None:
    text = review(run_of(tmp_path / "out", made()))[2]
    parts = Parts.of(text)
    metas = [dict(attrs) for tag, attrs in parts.tags if tag == "meta"]
    (policy,) = (
        m["content"] or "" for m in metas if m.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == "'none'"
    for rule, name in (("script-src", "module"), ("style-src", "style")):
        digest = base64.b64encode(hashlib.sha256(parts.data[name].encode()).digest()).decode()
        assert rules[rule] == f"'sha256-{digest}'"
    assert len([tag for tag, _ in parts.tags if tag in ("script", "style")]) == 4
    for _, attrs in parts.tags:
        for name, _ in attrs:
            assert name not in ("src", "srcset", "href", "style") and not name.startswith("on")


def test_the_page_takes_text_for_text_and_loads_nothing() -> None:
    script = "".join((PAGE / name).read_text("utf-8") for name in SCRIPTS)
    assert {p.name for p in PAGE.iterdir()} == {*SCRIPTS, "report.css", "report.html"}
    for sink in (
        *(
            "innerHTML",
            "outerHTML",
            "insertAdjacent",
            "document.write",
            "eval(",
            "Function(",
            "import ",
        ),
        *("createContextualFragment", "srcdoc", "DOMParser", "fetch(", "XMLHttpRequest", "import("),
        *("setAttributeNS", "javascript:", "WebSocket", "sendBeacon"),
    ):
        assert sink not in script, sink
    style = (PAGE / "report.css").read_text("utf-8")
    assert "url(" not in style and "@import" not in style and "</" not in style
    assert "</script" not in script.lower() and "<!--" not in script


# Colours.


def colours() -> dict[str, tuple[str, str, str]]:
    style = (PAGE / "report.css").read_text("utf-8")
    found = re.findall(
        r"^\.k-([a-z-]+) \{ --k: light-dark\((#\w{6}), (#\w{6})\); --strike: (\w+); \}$",
        style,
        re.M,
    )
    return {kind: (light, dark, strike) for kind, light, dark, strike in found}


def value(name: str) -> tuple[str, str]:
    style = (PAGE / "report.css").read_text("utf-8")
    found = re.search(rf"^  --{name}: light-dark\((#\w{{6}}), (#\w{{6}})\);", style, re.M)
    assert found is not None
    return found[1], found[2]


def linear(colour: str) -> tuple[float, ...]:
    shades = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    return tuple(s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shades)


def contrast(one: str, other: str) -> float:
    dark, light = sorted(
        sum(w * s for w, s in zip((0.2126, 0.7152, 0.0722), linear(c), strict=True))
        for c in (one, other)
    )
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, share: float, ground: str) -> str:
    pairs = [(int(colour[n : n + 2], 16), int(ground[n : n + 2], 16)) for n in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in pairs)


def test_every_colour_can_be_read() -> None:
    assert set(colours()) == set(KINDS)
    for scheme in (0, 1):
        page, pane = value("page")[scheme], value("pane")[scheme]
        for kind, both in colours().items():
            ground = mixed(both[scheme], 0.09, pane)
            assert min(contrast(both[scheme], g) for g in (ground, pane, page)) >= 4.5, kind
        for name in ("ink", "soft", "accent", "field"):
            assert min(contrast(value(name)[scheme], g) for g in (page, pane)) >= 4.5, name
        assert contrast(value("ink")[scheme], value("hit")[scheme]) >= 4.5


# How colours look to most, and to eyes without one of the three sorts of cones.
_EYES = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
)


def lab(shades: tuple[float, ...]) -> list[float]:
    """A colour in the space Oklab, in which distances are as large as they look."""
    to_cones = (
        (0.4122214708, 0.5363325363, 0.0514459929),
        (0.2119034982, 0.6806995451, 0.1073969566),
        (0.0883024619, 0.2817188376, 0.6299787005),
    )
    to_lab = (
        (0.2104542553, 0.793617785, -0.0040720468),
        (1.9779984951, -2.428592205, 0.4505937099),
        (0.0259040371, 0.7827717662, -0.808675766),
    )
    return times(to_lab, [max(0.0, cone) ** (1 / 3) for cone in times(to_cones, shades)])


def times(matrix: tuple[tuple[float, ...], ...], vector: Any) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def test_kinds_are_told_apart_by_colour_blind_eyes() -> None:
    """Two kinds differ in how they look, or in how they are struck through."""
    found = colours()
    for scheme in (0, 1):
        for eye in _EYES:
            seen = {kind: lab(tuple(times(eye, linear(c[scheme])))) for kind, c in found.items()}
            for one in found:
                for other in found:
                    if one < other and found[one][2] == found[other][2]:
                        apart = sum(
                            (a - b) ** 2 for a, b in zip(seen[one], seen[other], strict=True)
                        )
                        assert apart**0.5 >= 0.035, (one, other, scheme)


# The command.

APP = typer.Typer()
APP.command()(report_command)


def command(*args: str | Path) -> Any:
    return CliRunner().invoke(APP, [str(arg) for arg in args])


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    inputs = write(tmp_path / "in", {"a.txt": TEXT})
    out = run_of(tmp_path / "out", made())
    done = command(out, "--originals", inputs, "--title", "Look")
    assert done.exit_code == 0, done.output
    assert "report.html: 1 article, shown in full" in done.stderr
    text = (out / "report.html").read_text("utf-8")
    assert "<title>Look</title>" in text
    assert command(out, "--originals", inputs, "--title", "Look", "-o", "-").stdout == text
    assert sorted(tree(tmp_path / "out")) == ["0000.txt.json", "report.html"]
    (out / "bad.json").write_text("{}")
    done = command(out, "--max-articles", "1")
    assert done.exit_code == 2 and "bad.json: bad-record: " in done.stderr


def test_the_command_refuses(tmp_path: Path) -> None:
    out = run_of(tmp_path / "out", made())
    other = write(tmp_path, {"other.html": "<!doctype html><p>mine", "empty/x": ""}) / "other.html"
    for args, why in (
        ((tmp_path / "none",), "is not there"),
        ((tmp_path / "empty",), "no article"),
        ((out, "-o", other), "no report"),
        ((out, "-o", out / "0000.txt.json"), "no report"),
        ((out, "--originals", other), "no directory"),
        ((out, "--max-articles", "0"), "max-articles"),
    ):
        done = command(*args)
        assert done.exit_code == 2 and why in " ".join(
            re.sub("[│╭╮╰╯─]", " ", done.stderr).split()
        ), args
    assert other.read_text() == "<!doctype html><p>mine"
    assert command(out, "-o", tmp_path / "no" / "page.html").exit_code == 2
    assert "report.html" not in tree(out)


def test_defaults_are_said_once() -> None:
    import inspect

    assert inspect.signature(report_command).parameters["max_articles"].default == MOST
    with pytest.raises(UsageError):
        list(records(Path("/nonexistent")))
