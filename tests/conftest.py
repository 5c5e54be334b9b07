"""What all tests share: hypothesis' profiles, and the command run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from cleaner.judge.chars import CharTables
from cleaner.judge.model import builtin_model

ROOT = Path(__file__).parent.parent

# Under CI the examples are the same on every run, so that a red build stays red; a developer's
# machine looks for new ones. Time limits would fail on a busy machine and prove nothing.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class Command:
    """Runs ``cleaner`` in a process of its own, in a directory of its own."""

    def __init__(self, cwd: Path) -> None:
        self.cwd = cwd

    def __call__(
        self,
        *args: str | Path,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        python: tuple[str, ...] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, *python, "-m", "cleaner", *map(str, args)],
            input=stdin,
            capture_output=True,
            cwd=self.cwd,
            env=environment(env),
            timeout=120,
            check=False,
        )


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """This process's environment without what would colour or localise output, and more."""
    plain = {k: v for k, v in os.environ.items() if k not in ("CI", "NO_COLOR", "COLUMNS")}
    return {**plain, "PYTHONPATH": str(ROOT), **(more or {})}


@pytest.fixture
def cleaner(tmp_path: Path) -> Command:
    """The command, run in an empty directory."""
    return Command(tmp_path)


@pytest.fixture(scope="module")
def tables() -> CharTables:
    return builtin_model().tables
