"""Cleans shards with datatrove: several tasks, of which one is killed midway the first time.

    python -m tests.engines.on_datatrove local|ray SHARDS OUT

The local run kills itself and all of its processes, unless the file ``killed`` is in OUT already.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor, RayPipelineExecutor
from datatrove.pipeline.base import PipelineStep
from datatrove.pipeline.writers import JsonlWriter

from cleaner.adapters.datatrove import ArticleCleaner, ArticleReader

TASKS = 4
PATIENCE = 240.0


class Strike(PipelineStep):  # type: ignore[misc] # datatrove may be missing
    """Kills the run in its last task, when some articles of it are through and a task is done."""

    type = "TEST"
    name = "Strike"

    def __init__(self, out: Path) -> None:
        super().__init__()
        self.out = out

    def run(
        self, data: Iterable[Document], rank: int = 0, world_size: int = 1
    ) -> Iterator[Document]:
        """Pass documents on."""
        for number, doc in enumerate(data):
            if rank == world_size - 1 and number == 3 and not (self.out / "killed").exists():
                end = time.monotonic() + PATIENCE
                while not any(self.out.glob("log/completions/*")) and time.monotonic() < end:
                    time.sleep(0.05)
                (self.out / "killed").touch()
                os.killpg(os.getpgrp(), signal.SIGKILL)
            yield doc


def main(executor: str, shards: str, out: str) -> None:
    """Run."""
    pipeline: list[Any] = [
        ArticleReader(shards),
        ArticleCleaner("media", record=True),
        JsonlWriter(f"{out}/articles", "${rank}.jsonl", compression=None),
    ]
    if executor == "local":
        pipeline.insert(2, Strike(Path(out)))
        LocalPipelineExecutor(pipeline, tasks=TASKS, workers=2, logging_dir=f"{out}/log").run()
        return
    import ray

    ray.init(num_cpus=2, include_dashboard=False, object_store_memory=100 << 20)
    RayPipelineExecutor(
        pipeline, tasks=TASKS, workers=2, mem_per_cpu_gb=0.1, logging_dir=f"{out}/log"
    ).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
