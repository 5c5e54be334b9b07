"""Worker processes: how they are started, and what they do."""

from __future__ import annotations

import contextlib
import multiprocessing
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Any


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
