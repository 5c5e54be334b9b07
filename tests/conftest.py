"""What all tests share: hypothesis' profiles, and the command run as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from cleaner.judge.chars import CharTables
from cleaner.judge.model import builtin_model
from tests.served import Server

ROOT = Path(__file__).parent.parent

# Under CI the examples are the same on every run, so that a red build stays red; a developer's
# machine looks for new ones. Time limits would fail on a busy machine and prove nothing.
settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
settings.register_profile("dev", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


class Command:
    """Runs ``cleaner`` in a process of its own, in a directory of its own.

    Attributes:
        cwd: the directory.
        server: runs it without starting it anew, but where Python itself is told something.
    """

    def __init__(self, cwd: Path, server: Server | None = None) -> None:
        self.cwd = cwd
        self.server = server

    def __call__(
        self,
        *args: str | Path,
        stdin: bytes = b"",
        env: Mapping[str, str] | None = None,
        python: tuple[str, ...] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        told = python or any(name.startswith("PYTHON") for name in env or {})
        if self.server is not None and not told:
            return self.server.run([*map(str, args)], stdin, self.cwd, environment(env))
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
    # Nor what keeps Python from storing what it compiles: every start would compile it all again.
    left_out = ("CI", "NO_COLOR", "COLUMNS", "PYTHONDONTWRITEBYTECODE")
    plain = {k: v for k, v in os.environ.items() if k not in left_out}
    return {**plain, "PYTHONPATH": str(ROOT), **(more or {})}


@pytest.fixture(scope="session")
def server() -> Iterator[Server | None]:
    """Runs commands quickly, where processes can be copied."""
    if not hasattr(os, "fork"):
        yield None
        return
    running = Server(ROOT, environment())
    yield running
    running.close()


@pytest.fixture
def cleaner(tmp_path: Path, server: Server | None) -> Command:
    """The command, run in an empty directory."""
    return Command(tmp_path, server)


@pytest.fixture(scope="module")
def tables() -> CharTables:
    return builtin_model().tables
