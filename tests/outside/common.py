"""What these tests share: this repository as a commit, commands, files."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "out", "build", "dist", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info"
)
_WHO = ("-c", "user.name=Ann Lee", "-c", "user.email=ann@example.org")

CRUFT = (
    "The old harbour gets its trams back\n\n"
    "The first tram in forty years rolled along the quay on Monday, and half the town was there. "
    "It was on time, which surprised everybody who had come to see it.\n\n"
    "Share this article:\n\n"
    "Work on the line took six years and cost less than planned, the council said on Tuesday.\n\n"
    "Subscribe to our newsletter\n"
)
CLEAN = CRUFT.replace("Share this article:\n\n", "").removesuffix("\nSubscribe to our newsletter\n")


def run(
    *command: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command and return what came of it."""
    plain = {k: v for k, v in os.environ.items() if k not in ("CI", "PYTHONPATH")}
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**plain, **(env or {})},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )


def done(*command: str | Path, cwd: Path, env: Mapping[str, str] | None = None) -> str:
    """Run a command that must succeed, and return what it printed."""
    found = run(*command, cwd=cwd, env=env)
    assert found.returncode == 0, f"{command}\n{found.stdout}\n{found.stderr}"
    return found.stdout


def git(*args: str, cwd: Path) -> str:
    """Run git, and return what it printed."""
    return done("git", *_WHO, *args, cwd=cwd)


def committed(folder: Path) -> str:
    """This repository's files as the only commit of a repository in a folder; the commit."""
    shutil.copytree(ROOT, folder, ignore=_LEFT_OUT)
    git("init", "-q", cwd=folder)
    git("add", "-A", cwd=folder)
    git("commit", "-q", "-m", "all", cwd=folder)
    return git("rev-parse", "HEAD", cwd=folder).strip()
