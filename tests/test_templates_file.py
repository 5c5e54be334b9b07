"""The file of templates, and the commands that make and use it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleaner import Article, Config, clean
from cleaner.corpus.entry import Entry
from cleaner.errors import EmptyInput, TemplatesError
from cleaner.templates import RULE
from cleaner.templates.learn import Course
from tests.conftest import Command, environment
from tests.corpus.sites import site, write_sites
from tests.learning import PLAIN, Silent, entries, learn, learnt, rows
from tests.test_schema import assert_valid


def test_the_record_says_with_what_it_was_made(tmp_path: Path) -> None:
    made = site(0)
    learn(tmp_path / "t.sqlite", [m.laid_out("page") for m in made], host=made[0].host)
    config = Config(templates=tmp_path / "t.sqlite")
    found = config.pipeline()(made[0].laid_out("page"))
    assert any(r.rule == RULE for r in found.removed)
    assert_valid(found.to_dict())
    assert Article.from_json(found.to_json()) == found
    version = found.provenance["templates"]
    assert "templates" not in clean(made[0].laid_out("page")).provenance
    assert_valid({**found.to_dict(), "provenance": dict(clean("It rained.").provenance)})
    other = Config(templates=tmp_path / "t.sqlite", site="other.example").pipeline()
    assert other("It rained all day.").provenance["templates"] != version


def test_a_template_that_is_not_trusted_can_be_taken_out_of_the_file(tmp_path: Path) -> None:
    made = site(0)
    file = tmp_path / "t.sqlite"
    before = learnt(file, made, "lines")
    text, url = made[0].laid_out("lines"), made[0].url
    assert made[0].tail[2] not in before(text, url=url).body
    with sqlite3.connect(file) as base:
        base.execute("DELETE FROM template WHERE sample = ?", (made[0].tail[2].lower()[:-1],))
    base.close()
    after = PLAIN.with_templates(file)
    assert made[0].tail[2] in after(text, url=url).body
    assert before(text, url=url).provenance != after(text, url=url).provenance


def test_a_file_must_not_change_while_it_is_in_use(tmp_path: Path) -> None:
    made = site(0)
    before = learnt(tmp_path / "t.sqlite", made, "lines")
    learn(tmp_path / "t.sqlite", [m.laid_out("lines") for m in made[1:]], host=made[0].host)
    with pytest.raises(TemplatesError, match="was changed while it was in use"):
        before(made[0].laid_out("lines"), url=made[0].url)


def test_the_rule_can_be_switched_off(tmp_path: Path) -> None:
    made = site(0)
    pipeline = learnt(tmp_path / "t.sqlite", made, "lines")
    text = made[0].laid_out("lines")
    for off in (pipeline.without_rules(RULE), pipeline.without("recall")):
        assert off(text, url=made[0].url).body == PLAIN(text).body


def test_a_file_that_holds_no_templates(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite"
    with pytest.raises(TemplatesError, match="is not there; `cleaner learn` makes"):
        PLAIN.with_templates(file)
    file.write_bytes(b"no database at all, but long enough to look like one" * 40)
    with pytest.raises(TemplatesError, match="cannot be used: file is not a database"):
        PLAIN.with_templates(file)
    file.unlink()
    with sqlite3.connect(file) as base:
        base.execute("CREATE TABLE x (y)")
    base.close()
    with pytest.raises(TemplatesError, match="holds no templates"):
        PLAIN.with_templates(file)
    file.unlink()
    learn(file, [])
    with sqlite3.connect(file) as base:
        base.execute("PRAGMA user_version = 99")
    base.close()
    with pytest.raises(TemplatesError, match="another version of cleaner; learn it anew"):
        PLAIN.with_templates(file)


def test_who_gives_no_templates_loads_nothing_of_them() -> None:
    code = (
        "import sys; from cleaner import clean; clean('It rained.');"
        "print([m for m in sys.modules if 'templates.' in m or m == 'sqlite3'])"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, env=environment(), check=True
    )
    assert found.stdout.decode().strip() == "[]"


# On the command line


def test_learn_show_and_run(cleaner: Command, tmp_path: Path) -> None:
    write_sites(tmp_path / "corpus", 2, 16)
    done = cleaner("learn", "corpus", "-o", "t.sqlite")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"32 articles of known sites" in done.stderr
    assert not [p.name for p in tmp_path.iterdir() if p.name.startswith(".cleaner")]
    made = site(0)[0]
    shown = cleaner("learn", "--show", "t.sqlite").stdout.decode()
    assert f"{made.host} (en): " in shown and f"anywhere  {made.tail[0].lower()}" in shown
    assert shown.count("\n") > 20
    only = cleaner("learn", "--show", "t.sqlite", "--site", made.host).stdout.decode()
    assert 0 < only.count("\n") < shown.count("\n")
    bodies = []
    for more in (
        (),
        ("--templates", "t.sqlite"),
        ("--templates", "t.sqlite", "--site", "x.example"),
    ):
        # What is done is done again where other templates are given.
        assert cleaner("run", "corpus", "--out", "clean", "--quiet", *more).returncode == 0
        file = tmp_path / "clean" / made.host / "000.html.json"
        record = json.loads(file.read_bytes())
        assert ("templates" in record["provenance"]) == bool(more)
        bodies.append(record["body"])
    assert made.tail[2] in bodies[0] and made.tail[2] not in bodies[1]
    assert bodies[2] == bodies[0]


def test_check_and_explain_take_templates(cleaner: Command, tmp_path: Path) -> None:
    write_sites(tmp_path / "corpus", 1, 16, "lines")
    made = site(0)[0]
    options = ("--templates", "t.sqlite", "--site", made.host)
    assert cleaner("learn", "corpus", "-o", "t.sqlite", "--site", made.host).returncode == 0
    file = f"corpus/{made.host}/000.txt"
    found = cleaner("check", file, *options, "--select", "template")
    assert found.returncode == 1
    assert f'template {RULE} "{made.tail[0]}"' in found.stdout.decode()
    assert f"[-{made.tail[0]}-]{{{RULE}}}" in cleaner("explain", file, *options).stdout.decode()
    assert cleaner("fix", file, *options).returncode == 1
    assert made.tail[-1] not in (tmp_path / file).read_text("utf-8")
    (tmp_path / "cleaner.toml").write_text(f'templates = "t.sqlite"\nsite = "{made.host}"\n')
    assert cleaner("check", f"corpus/{made.host}/001.txt", "--select", RULE).returncode == 1


def test_articles_of_no_known_site_take_no_part(cleaner: Command, tmp_path: Path) -> None:
    write_sites(tmp_path / "corpus", 1, 16, "lines")
    done = cleaner("learn", "corpus", "-o", "t.sqlite")
    assert done.returncode == 0
    assert b"16 articles of no known site; see --site" in done.stderr
    assert rows(tmp_path / "t.sqlite") == []


def test_what_cannot_be_read_is_named(cleaner: Command, tmp_path: Path) -> None:
    write_sites(tmp_path / "corpus", 1, 16)
    (tmp_path / "corpus/bad.txt").write_bytes(b"")
    done = cleaner("learn", "corpus", "-o", "t.sqlite")
    assert done.returncode == 2
    assert b"corpus/bad.txt: empty-input: " in done.stderr
    assert rows(tmp_path / "t.sqlite")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["corpus"], "with -o FILE where to write it"),
        (["-o", "t.sqlite"], "say what to learn from"),
        (["corpus", "-o", "mine.txt"], "It would be overwritten; nothing was done."),
        (["corpus", "-o", "t.sqlite", "--add"], "leave out --add"),
        (["corpus", "--show", "t.sqlite"], "give it alone"),
        (["--show", "t.sqlite"], "unusable-templates: t.sqlite is not there"),
        (["corpus", "-o", "no/such/t.sqlite"], "unwritable-output: no/such/t.sqlite"),
        (["corpus", "-o", "mine.txt", "--add"], "mine.txt"),
    ],
)
def test_wrong_use(cleaner: Command, tmp_path: Path, args: list[str], message: str) -> None:
    write_sites(tmp_path / "corpus", 1, 1)
    (tmp_path / "mine.txt").write_text("My own words, which nobody may overwrite.\n")
    done = cleaner("learn", *args, env={"COLUMNS": "400"})
    assert done.returncode == 2
    assert message in done.stderr.decode()
    assert sorted(os.listdir(tmp_path)) == ["corpus", "mine.txt"]
    assert (tmp_path / "mine.txt").read_text().startswith("My own words")


def test_what_is_broken_off_leaves_what_was_there(tmp_path: Path) -> None:
    file = tmp_path / "t.sqlite"
    texts = [m.laid_out("lines") for m in site(0)]
    learn(file, texts)
    before = file.read_bytes()

    def broken() -> Iterator[Entry]:
        yield from entries(texts)
        raise KeyboardInterrupt

    for add in (False, True):
        with pytest.raises(KeyboardInterrupt):
            Course(target=file, add=add).run(broken(), Silent())
        assert os.listdir(tmp_path) == ["t.sqlite"]
        assert file.read_bytes() == before


def test_problems_of_readers_are_counted(tmp_path: Path) -> None:
    bad = Entry("a.txt", None, "a.txt", problem=EmptyInput("nothing"))
    learning = Course(target=tmp_path / "t.sqlite").run([bad], Silent())
    assert learning.summary.problems == {"empty-input": 1}
    assert "1 input not read: empty-input 1" in learning.text()


def test_without_an_address_the_source_is_the_site(tmp_path: Path) -> None:
    made = site(5)
    texts = [m.laid_out("page").replace("canonical", "other") for m in made]
    assert Course(target=tmp_path / "t.sqlite").run(entries(texts, None), Silent()).siteless == 0
    assert {row[0] for row in rows(tmp_path / "t.sqlite")} == {made[0].site.lower()}
