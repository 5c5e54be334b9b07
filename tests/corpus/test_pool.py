"""Worker processes: order, and what becomes of a task whose worker is lost."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import cast

import pytest

from cleaner.corpus.pool import Lost, Pool, PoolError


def double(task: int) -> int:
    """What the workers of these tests do; some numbers are harder than others."""
    if task == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    if task == 17:
        os._exit(3)
    if task == 19:
        time.sleep(60)
    if task % 10 == 0:
        time.sleep(0.02)
    return 2 * task


def make() -> Callable[[int], int]:
    return double


def fails() -> Callable[[int], int]:
    os._exit(1)


def big(task: int) -> bytes:
    return bytes(task)


def make_big() -> Callable[[int], bytes]:
    return big


HARD = (13, 17, 19)
Results = Generator[int | Lost, None, None]


@pytest.mark.parametrize("workers", [1, 3])
@pytest.mark.parametrize("system", [os.name, "another"])
def test_results_come_in_the_order_of_the_tasks(
    workers: int, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.corpus.processes.SYSTEM", system)
    tasks = [n for n in range(200) if n not in HARD]
    assert list(Pool(make, workers).map(tasks)) == [2 * n for n in tasks]


def test_nothing_to_do() -> None:
    assert list(Pool(make, 2).map([])) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_lost_worker_costs_one_task(workers: int) -> None:
    found = list(Pool(make, workers, time_limit=2.0).map(range(40)))
    assert [n for n, r in enumerate(found) if isinstance(r, Lost)] == list(HARD)
    assert [r for r in found if not isinstance(r, Lost)] == [
        2 * n for n in range(40) if n not in HARD
    ]
    assert [found[n] for n in HARD] == [
        Lost("worker-died", "the worker process ended with signal SIGKILL"),
        Lost("worker-died", "the worker process ended with exit status 3"),
        Lost("time-out", "it took longer than 2 seconds"),
    ]


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = 0

    def tasks() -> Iterator[int]:
        nonlocal taken
        for n in range(10_000):
            taken += 1
            yield 20 if n == 0 else 1

    results = cast(Results, Pool(make, 2).map(tasks()))
    for _ in range(10):
        next(results)
    assert taken < 300
    results.close()


def test_large_tasks_and_results_do_not_block_each_other() -> None:
    tasks = [3_000_000, 10, 2_000_000, 10] * 6
    assert [len(r) for r in Pool(make_big, 2).map(tasks) if isinstance(r, bytes)] == tasks


def test_workers_that_cannot_start() -> None:
    with pytest.raises(PoolError, match="ended before they had begun: exit status 1"):
        list(Pool(fails, 2).map([1, 2]))


@pytest.mark.parametrize("times", [2, 3])
def test_a_process_that_does_not_start(times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[None] = []

    @contextlib.contextmanager
    def failing() -> Iterator[None]:
        started.append(None)
        if len(started) <= times:
            raise EOFError("unexpected EOF")
        yield

    monkeypatch.setattr("cleaner.corpus.pool.ignoring_interrupts", failing)
    if times < 3:
        assert list(Pool(make, 1).map([1, 2])) == [2, 4]
    else:
        with pytest.raises(PoolError, match="cannot be started: EOFError"):
            list(Pool(make, 1).map([1, 2]))


class Heavy:
    """More than fits a pipe; gives what does a task, unless its process is the first of all."""

    def __init__(self, mark: str) -> None:
        self.mark = mark
        self.weight = bytes(3_000_000)

    def __call__(self) -> Callable[[int], int]:
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.mark, os.O_CREAT | os.O_EXCL))
            os.kill(os.getpid(), signal.SIGKILL)
        return double


def test_a_worker_that_is_killed_before_it_has_begun(tmp_path: Path) -> None:
    made = Pool(Heavy(str(tmp_path / "mark")), 2)
    assert list(made.map(range(9))) == [2 * n for n in range(9)]


def ends(*_: object) -> None:
    os._exit(1)


def test_workers_that_end_at_once_while_they_are_told_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.corpus.pool.work", ends)
    with pytest.raises(PoolError, match="exit status 1"):
        list(Pool(Heavy(str(tmp_path / "mark")), 2).map([1]))


def own_process(task: int) -> int:
    return os.getpid()


def make_own_process() -> Callable[[int], int]:
    return own_process


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are not forked there")
def test_a_worker_that_has_done_enough_is_replaced() -> None:
    found = list(Pool(make_own_process, 1, life=20).map(range(100)))
    # It is told of some tasks at a time.
    assert 4 <= len(set(found)) <= 5
    assert len(set(Pool(make_own_process, 1).map(range(100)))) == 1


def test_no_process_stays_behind() -> None:
    results = cast(Results, Pool(make, 2).map(iter(range(100, 1000))))
    next(results)
    results.close()
    assert multiprocessing.active_children() == []


def test_what_goes_wrong_with_the_tasks_is_raised() -> None:
    def tasks() -> Iterator[int]:
        yield 1
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(Pool(make, 2).map(tasks()))
