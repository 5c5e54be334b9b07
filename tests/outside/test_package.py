"""The built wheel: in a project that imports it, and in an environment with nothing else."""

from __future__ import annotations

import sys
import venv
from pathlib import Path

import pytest

from tests.outside.common import CRUFT, committed, done

pytest.importorskip("build", reason=".ci/outside installs it")

PROJECT = '''
"""A project that uses cleaner."""

import json
import sys
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from cleaner import (
    Article,
    Config,
    Document,
    InputError,
    Pipeline,
    Proposal,
    clean,
    clean_file,
    iter_clean,
)

RULES = """
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


def drop_stars(doc: Document) -> Document:
    """A stage of our own: lines of stars go."""
    return doc.propose(
        Proposal(line.start, line.end, "other.stars", 1.0, kind="other")
        for line in doc.lines
        if set(line.text) == {"*"}
    )


def own_pipeline(folder: Path) -> Pipeline:
    file = folder / "own.toml"
    file.write_text(RULES)
    config = Config(rules=(file,), disable=("newsletter",))
    return config.pipeline().with_stage("stars", drop_stars, before="settle")


class Cleaning:
    """What a pool runs."""

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def __call__(self, text: str) -> str:
        return self.pipeline(text).to_json()


def pooled(pool: Executor, cleaning: Cleaning, texts: list[str]) -> list[str]:
    with pool:
        return list(pool.map(cleaning, texts))


def main(folder: Path) -> None:
    text = (folder / "article.txt").read_text("utf-8")
    texts = [text.replace("six years", f"{n} years") for n in range(2, 26)]

    results = list(iter_clean([*texts, b"", folder / "article.txt", folder / "none.txt"]))
    articles = [r for r in results if not isinstance(r, InputError)]
    errors = [r.name for r in results if isinstance(r, InputError)]
    assert len(articles) == len(texts) + 1 and errors == ["empty-input", "unreadable-input"]
    assert clean_file(folder / "article.txt").body == clean(text).body == articles[-1].body

    for article in articles:
        again = Article.from_json(article.to_json())
        assert again == article and again.to_json() == article.to_json()
    kept = "".join(stretch.text for stretch in articles[-1].kept(text))
    assert "tram" in kept and "Share this" not in kept
    assert "{share.prompt}" in articles[-1].explain(text)

    pipeline = own_pipeline(folder)
    own = pipeline(text + "\\n\\nJoin the Harbour Club!\\n\\n*****\\n")
    rules = {removal.rule for removal in own.removed}
    assert {"promo.harbour-club", "other.stars"} <= rules
    assert not any(rule.startswith("newsletter.") for rule in rules)

    cleaning = Cleaning(pipeline)
    alone = [cleaning(t) for t in texts]
    assert pooled(ThreadPoolExecutor(8), Cleaning(own_pipeline(folder)), texts) == alone
    assert pooled(ProcessPoolExecutor(2), cleaning, texts) == alone

    renamed = replace(articles[-1], title="Trams")
    print(json.dumps({"title": renamed.title, "articles": len(articles)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
'''
BARE = """
import sys, time
start = time.perf_counter()
import cleaner
imported = time.perf_counter() - start
article = cleaner.clean(sys.stdin.read())
assert "Share this" not in article.body
heavy = [m for m in ("trafilatura", "lxml", "bs4", "typer") if m in sys.modules]
assert not heavy, heavy
print(f"import cleaner: {imported * 1000:.0f} ms")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("built")
    committed(folder / "cleaner")
    done(sys.executable, "-m", "build", "--outdir", folder / "dist", cwd=folder / "cleaner")
    return folder / "dist"


@pytest.fixture(scope="module")
def bare(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment in which the wheel is installed, without extras."""
    folder = tmp_path_factory.mktemp("bare")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env/bin/python"
    done(python, "-m", "pip", "install", "--quiet", next(built.glob("*.whl")), cwd=folder)
    return python


def test_the_distributions_are_complete(built: Path) -> None:
    (wheel,), (source,) = built.glob("*.whl"), built.glob("*.tar.gz")
    shown = done(sys.executable, "-m", "twine", "check", "--strict", wheel, source, cwd=built)
    assert shown.count("PASSED") == 2
    listed = done(sys.executable, "-m", "zipfile", "-l", wheel, cwd=built)
    for name in (
        "py.typed",
        "report/page/report.html",
        "rules/compiled.json",
        "judge/model.npz",
        "judge/page-model.npz",
    ):
        assert f"cleaner/{name}" in listed
    print(f"wheel: {wheel.stat().st_size / 2**20:.1f} MiB")


def test_in_an_environment_with_nothing_else(bare: Path, tmp_path: Path) -> None:
    site = bare.parents[1] / "lib"
    size = sum(p.stat().st_size for p in site.rglob("*") if p.is_file())
    (tmp_path / "use.py").write_text(BARE)
    (tmp_path / "article.txt").write_text(CRUFT)
    shown = done("bash", "-c", f"{bare} use.py < article.txt", cwd=tmp_path)
    print(f"{shown.strip()}; installed with all it needs: {size / 2**20:.0f} MiB")
    done(bare.parent / "cleaner", "run", "article.txt", "--out", "out", cwd=tmp_path)
    assert (tmp_path / "out/article.txt.json").is_file()


def test_in_a_project_that_imports_it(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "project.py").write_text(PROJECT)
    (tmp_path / "article.txt").write_text(CRUFT)
    done(bare, "-m", "pip", "install", "--quiet", "mypy", cwd=tmp_path)
    done(bare, "-m", "mypy", "--strict", "project.py", cwd=tmp_path)
    assert (
        done(bare, "project.py", tmp_path, cwd=tmp_path) == '{"title": "Trams", "articles": 25}\n'
    )
