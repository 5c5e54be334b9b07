"""The script for array jobs on the page about clusters, run as a scheduler does, but one by one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command, environment
from tests.engines.conftest import Shards

pytestmark = pytest.mark.skipif(
    "CLEANER_TEST_ENGINES" not in os.environ, reason=".ci/engines runs it, with the engines"
)
PAGE = (ROOT / "docs/pages/cluster.md").read_text("utf-8")
(SCRIPT,) = re.findall(r"<!-- file: array.sh -->\n```sh\n(.*?)```\n", PAGE, re.DOTALL)


def job(folder: Path, number: int) -> subprocess.CompletedProcess[bytes]:
    """A job of the array."""
    slurm = {"SLURM_ARRAY_TASK_ID": str(number), "SLURM_CPUS_PER_TASK": "1"}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return subprocess.run(
        ["bash", "array.sh"],
        cwd=folder,
        env=environment({**slurm, "PATH": path}),
        capture_output=True,
        timeout=120,
        check=False,
    )


def test_array(shards: Shards, tmp_path: Path) -> None:
    assert shutil.which("cleaner", path=str(Path(sys.executable).parent))
    done = Command(tmp_path)("run", shards.folder, "--jsonl", "all.jsonl", "--workers", "0")
    assert done.returncode == 2
    files = [str(file) for file in sorted(shards.folder.iterdir())]
    (tmp_path / "shards.txt").write_text("\n".join(files) + "\n")
    (tmp_path / "array.sh").write_text(SCRIPT)
    (tmp_path / "clean").mkdir()
    # A few of them, one again once it is done.
    lines = []
    for number in (1, 5, 1, 13):
        assert job(tmp_path, number).returncode == 0, number
    for number in (1, 5, 13):
        written = tmp_path / f"clean/{Path(files[number - 1]).name}.jsonl"
        lines += written.read_text("utf-8").splitlines()
    every = (tmp_path / "all.jsonl").read_text("utf-8").splitlines()
    wanted = tuple(f'"path": "{Path(files[number - 1]).name}/' for number in (1, 5, 13))
    assert lines == [line for line in every if any(name in line for name in wanted)]
    shutil.rmtree(tmp_path / "clean")
    (tmp_path / "clean").touch()
    assert job(tmp_path, 1).returncode != 0
