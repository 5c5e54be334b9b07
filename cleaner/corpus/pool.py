"""Worker processes: results in the order of the tasks, and a worker that dies costs one task."""

from __future__ import annotations

import contextlib
import itertools
import pickle
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Generic, Literal, TypeVar

from cleaner.corpus.processes import Pipes, context, ignoring_interrupts, said, work
from cleaner.errors import CleanerError

T = TypeVar("T")
R = TypeVar("R")

_BATCH = 8
"""Tasks that are sent to a worker at once, so that it need not wait for each."""
_BATCH_BYTES = 1 << 20
_AHEAD = 4
"""Batches for each worker that may be done before the first of them is taken: what bounds memory
where one task takes long and the others do not."""
_GRACE = 5.0
"""Seconds that workers get to end by themselves."""
_TRIES = 3
"""So many workers in a row may end before they have begun: one may be killed, but not all are."""
_LIFE = 1_000
"""Tasks after which a worker is replaced: what libraries remember, and how memory breaks up over
many texts, then does not grow with the number of tasks."""

Cause = Literal["worker-died", "time-out"]


class PoolError(CleanerError):
    """Workers cannot be started at all."""

    name = "no-workers"


@dataclass(frozen=True, slots=True)
class Lost:
    """What comes in a result's place where the worker was lost.

    Attributes:
        cause: ``worker-died`` (out of memory, a crash in a library) or ``time-out``.
        detail: what is known of it, for people.
    """

    cause: Cause
    detail: str


@dataclass(slots=True)
class _Worker(Generic[T]):
    process: BaseProcess
    pipe: Connection
    greeted: bool = False
    """Whether it has said that it is there, and was told what to do."""
    ready: bool = False
    waiting: deque[tuple[int, bytes]] = field(default_factory=deque)
    """Tasks that it was sent and has not answered; the first is the one that it is at."""
    since: float = 0.0
    done: int = 0
    """Tasks that it has answered."""


