"""Nothing in an article gets out of the data of the review page."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.report import review_page
from cleaner.report.review_page import SCRIPTS, as_data
from cleaner.report.review_panes import panes
from cleaner.report.review_totals import Counts, Totals
from tests.reviewing import HOSTILE, PAGE, RULES_ALONE, Parts, made, review, run_of
from tests.strategies import hostile_texts

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
