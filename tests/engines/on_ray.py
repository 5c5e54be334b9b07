"""Cleans shards on a Ray cluster of two nodes, of which one is killed midway.

python -m tests.engines.on_ray SHARDS OUT MARKS
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ray
import ray.data
from ray.cluster_utils import Cluster

from cleaner.adapters.ray import ArticleCleaner, read_articles

MEMORY = 100 << 20
"""Bytes for the objects of a node."""
TRIES = 5
PATIENCE = 240.0
"""Seconds for what takes a few on a machine that has nothing else to do."""


class Gate:
    """Lets one batch through on the node that is to be killed, and holds the next one there.

    The other node waits until then, so that the first one is killed midway on any machine.
    """

    def __init__(self, marks: Path, victim: str) -> None:
        self.marks = marks
        self.victim = victim

    def __call__(self, batch: Any) -> Any:
        node = ray.get_runtime_context().get_node_id()
        there = len(reached(self.marks, self.victim))
        (self.marks / f"{node}-{uuid.uuid4().hex}").touch()
        if node == self.victim and there:
            time.sleep(PATIENCE)
        wait_for(lambda: node == self.victim or len(reached(self.marks, self.victim)) > 1)
        return batch


def reached(marks: Path, node: str) -> list[Path]:
    """The batches that came to a node."""
    return list(marks.glob(f"{node}-*"))


def wait_for(condition: Any) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: it is not.
    """
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the cluster does not get on")
        time.sleep(0.05)


def children(process: int) -> Iterator[int]:
    """The processes that a process started, and those that these did."""
    with contextlib.suppress(OSError):
        for child in Path(f"/proc/{process}/task/{process}/children").read_text().split():
            yield from children(int(child))
            yield int(child)


def kill(parent: int, *, itself: bool = True) -> int:
    """Kill a process and all that it started at once, as a power cut does.

    Returns:
        How many there were.
    """
    # It comes first, so that it starts no others.
    processes = [parent] * itself + list(children(parent))
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    return len(processes)


def articles(shards: Path, gate: Gate) -> ray.data.Dataset:
    """The cleaned rows of shards of all three kinds."""
    files = [sorted(map(str, shards.glob(f"*.{kind}"))) for kind in ("parquet", "jsonl", "warc.gz")]
    clean = ArticleCleaner(
        ("text", "data"),
        path="path",
        url="stated_url",
        encoding="stated_encoding",
        record=True,
    )
    read = [
        ray.data.read_parquet(files[0], override_num_blocks=len(files[0])),
        ray.data.read_json(files[1], override_num_blocks=len(files[1])),
        read_articles(files[2]),
    ]
    cleaned = [
        dataset.map_batches(gate, batch_format="pyarrow")
        .map_batches(clean, batch_format="pyarrow")
        .select_columns(["path", "cleaner_error", "cleaner_record"])
        for dataset in read
    ]
    return cleaned[0].union(*cleaned[1:])


def started() -> tuple[Cluster, Any]:
    """A cluster, and its other node.

    Raises:
        Exception: Ray's, that it does not start.
    """
    # A node that does not answer is given up sooner than is wise on a real network.
    config = {"health_check_period_ms": 1_000, "health_check_failure_threshold": 3}
    size: dict[str, Any] = {"num_cpus": 1, "object_store_memory": MEMORY}
    head = {**size, "include_dashboard": False, "_system_config": config}
    for left in reversed(range(TRIES)):
        try:
            cluster = Cluster(initialize_head=True, head_node_args=head)
            return cluster, cluster.add_node(**size)
        except Exception:
            # Ray gives a node 30 seconds to start, which a busy machine may not give it.
            kill(os.getpid(), itself=False)
            if not left:
                raise
    raise AssertionError


def main(shards: Path, out: Path, marks: Path) -> None:
    """Clean, kill, and tell what was there and what is left."""
    cluster, other = started()
    ray.init(address=cluster.address, logging_level="warning")
    nodes = [each["NodeID"] for each in ray.nodes() if each["Alive"]]
    victim = other.node_id
    killed = [0]

    def strike() -> None:
        wait_for(lambda: len(reached(marks, victim)) > 1)
        (raylet,) = [info.process.pid for info in other.all_processes["raylet"]]
        killed[0] = kill(raylet)

    striker = threading.Thread(target=strike, daemon=True)
    striker.start()
    articles(shards, Gate(marks, victim)).write_parquet(str(out))
    striker.join()
    told = {
        "nodes": len(nodes),
        "killed": killed[0],
        "left": sum(each["Alive"] for each in ray.nodes()),
        "batches": {node: len(reached(marks, node)) for node in nodes},
    }
    print(json.dumps(told))
    ray.shutdown()
    cluster.shutdown()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