class Pool(Generic[T, R]):
    """Does tasks in processes of their own.

    Args:
        make: called once in each worker; gives what does a task. It and the tasks must pickle.
        workers: how many processes.
        time_limit: seconds after which a task is given up, and its worker replaced; none unless
            given.
        preload: modules that every worker needs. Where the system can, they are imported once, by
            a process that does nothing else, and workers are forked from that.
        life: tasks after which a worker is replaced, where workers are forked.
    """

    def __init__(
        self,
        make: Callable[[], Callable[[T], R]],
        workers: int,
        time_limit: float | None = None,
        preload: Sequence[str] = (),
        life: int = _LIFE,
    ) -> None:
        self._make = pickle.dumps(make, pickle.HIGHEST_PROTOCOL)
        self._failed = 0
        self._count = workers
        self._limit = time_limit
        self._context = context(preload)
        # A worker that has to load everything anew takes too long to start.
        self._life = life if self._context.get_start_method() == "forkserver" else sys.maxsize
        self._workers: list[_Worker[T]] = []
        self._pipes: Pipes[_Worker[T]]

    def map(self, tasks: Iterable[T]) -> Iterator[R | Lost]:
        """The results of the tasks, in their order, each as soon as all before it are there.

        Tasks are taken from the stream as workers become free: a bounded number ahead.

        Raises:
            PoolError: workers end before they have begun.
        """
        fresh = enumerate(pickle.dumps(task, pickle.HIGHEST_PROTOCOL) for task in tasks)
        again: deque[tuple[int, bytes]] = deque()
        results: dict[int, R | Lost] = {}
        first = given = 0
        exhausted = False
        self._pipes = Pipes()
        try:
            for _ in range(self._count):
                self._workers.append(self._start())
            while True:
                for place, worker in enumerate(self._workers):
                    room = self._count * _BATCH * _AHEAD - (given - first)
                    if worker.waiting or not worker.ready:
                        continue
                    if not again and (exhausted or room <= 0):
                        break
                    if worker.done >= self._life:
                        self._workers[place] = self._replaced(worker)
                        continue
                    batch = self._batch(again, fresh, room)
                    if not batch:
                        exhausted = True
                        break
                    given = max(given, batch[-1][0] + 1)
                    self._send(worker, batch)
                while first in results:
                    yield results.pop(first)
                    first += 1
                if exhausted and not again and first == given:
                    return
                results.update(self._answers(again))
        finally:
            self._end()

    def _batch(
        self, again: deque[tuple[int, bytes]], fresh: Iterator[tuple[int, bytes]], room: int
    ) -> list[tuple[int, bytes]]:
        """The next tasks for a worker; what another one lost goes first, and one by one."""
        if again:
            return [again.popleft()]
        batch: list[tuple[int, bytes]] = []
        size = 0
        for task in itertools.islice(fresh, min(_BATCH, room)):
            batch.append(task)
            size += len(task[1])
            if size >= _BATCH_BYTES:
                break
        return batch

    def _send(self, worker: _Worker[T], batch: list[tuple[int, bytes]]) -> None:
        worker.waiting.extend(batch)
        worker.since = time.monotonic()
        try:
            worker.pipe.send([data for _, data in batch])
        except OSError:
            # It has died; whoever waits for its answers will see that.
            return

    def _answers(self, again: deque[tuple[int, bytes]]) -> Iterator[tuple[int, R | Lost]]:
        """What workers have answered by now; waits until one has."""
        for worker in self._pipes.ready(self._patience()):
            try:
                answer: Any = worker.pipe.recv()
            except (EOFError, OSError):
                yield from self._lost(worker, again, "worker-died")
                continue
            if not worker.greeted:
                worker.greeted = True
                # One that has died will show that by itself.
                with contextlib.suppress(OSError):
                    worker.pipe.send_bytes(self._make)
                continue
            if not worker.ready:
                worker.ready = True
                self._failed = 0
                continue
            number, _ = worker.waiting.popleft()
            worker.since = time.monotonic()
            worker.done += 1
            yield number, answer
        if self._limit is not None:
            now = time.monotonic()
            for worker in list(self._workers):
                if worker.waiting and now - worker.since > self._limit:
                    yield from self._lost(worker, again, "time-out")

    def _patience(self) -> float | None:
        """Seconds until the next task is to be given up."""
        starts = [worker.since for worker in self._workers if worker.waiting]
        if self._limit is None or not starts:
            return None
        return max(0.0, min(starts) + self._limit - time.monotonic()) + 0.01

    def _lost(
        self, worker: _Worker[T], again: deque[tuple[int, bytes]], cause: Cause
    ) -> Iterator[tuple[int, Lost]]:
        """Give up the task that a worker was at, and put another worker in its place."""
        worker.process.kill()
        worker.process.join()
        self._pipes.close(worker.pipe)
        code = worker.process.exitcode
        if not worker.ready:
            self._failed += 1
            if self._failed >= _TRIES:
                raise PoolError(f"worker processes ended before they had begun: {said(code)}")
        place = self._workers.index(worker)
        if worker.waiting:
            number, _ = worker.waiting.popleft()
            again.extend(worker.waiting)
            if cause == "time-out":
                detail = f"it took longer than {self._limit:g} seconds"
            else:
                detail = f"the worker process ended with {said(code)}"
            yield number, Lost(cause, detail)
        self._workers[place] = self._start()

    def _replaced(self, worker: _Worker[T]) -> _Worker[T]:
        """A worker in the place of one that has done enough."""
        self._pipes.close(worker.pipe)
        _ended(worker.process)
        return self._start()

    def _start(self) -> _Worker[T]:
        tries = 0
        while True:
            tries += 1
            ours, theirs = self._context.Pipe()
            process = self._context.Process(target=work, args=(theirs,), daemon=True)
            try:
                with ignoring_interrupts():
                    process.start()
            # The process that workers are forked from was killed; another try starts another one.
            except (OSError, EOFError) as error:
                ours.close()
                if tries == _TRIES:
                    raise PoolError(f"worker processes cannot be started: {error!r}") from error
            else:
                worker: _Worker[T] = _Worker(process, ours)
                self._pipes.add(ours, worker)
                return worker
            finally:
                theirs.close()

    def _end(self) -> None:
        """End all workers: at once those that are at something, the others by themselves."""
        for worker in self._workers:
            self._pipes.close(worker.pipe)
            if worker.waiting:
                worker.process.kill()
        for worker in self._workers:
            _ended(worker.process)
        self._workers = []
        self._pipes.end()


def _ended(process: BaseProcess) -> None:
    """Wait until a process has ended, which has nothing to do any more."""
    process.join(_GRACE)
    if process.is_alive():
        process.kill()
        process.join()
