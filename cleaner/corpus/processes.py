"""Worker processes: how they are started, and what they do."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import selectors
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Any, Generic, TypeVar

T = TypeVar("T")

SYSTEM = os.name


def context(preload: Sequence[str]) -> ForkServerContext | SpawnContext:
    """How processes are started: forked from one that does nothing else, where Linux can do so.

    Args:
        preload: the modules that it imports.
    """
    if not sys.platform.startswith("linux"):
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(preload))
    return context


@contextlib.contextmanager
def ignoring_interrupts() -> Iterator[None]:
    """Start processes that ignore Ctrl-C, from their first moment on.

    It goes to the whole group of processes, and the first one decides what comes of it.
    """
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may say what signals do; nobody interrupts another one.
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class Pipes(Generic[T]):
    """Pipes, each with what it leads to; says which of them there is something in."""

    def __init__(self) -> None:
        self._all: dict[Connection, T] = {}
        # Where the system can, it is told of each pipe once, not each time that it is asked.
        self._system = selectors.DefaultSelector() if SYSTEM == "posix" else None

    def add(self, pipe: Connection, to: T) -> None:
        """One more."""
        self._all[pipe] = to
        if self._system is not None:
            self._system.register(pipe, selectors.EVENT_READ)

    def close(self, pipe: Connection) -> None:
        """Close one of them, unless it is closed already."""
        if self._all.pop(pipe, None) is None:
            return
        if self._system is not None:
            self._system.unregister(pipe)
        pipe.close()

    def ready(self, patience: float | None) -> list[T]:
        """Where something can be read, or the other end is closed.

        Args:
            patience: seconds to wait for that; without end unless given.
        """
        if self._system is None:
            found: list[Any] = wait(self._all, patience)
        else:
            found = [key.fileobj for key, _ in self._system.select(patience)]
        return [self._all[pipe] for pipe in found]

    def end(self) -> None:
        """Ask no more."""
        if self._system is not None:
            self._system.close()


def work(pipe: Connection) -> None:
    """What a worker does until its pipe is closed."""
    # What it is to do comes through the pipe: it is large, and to hand a process more than fits its
    # arguments' buffer waits for ever if that process has died.
    try:
        pipe.send(None)
        do: Callable[[Any], Any] = pickle.loads(pipe.recv_bytes())()
        pipe.send(None)
        while True:
            for data in pipe.recv():
                pipe.send(do(pickle.loads(data)))
    except (EOFError, OSError):
        return


def said(code: int | None) -> str:
    """An exit status for people."""
    if code is not None and code < 0:
        try:
            return f"signal {signal.Signals(-code).name}"
        except ValueError:
            return f"signal {-code}"
    return f"exit status {code}"
