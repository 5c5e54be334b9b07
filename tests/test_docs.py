"""What the documents say is what the code does."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cleaner import clean
from cleaner.report.explain import as_text
from cleaner.report.rules import markdown, markdown_of
from cleaner.rules import source_book
from tests.conftest import ROOT
from tests.test_schema import KEYS

README = (ROOT / "README.md").read_text("utf-8")


def block(marker: str) -> str:
    """The README's code block under a marker."""
    found = re.search(rf"<!-- {marker} -->\n```\w+\n(.*?)```\n", README, re.DOTALL)
    assert found is not None, marker
    return found.group(1)


def test_every_rule_has_its_row() -> None:
    page = (ROOT / "docs/rules.md").read_text("utf-8")
    book = source_book()
    for rule in book.rules:
        assert f"\n| `{rule.id}` | " in page
        assert rule.why in markdown_of(rule)
    assert page == markdown(book), "cleaner rules --format markdown > docs/rules.md"


def test_before_and_after() -> None:
    before, after = block("before"), block("after")
    explained = as_text(clean(before), before, colour=False)
    assert after == explained.partition("\n----")[0].rstrip() + "\n"


def test_library_example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "article.txt").write_text(block("before"))
    monkeypatch.chdir(tmp_path)
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    names: dict[str, object] = {}
    shown = 0
    for line in example.splitlines():
        code, _, value = line.partition("  # ")
        if value:
            assert repr(eval(code, names)) == value
            shown += 1
        else:
            exec(code, names)
    assert shown >= 3


def test_every_key_is_explained() -> None:
    for key in KEYS:
        assert f"\n| `{key}` | " in README


def test_set_up_lines_are_single_lines() -> None:
    for marker in ("setup", "test"):
        assert block(marker).count("\n") == 1
    assert "cleaner run seeds/ --out out/" in block("setup")


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
