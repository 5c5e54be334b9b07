"""Programs that start others, which must all be gone when a test ends."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from tests.conftest import ROOT, environment

MARK = "CLEANER_TEST_HOST"
"""The variable by whose value all processes of a test are known, whoever started them."""


class Host:
    """Runs modules of the tests in sessions of their own.

    Attributes:
        folder: for what engines write beside their results. Its path is short: sockets lie in it.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="e-"))
        self._mark = uuid.uuid4().hex

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # Again, for what was started meanwhile.
        for _again in range(3):
            for process in self.processes():
                with contextlib.suppress(OSError):
                    os.kill(process, signal.SIGKILL)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(
        self, module: str, *arguments: str | Path, timeout: float
    ) -> subprocess.CompletedProcess[str]:
        """Run a module, and wait for it.

        Args:
            module: its name.
            arguments: what it is given.
            timeout: seconds that it may take.
        """
        # Written to files: what outlives the program would keep a pipe open.
        shown = {name: self.folder / f"{name}-{uuid.uuid4().hex}" for name in ("out", "err")}
        with shown["out"].open("wb") as out, shown["err"].open("wb") as err:
            process = subprocess.Popen(
                [sys.executable, "-m", module, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=err,
                cwd=ROOT,
                env=self._environment(),
                start_new_session=True,
            )
            try:
                process.wait(timeout)
            except subprocess.TimeoutExpired:
                print(shown["err"].read_text("utf-8", "replace"), file=sys.stderr)
                raise
        texts = (file.read_text("utf-8", "replace") for file in shown.values())
        return subprocess.CompletedProcess(module, process.returncode, *texts)

    def processes(self) -> Iterator[int]:
        """All processes that came of what was run, by whatever ways."""
        wanted = f"{MARK}={self._mark}".encode()
        for entry in os.scandir("/proc"):
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if wanted in Path(entry.path, "environ").read_bytes().split(b"\0"):
                        yield int(entry.name)

    def _environment(self) -> dict[str, str]:
        return environment(
            {
                MARK: self._mark,
                "HOME": str(self.folder),
                "RAY_AUTH_MODE": "disabled",
                "RAY_DATA_DISABLE_PROGRESS_BARS": "1",
                "RAY_DEDUP_LOGS": "0",
                "RAY_TMPDIR": str(self.folder),
                "RAY_USAGE_STATS_ENABLED": "0",
                "TMPDIR": str(self.folder),
            }
        )
