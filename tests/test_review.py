"""The review page: what it counts and shows, and the command that writes it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings

from cleaner import Article
from cleaner.article import Block, Field, Removal
from cleaner.cli_report import report_command
from cleaner.errors import UsageError
from cleaner.report import review_panes
from cleaner.report.review import MOST
from cleaner.report.review_panes import BODY, FIELD, REMOVED, Panes, panes
from cleaner.report.review_records import block_texts, records
from cleaner.report.review_totals import Counts, Totals
from cleaner.report.spans import kept_and_seen
from tests.reviewing import RULES_ALONE, TEXT, command, made, review, run_of
from tests.strategies import documents
from tests.test_cli import tree, write


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


# The command.


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
