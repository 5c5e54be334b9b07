"""Settings from files: where they are found, what they may be, what is said of mistakes."""

from __future__ import annotations

import json
import pickle
import tomllib
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cleaner import CleanerError, Config, ConfigError, ModelError, Pipeline, RuleError, UsageError
from cleaner.config import NAMES
from cleaner.config_file import find, line_of, read
from cleaner.judge.model import builtin_model
from cleaner.report.settings import schema_text
from cleaner.rules import own
from tests.conftest import ROOT, Command

TEXT = (
    "A dry summer\n\nIt did not rain for weeks, and the wells of the village ran dry one after the "
    "other.\n\nShare this article:\n\nThe farmers sold their cows in June.\n\n"
    "Join the Harbour Club!\n"
)
RULES = """\
kind = "promo"
what = "Our own promos."
[[rule]]
id = "promo.harbour-club"
why = "Our paper asks readers into its club under every article."
confidence = 0.95
[rule.en]
lines = ["join the harbour club"]
fires = ["Join the Harbour Club!"]
spares = ["They wanted to join the harbour club that their fathers had founded."]
"""


def put(folder: Path, **files: str) -> Path:
    """Write TOML files into a folder."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text)
    return folder


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("cleaner", "dail = 1", "cleaner.toml:1: unknown setting 'dail'; did you mean 'dial'?"),
        ("cleaner", "\n\nzzz = 1", "cleaner.toml:3: unknown setting 'zzz'; known are dial, "),
        ("cleaner", 'dial = "bold"', "cleaner.toml:1: dial must be one of gentle, normal"),
        ("cleaner", "dial = 1", "dial must be one of gentle, normal, aggressive, not 1"),
        ("cleaner", 'dial = ["gentle"]', "dial must be one of"),
        ("cleaner", "max-mb = 0", "cleaner.toml:1: max-mb must be a whole number from 1, not 0"),
        ("cleaner", 'max-mb = "9"', "max-mb must be a whole number from 1, not '9'"),
        ("cleaner", "max-mb = true", "max-mb must be a whole number from 1, not True"),
        ("cleaner", "max_mb = 1", "unknown setting 'max_mb'; did you mean 'max-mb'?"),
        ("cleaner", 'disable = "share"', "disable must be a list of texts, not 'share'"),
        ("cleaner", "select = [1]", "select must be a list of texts"),
        ("cleaner", 'rules = [""]', "rules must be a list of texts"),
        ("cleaner", "encoding = 8", "encoding must be a text, not 8"),
        ("cleaner", 'model = ""', "model must be a text"),
        ("cleaner", 'output-format = "xml"', "output-format must be one of concise, json"),
        ("cleaner", "dial = ", "cleaner.toml: not TOML: "),
        ("cleaner", "[tool.cleaner]\ndial = 1", "unknown setting 'tool'"),
        ("pyproject", "[tool.cleaner]\n\ndail = 1", "pyproject.toml:3: unknown setting 'dail'"),
        ("pyproject", "[tool]\ncleaner.dail = 1", "pyproject.toml:2: unknown setting 'dail'"),
        ("pyproject", "[tool]\ncleaner = 1", "pyproject.toml:2: tool.cleaner must be a table"),
        ("pyproject", "tool.cleaner = {dail = 1}", "pyproject.toml:1: unknown setting 'dail'"),
        ("pyproject", "[tool.", "pyproject.toml: not TOML"),
    ],
)
def test_names_what_is_wrong(
    cleaner: Command, tmp_path: Path, file: str, text: str, message: str
) -> None:
    put(tmp_path, **{file: text})
    with pytest.raises(ConfigError) as caught:
        Config.load(tmp_path)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ('disable = ["share.promt"]', UsageError, "unknown rule 'share.promt'; did you mean"),
        ('without = ["identfy"]', UsageError, "unknown stage 'identfy'"),
        ('without = ["settle"]', UsageError, "cannot be switched off"),
        ('rules = ["none.toml"]', RuleError, "none.toml cannot be read: no such file"),
        ('rules = ["cleaner.toml"]', RuleError, "unknown key 'rules'"),
        ('plugins = ["none"]', UsageError, "no installed package offers rules named 'none'"),
        ('model = "none.npz"', ModelError, "none.npz cannot be read"),
        ('model = "cleaner.toml"', ModelError, "cleaner.toml: "),
    ],
)
def test_names_what_a_setting_names_in_vain(
    tmp_path: Path, text: str, error: type[CleanerError], message: str
) -> None:
    put(tmp_path, cleaner=text)
    with pytest.raises(error) as caught:
        Config.load(tmp_path).pipeline()
    assert message in str(caught.value)


def test_the_command_says_the_same(cleaner: Command, tmp_path: Path) -> None:
    put(tmp_path, cleaner="\ndail = 1")
    (tmp_path / "a.txt").write_text(TEXT)
    for command in ("check", "fix", "explain", "run"):
        done = cleaner(command, "a.txt")
        assert done.returncode == 2, command
        assert b"cleaner.toml:2: unknown setting 'dail'" in done.stderr, command
    assert cleaner("check", "--isolated", "a.txt").returncode == 1
    assert (tmp_path / "a.txt").read_text() == TEXT


def test_a_file_that_is_named_must_be_there(cleaner: Command, tmp_path: Path) -> None:
    done = cleaner("config", "--config", "none.toml")
    assert done.returncode == 2 and b"none.toml cannot be read" in done.stderr
    put(tmp_path, pyproject="[project]\nname = 'a'")
    done = cleaner("config", "--config", "pyproject.toml")
    assert done.returncode == 2 and b"there is no table [tool.cleaner]" in done.stderr
    done = cleaner("config", "--config", "pyproject.toml", "--isolated")
    assert done.returncode == 2 and b"--isolated" in done.stderr


def test_a_file_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "cleaner.toml").write_bytes(b"dial = '\xff'")
    with pytest.raises(ConfigError, match="not UTF-8"):
        Config.load(tmp_path)


def test_the_nearest_file_counts(tmp_path: Path) -> None:
    deep = tmp_path / "a/b/c"
    deep.mkdir(parents=True)
    put(tmp_path, pyproject='[tool.cleaner]\ndial = "gentle"')
    assert Config.load(deep).dial == "gentle"
    put(tmp_path / "a/b", pyproject="[project]\nname = 'x'")
    assert find(deep) == tmp_path.resolve() / "pyproject.toml"
    put(tmp_path / "a", pyproject="[tool.cleaner]")
    assert Config.load(deep).dial == "normal"
    put(tmp_path / "a", cleaner='dial = "aggressive"')
    assert Config.load(deep).dial == "aggressive"


def test_options_go_before_the_file(cleaner: Command, tmp_path: Path) -> None:
    put(tmp_path, cleaner='disable = ["share"]\noutput-format = "json"')
    (tmp_path / "a.txt").write_text(TEXT)
    assert "share.prompt" not in cleaner("check", "a.txt").stdout.decode()
    done = cleaner("check", "a.txt", "--disable", "promo", "--output-format", "concise")
    assert 'a.txt:5:1: share share.prompt "Share this article:"' in done.stdout.decode()
    assert cleaner("run", "a.txt", "--jsonl", "-").stdout.count(b"share.prompt") == 0
    assert cleaner("run", "--isolated", "a.txt", "--jsonl", "-").stdout.count(b"share.prompt") == 1


def test_paths_count_from_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "rules").mkdir()
    put(tmp_path / "rules", own=RULES)
    put(tmp_path, cleaner='rules = ["rules/own.toml"]')
    (tmp_path / "deep").mkdir()
    monkeypatch.chdir(tmp_path / "deep")
    config = Config.load()
    assert config.rules == (tmp_path.resolve() / "rules/own.toml",)
    article = config.pipeline()(TEXT)
    assert "promo.harbour-club" in {r.rule for r in article.removed}
    assert article.provenance["rules"] != Config().pipeline()(TEXT).provenance["rules"]


def test_own_rules_replace_built_in_ones(tmp_path: Path) -> None:
    own_rule = RULES.replace("promo", "share").replace("harbour-club", "prompt")
    put(tmp_path, own=own_rule)
    pipeline = Config(rules=(tmp_path / "own.toml",)).pipeline().without("judge")
    rules = [r.rule for r in pipeline(TEXT).removed]
    assert rules == ["share.prompt"]
    assert [r.text for r in pipeline(TEXT).removed] == ["Join the Harbour Club!"]


def test_rules_of_ones_own_without_settings(tmp_path: Path) -> None:
    put(tmp_path, own=RULES)
    pipeline = Pipeline().with_rules(tmp_path / "own.toml").without("judge")
    assert [r.rule for r in pipeline(TEXT).removed] == ["share.prompt", "promo.harbour-club"]
    quiet = pipeline.without_rules("promo.harbour-club")
    assert [r.rule for r in quiet(TEXT).removed] == ["share.prompt"]
    assert pickle.loads(pickle.dumps(pipeline))(TEXT) == pipeline(TEXT)


def test_two_files_must_not_define_one_rule(tmp_path: Path) -> None:
    put(tmp_path, one=RULES, two=RULES)
    with pytest.raises(RuleError, match=r"two\.toml: promo\.harbour-club is defined in .*one"):
        Config(rules=(tmp_path / "one.toml", tmp_path / "two.toml")).pipeline()


def test_packages_may_ship_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "harbour_rules"
    package.mkdir()
    (package / "__init__.py").write_text("")
    put(package, promo=RULES)
    monkeypatch.syspath_prepend(str(tmp_path))
    points = EntryPoints(
        [
            EntryPoint("harbour", "harbour_rules", own.GROUP),
            EntryPoint("broken", "no_such_package", own.GROUP),
            EntryPoint("empty", "email", own.GROUP),
        ]
    )
    monkeypatch.setattr(own, "entry_points", lambda group: points.select(group=group))
    # Nothing is used that was not asked for.
    assert "promo.harbour-club" not in Config().pipeline().rules.by_id
    book = Config(plugins=("harbour",)).pipeline().rules
    assert "promo.harbour-club" in book.by_id
    with pytest.raises(RuleError, match="rules of 'broken' cannot be loaded"):
        Config(plugins=("broken",)).pipeline()
    with pytest.raises(RuleError, match="holds no rule files"):
        Config(plugins=("empty",)).pipeline()
    # A project's own file goes before what a package ships.
    put(tmp_path, own=RULES.replace("0.95", "0.5"))
    both = Config(plugins=("harbour",), rules=(tmp_path / "own.toml",)).pipeline().rules
    assert both.by_id["promo.harbour-club"].confidence == 0.5


def test_models_of_ones_own(tmp_path: Path) -> None:
    for form, name in (("text", "model.npz"), ("html", "page-model.npz")):
        data = (ROOT / "cleaner/judge" / name).read_bytes()
        (tmp_path / f"{form}.npz").write_bytes(data)
    config = Config(model=tmp_path / "text.npz", page_model=tmp_path / "html.npz")
    version = config.pipeline()(TEXT).provenance["model"]
    assert version == builtin_model("text").version
    with pytest.raises(ModelError, match="a model for pages, not for texts"):
        Config(model=tmp_path / "html.npz").pipeline()


def test_shows_what_is_in_force(cleaner: Command, tmp_path: Path) -> None:
    put(tmp_path, pyproject='[tool.cleaner]\n# bold\ndial = "gentle"\nrules = ["own.toml"]')
    shown = cleaner("config").stdout.decode()
    assert tomllib.loads(shown)["dial"] == "gentle"
    lines = dict(line.split(" = ", 1) for line in shown.splitlines() if " = " in line)
    assert lines["dial"].endswith("pyproject.toml:3")
    assert lines["max-mb"].split() == ["256", "#", "default"]
    record = json.loads(cleaner("config", "--format", "json").stdout)
    assert tuple(record) == NAMES
    assert record["rules"]["value"] == [str(tmp_path.resolve() / "own.toml")]
    assert record["rules"]["origin"].endswith("pyproject.toml:4")
    assert record["model"] == {"value": None, "origin": "default"}
    isolated = json.loads(cleaner("config", "--isolated", "--format", "json").stdout)
    assert {s["origin"] for s in isolated.values()} == {"default"}


def test_the_schema_says_what_the_reader_takes(cleaner: Command, tmp_path: Path) -> None:
    schema = json.loads(cleaner("config", "--format", "schema").stdout)
    committed = (ROOT / "cleaner/config.schema.json").read_text("utf-8")
    assert committed == schema_text(), "cleaner config --format schema > cleaner/config.schema.json"
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    assert tuple(schema["properties"]) == NAMES
    assert all(len(s["description"]) > 20 for s in schema["properties"].values())
    good = {"dial": "gentle", "max-mb": 3, "disable": ["share"], "model": "a.npz"}
    bad = ({"dail": 1}, {"dial": "x"}, {"max-mb": 0}, {"disable": "share"}, {"rules": [""]})
    for record in (good, *bad):
        put(tmp_path, cleaner="\n".join(f"{k} = {json.dumps(v)}" for k, v in record.items()))
        if record is good:
            read(tmp_path / "cleaner.toml")
        else:
            with pytest.raises(ConfigError):
                read(tmp_path / "cleaner.toml")
        assert validator.is_valid(record) == (record is good)


@pytest.mark.parametrize(
    ("text", "path", "line"),
    [
        ("a = 1\nb = 2", ("b",), 2),
        ("[tool.x]\nb = 1\n[tool.cleaner]\nb = 2", ("tool", "cleaner", "b"), 4),
        ("[tool]\n  cleaner.b = 2", ("tool", "cleaner", "b"), 2),
        ("[tool]\ncleaner = { a = 1, b = 2 }", ("tool", "cleaner", "b"), 2),
        ("[ 'tool' . \"cleaner\" ]\n\n'b' = 2", ("tool", "cleaner", "b"), 3),
        ("# b = 1\nb = 2", ("b",), 2),
        ("", ("b",), 1),
    ],
)
def test_finds_the_line(text: str, path: tuple[str, ...], line: int) -> None:
    assert line_of(text, path) == line


@given(st.text(max_size=60))
def test_any_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    file = tmp_path_factory.mktemp("any") / "cleaner.toml"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        settings = read(file)
    except ConfigError as error:
        assert "cleaner.toml" in str(error)
    else:
        assert all(1 <= s.line <= text.count("\n") + 1 for s in settings.values())


def test_settings_from_python_are_checked() -> None:
    assert Config(disable=["share"]).disable == ("share",)  # type: ignore[arg-type] # a list will do
    with pytest.raises(ConfigError, match="dial must be one of"):
        Config(dial="bold")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Config(dail="gentle")  # type: ignore[call-arg]


def test_the_rules_in_force_are_listed(cleaner: Command, tmp_path: Path) -> None:
    put(tmp_path, own=RULES, cleaner='rules = ["own.toml"]')
    assert b"promo.harbour-club" in cleaner("rules").stdout
    assert b"asks readers into its club" in cleaner("rules", "promo.harbour-club").stdout
    assert b"harbour-club" not in cleaner("rules", "--isolated").stdout
    for made in ("markdown", "compiled"):
        assert b"harbour-club" not in cleaner("rules", "--format", made).stdout
    assert b"no part of it" in cleaner("rules", "judge.inside").stdout


def test_rule_files_are_checked(cleaner: Command, tmp_path: Path) -> None:
    put(tmp_path, own=RULES, bad=RULES.replace("fires = [", "fires = [\n 'Join our club',"))
    done = cleaner("rules", "--check", "own.toml")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"rules: 1 (0 in place of built-in ones), cases: 2, failures: 0" in done.stdout
    done = cleaner("rules", "--check", "bad.toml")
    assert done.returncode == 1
    told = "promo.harbour-club (en) does not fire in the tail of an article: Join our club"
    assert told in done.stdout.decode()
    put(tmp_path, own=RULES.replace("spares", "spare"))
    done = cleaner("rules", "--check", "own.toml")
    assert done.returncode == 2 and b"did you mean 'spares'" in done.stderr
    put(tmp_path, own=RULES.split("spares")[0])
    done = cleaner("rules", "--check", "own.toml")
    assert done.returncode == 1 and b"has no case under spares" in done.stdout
