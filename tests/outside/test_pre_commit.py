"""The hooks in a scratch repository, installed and run by pre-commit itself."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.outside.common import CLEAN, CRUFT, committed, done, git, run

pytest.importorskip("pre_commit", reason=".ci/outside installs it")

Hooks = tuple[Path, str, dict[str, str]]
"""A repository with the hooks, its commit, and the environment that pre-commit needs."""

CONFIG = """\
repos:
  - repo: {repository}
    rev: {commit}
    hooks:
      - id: {hook}
        files: ^articles/
"""


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Hooks:
    """The hooks as pre-commit gets them, and a place of its own for what it installs."""
    folder = tmp_path_factory.mktemp("hooks")
    commit = committed(folder / "cleaner")
    return folder / "cleaner", commit, {"PRE_COMMIT_HOME": str(folder / "cache")}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    git("init", "-q", cwd=tmp_path)
    (tmp_path / "articles").mkdir()
    return tmp_path


def use(project: Path, hooks: Hooks, hook: str) -> None:
    """Make the project's commits pass a hook."""
    repository, commit, env = hooks
    config = CONFIG.format(repository=repository, commit=commit, hook=hook)
    (project / ".pre-commit-config.yaml").write_text(config)
    git("add", "-A", cwd=project)
    done("pre-commit", "install", cwd=project, env=env)


def commit(project: Path, hooks: Hooks) -> subprocess.CompletedProcess[str]:
    git("add", "-A", cwd=project)
    who = ("-c", "user.name=Ann Lee", "-c", "user.email=ann@example.org")
    return run("git", *who, "commit", "-m", "articles", cwd=project, env=hooks[2])


def test_staged_cruft_stops_the_commit(project: Path, hooks: Hooks) -> None:
    use(project, hooks, "cleaner-check")
    (project / "articles/a.txt").write_text(CRUFT)
    (project / "notes.txt").write_text(CRUFT)  # no article: the hook does not look at it
    stopped = commit(project, hooks)
    assert stopped.returncode == 1
    shown = stopped.stdout + stopped.stderr
    assert 'articles/a.txt:5:1: share share.prompt "Share this article:"' in shown
    assert "notes.txt" not in shown
    (project / "articles/a.txt").write_text(CLEAN)
    assert commit(project, hooks).returncode == 0


def test_fix_cleans_what_is_staged(project: Path, hooks: Hooks) -> None:
    use(project, hooks, "cleaner-fix")
    (project / "articles/a.txt").write_bytes(CRUFT.replace("\n", "\r\n").encode("utf-16"))
    (project / "articles/page.html").write_text(f"<html><body><p>{CRUFT}</p></body></html>")
    assert commit(project, hooks).returncode == 1
    fixed = (project / "articles/a.txt").read_bytes()
    assert fixed == CLEAN.replace("\n", "\r\n").encode("utf-16")
    assert commit(project, hooks).returncode == 0
    assert (project / "articles/a.txt").read_bytes() == fixed


def test_many_files_are_one_call(project: Path, hooks: Hooks) -> None:
    use(project, hooks, "cleaner-check")
    for number in range(200):
        (project / f"articles/{number:03}.txt").write_text(CLEAN.replace("Monday", f"day {number}"))
    git("add", "-A", cwd=project)
    ran = done("pre-commit", "run", "--verbose", "cleaner-check", cwd=project, env=hooks[2])
    assert "Passed" in ran
    # pre-commit says how long it took where it is verbose.
    print(ran)


def test_goldens_are_checked(project: Path, hooks: Hooks) -> None:
    use(project, hooks, "cleaner-golden")
    (project / "seeds").mkdir()
    (project / "seeds/a.txt").write_text(CRUFT)
    stopped = commit(project, hooks)
    assert stopped.returncode == 1
    assert "missing: golden/a.txt.json" in stopped.stdout + stopped.stderr
    cleaner = next(Path(hooks[2]["PRE_COMMIT_HOME"]).glob("*/py_env-*/bin/cleaner"))
    done(cleaner, "golden", "--update", cwd=project)
    assert commit(project, hooks).returncode == 0
