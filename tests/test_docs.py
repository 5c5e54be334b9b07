"""What the documents say is what the code does: examples are run, links followed."""

from __future__ import annotations

import ast
import html
import io
import re
import shlex
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main

import cleaner
from cleaner import clean
from cleaner.cli import app, main
from cleaner.config import NAMES
from cleaner.judge import IDS
from cleaner.pipeline import STAGES
from cleaner.report.explain import as_text
from cleaner.report.rules import markdown, markdown_of
from cleaner.rules import load, source_book
from cleaner.rules.cases import Bench
from cleaner.schema import schema_text
from tests.conftest import ROOT
from tests.test_schema import KEYS

SITE = ROOT / "docs" / "pages"
README = (ROOT / "README.md").read_text("utf-8")
BOOK = source_book()
OTHERS = ("adapters.md", "cluster.md")
"""Pages whose examples need packages that are not installed for the tests."""
HOME = "/home/ann/news"
"""Where the examples of the pages lie."""
NOT_RUN = "not run"
SHOWS = "shows: "
FILE = "file: "


@dataclass(frozen=True)
class Code:
    """A block of code in a document, with the mark in a comment above it."""

    mark: str
    language: str
    text: str
    line: int


_BLOCK = re.compile(
    r"(?:^<!-- (?P<mark>[^\n]+) -->\n)?"
    r"^(?P<ticks>```+)(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)


def blocks(text: str) -> Iterator[Code]:
    """All blocks of code in a document."""
    for found in _BLOCK.finditer(text):
        language = found["info"].split()[0] if found["info"].strip() else ""
        line = text.count("\n", 0, found.start("text"))
        yield Code(found["mark"] or "", language, found["text"], line)


def block(marker: str) -> str:
    """The README's code block under a marker."""
    (found,) = [code.text for code in blocks(README) if code.mark == marker]
    return found


def page(name: str) -> str:
    return (SITE / name).read_text("utf-8")


def documents(*patterns: str) -> list[Path]:
    return sorted(p for pattern in patterns for p in ROOT.glob(pattern))


WITH_EXAMPLES = [p for p in documents("README.md", "docs/pages/*.md") if p.name not in OTHERS]
ALL = documents("README.md", "docs/pages/*.md", ".github/**/*.md")


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


class Reader:
    """Somebody who does what a page says, from top to bottom, in a directory of their own."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.names: dict[str, Any] = {"__name__": "__main__"}
        self.status = 0
        self._monkeypatch = monkeypatch
        self._capture = capture
        monkeypatch.chdir(folder)
        monkeypatch.setenv("COLUMNS", "100")
        for name in ("CI", "NO_COLOR"):
            monkeypatch.delenv(name, raising=False)

    def do(self, code: Code) -> None:
        """Write the file, run the Python or the commands that a block holds."""
        if code.mark.startswith(FILE) or code.mark == "before":
            name = code.mark.removeprefix(FILE) if code.mark != "before" else "article.txt"
            file = self.folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code.text, "utf-8")
        elif code.mark.startswith(SHOWS):
            held = (self.folder / code.mark.removeprefix(SHOWS)).read_text("utf-8")
            assert steady(code.text) == steady(held.rstrip("\n") + "\n")
        elif code.language == "python":
            self._python(code)
        elif code.language == "console" and code.mark != NOT_RUN:
            for command, output in sessions(code.text):
                assert steady(self._command(command)) == steady(output), command

    def _python(self, code: Code) -> None:
        lines = code.text.splitlines()
        for statement in ast.parse(code.text).body:
            assert statement.end_lineno is not None
            _, _, value = lines[statement.end_lineno - 1].partition("  # ")
            start = min(n.lineno for n in ast.walk(statement) if hasattr(n, "lineno"))
            source = "\n".join(lines[start - 1 : statement.end_lineno])
            if value and isinstance(statement, ast.Expr):
                assert repr(eval(source, self.names)) == value, source
            else:
                exec(compile(f"{source}\n", f"line {code.line}", "exec"), self.names)

    def _command(self, command: str) -> str:
        words = shlex.split(command)
        assert "|" not in words, f"mark it as {NOT_RUN}: {command}"
        if words == ["echo", "$?"]:
            return f"{self.status}\n"
        if words[0] == "cat":
            return (self.folder / words[1]).read_text("utf-8").rstrip("\n") + "\n"
        data = b""
        target = None
        if "<" in words:
            data = (self.folder / words[words.index("<") + 1]).read_bytes()
            words = words[: words.index("<")]
        if ">" in words:
            target = self.folder / words[words.index(">") + 1]
            words = words[: words.index(">")]
        assert words[0] == "cleaner", command
        self._capture.readouterr()
        self._monkeypatch.setattr(sys, "argv", words)
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
        with pytest.raises(SystemExit) as ended:
            main()
        self.status = int(ended.value.code or 0)
        out, err = self._capture.readouterr()
        if target is not None:
            target.write_text(out, "utf-8")
            out = ""
        return (out + err).replace(str(self.folder.resolve()), HOME)


def sessions(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a session, each with what it prints."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, _, output = part.partition("\n")
        yield command, output


def steady(text: str) -> str:
    """Text without what another model or version of the rules changes, and how columns stand."""
    text = re.sub(r'(confidence"?:? +)[01](?:\.\d+)?', r"\1#", text)
    text = re.sub(r'("(?:cleaner|rules|model)": )"[\w.+]+"', r"\1#", text)
    return re.sub(r"(?<=\S)  +", "  ", text).rstrip()


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=shown)
def test_examples(
    path: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    reader = Reader(tmp_path, monkeypatch, capsys)
    for code in blocks(path.read_text("utf-8")):
        reader.do(code)


def test_examples_are_not_left_out_by_mistake() -> None:
    """A mark is one that is known, and what can be run is not marked."""
    marks = ("setup", "test", "before", "after", NOT_RUN)
    languages: Counter[str] = Counter()
    for path in WITH_EXAMPLES:
        text = path.read_text("utf-8")
        found = list(blocks(text))
        assert 2 * len(found) == len(re.findall(r"^ *```", text, re.MULTILINE)), shown(path)
        for code in found:
            languages[code.language] += code.mark != NOT_RUN
            assert code.mark in ("", *marks) or code.mark.startswith((FILE, SHOWS)), code
            assert code.language, f"{shown(path)}: a block needs a language, if only text"
            if code.language == "python":
                assert code.mark != NOT_RUN
    assert languages["python"] >= 12 and languages["console"] >= 12


def test_every_rule_is_on_the_page() -> None:
    text = page("rules.md")
    for rule in BOOK.rules:
        assert f"\n### `{rule.id}`\n" in text
        assert rule.why in html.unescape(markdown_of(rule))
    for rule_id in IDS:
        assert f"`{rule_id}`" in text
    assert text == markdown(BOOK), "cleaner rules --format markdown > docs/pages/rules.md"


def test_cases_of_rules_are_shown_as_they_are() -> None:
    """Nothing in a case is taken for Markdown."""
    cases = {c for r in BOOK.rules for w in r.words.values() for c in w.fires + w.spares}
    text = page("rules.md")
    listed = re.findall(r"^\* (`+) ?(.*?) ?\1$", text, re.MULTILINE)
    assert len(listed) > 200
    for _, case in listed:
        assert case in cases


def test_before_and_after() -> None:
    before, after = block("before"), block("after")
    explained = as_text(clean(before), before, colour=False)
    assert after == explained.partition("\n----")[0].rstrip() + "\n"


def test_every_key_is_explained() -> None:
    for key in KEYS:
        assert f"\n| `{key}` | " in README
        assert f"\n| `{key}` | " in page("output.md")


def test_set_up_lines_are_single_lines() -> None:
    for marker in ("setup", "test"):
        assert block(marker).count("\n") == 1
    assert "cleaner run seeds/ --out out/" in block("setup")


def test_one_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert f"## {project['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_schema_on_the_site_is_the_one_of_the_package() -> None:
    assert (SITE / "article.schema.json").read_text("utf-8") == schema_text()


def test_every_setting_is_in_the_table() -> None:
    assert tuple(re.findall(r"^\| `([a-z-]+)` \|", page("configuration.md"), re.M)) == NAMES


def commands() -> Mapping[str, Any]:
    found: Any = typer.main.get_command(app)
    return dict(found.commands)


def options() -> set[str]:
    entries: Any = [typer.main.get_command(app), *commands().values()]
    return {opt for entry in entries for param in entry.params for opt in param.opts} | {"--help"}


def test_every_command_is_described() -> None:
    titles = re.findall(r"^## `cleaner (\w+)`$", page("command-line.md"), re.MULTILINE)
    assert sorted(titles) == sorted(commands())
    for name in commands():
        assert f"`cleaner {name}" in README


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=shown)
def test_options_are_those_of_the_command(path: Path) -> None:
    if path.name in ("README.md", "rules.md"):
        lines = re.findall(r"`cleaner [^`]*`", path.read_text("utf-8"))
    else:
        lines = re.findall(r"`--[a-z][^`]*`|^\$? ?cleaner .*", path.read_text("utf-8"), re.M)
    named = {opt for line in lines for opt in re.findall(r"(?<![\w-])--[a-z][a-z-]*", line)}
    assert named <= options() | {"--jsonl", "--version"}


def test_every_public_name_is_on_the_page() -> None:
    text = page("library.md")
    assert [
        n for n in cleaner.__all__ if not re.search(rf"`{n}\b|^(?:from|import) .*\b{n}\b", text)
    ] == []


def test_every_stage_is_explained() -> None:
    rows = re.findall(r"^\| `([a-z]+)` \|", page("design.md"), re.MULTILINE)
    assert rows[: len(STAGES)] == [stage.name for stage in STAGES]


def test_every_key_of_a_rule_file_is_explained() -> None:
    text = page("writing-rules.md")
    for key in (*load._FILE_KEYS, *load._RULE_KEYS, *load._WORD_KEYS):
        assert re.search(rf"^\|.*`\[*{key}\]*`.*\|", text, re.MULTILINE), key


def test_example_rules_do_what_their_cases_say() -> None:
    found: dict[tuple[Path, str], str] = {}
    for path in ALL:
        for code in blocks(path.read_text("utf-8")):
            if code.language == "toml" and "[[rule]]" in code.text:
                # Of a file that is written twice the second is what is meant.
                found[path, code.mark or code.text] = code.text
    files = [
        load.parse_rules(text if "kind = " in text else PROMO + text, shown(path))
        for (path, _), text in found.items()
    ]
    rules = [rule for file in files for rule in file.rules]
    assert len(rules) >= 4
    assert len({rule.id for rule in rules}) == len(rules)
    assert list(Bench(BOOK.extended(files)).failures(rules)) == []


PROMO = 'kind = "promo"\nwhat = "What a site says for itself."\n'


def test_hooks_are_those_that_are_offered() -> None:
    offered = re.findall(r"^- id: (\S+)", (ROOT / ".pre-commit-hooks.yaml").read_text(), re.M)
    text = page("pre-commit.md")
    assert set(re.findall(r"^ +- id: (\S+)", text, re.MULTILINE)) == set(offered)
    for name in offered:
        assert f"`{name}`" in text


_LINK = re.compile(r"(?<!\\)\]\(<?([^)\s>]+)>?(?: \"[^\"]*\")?\)")


def prose(text: str) -> str:
    """A document without its code."""
    return re.sub(r"(`+)(?!`).+?(?<!`)\1(?!`)", "code", _BLOCK.sub("", text))


def anchors(text: str) -> set[str]:
    """What headings can be linked to by; GitHub and the site give the plain ones the same names."""
    found: set[str] = set()
    for title in re.findall(r"^#+ (.+)$", _BLOCK.sub("", text), re.MULTILINE):
        plain = re.sub(r"[^\w\s-]", "", title).strip().lower()
        slug = name = re.sub(r"\s", "-", plain)
        number = 0
        while name in found:
            number += 1
            name = f"{slug}_{number}"
        found.add(name)
    return found


@pytest.mark.parametrize("path", ALL, ids=shown)
def test_links_lead_somewhere(path: Path) -> None:
    for link in _LINK.findall(prose(path.read_text("utf-8"))):
        if re.match(r"[a-z]+:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (path.parent / name) if name else path
        assert target.exists() or target.name in OTHERS, link
        if path.parent == SITE:
            assert target.parent == SITE, f"{link}: it leads out of the site"
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), link


def test_every_page_is_in_the_navigation() -> None:
    config = (ROOT / "docs/mkdocs.yml").read_text("utf-8")
    listed = re.findall(r"^ +- .*?([\w-]+\.md)$", config, re.MULTILINE)
    assert set(listed) >= {p.name for p in SITE.glob("*.md")}
    assert {n for n in listed if not (SITE / n).exists()} <= set(OTHERS)
