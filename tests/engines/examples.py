"""The examples of the documentation, run.

    python -m tests.engines.examples datatrove|ray

Those of Ray all run on the one that is started first.
"""

from __future__ import annotations

import sys
from typing import Any

from tests.adapters.examples import EXAMPLES, examples, run_code
from tests.conftest import ROOT

CLUSTER = examples((ROOT / "docs/pages/cluster.md").read_text("utf-8"))


def on_datatrove() -> int:
    """Those of datatrove; what needs a cluster is made, but not run.

    Returns:
        How many expressions were compared.
    """
    from datatrove.executor import RayPipelineExecutor, SlurmPipelineExecutor

    compared = run_code(EXAMPLES["datatrove"], {"__name__": "__main__"})
    names: dict[str, Any] = {"__name__": "__main__"}
    compared += run_code(CLUSTER["datatrove"], names)
    made: list[object] = []
    for executor in (SlurmPipelineExecutor, RayPipelineExecutor):
        # A builtin would not be bound.
        executor.run = lambda self: made.append(self)
    run_code(CLUSTER["executors"], names)
    assert [type(executor).__name__[:3] for executor in made] == ["Slu", "Ray"]
    return compared


def on_ray() -> int:
    """Those of Ray Data.

    Returns:
        How many expressions were compared.
    """
    import ray

    ray.init(num_cpus=1, include_dashboard=False, object_store_memory=100 << 20)
    return sum(run_code(page["ray"], {"__name__": "__main__"}) for page in (EXAMPLES, CLUSTER))


if __name__ == "__main__":
    assert CLUSTER.keys() == {"datatrove", "executors", "ray"}
    assert {"datatrove": on_datatrove, "ray": on_ray}[sys.argv[1]]() >= 6
