"""The command, run in copies of a process that has loaded it: starting it anew takes seconds.

A copy is a process of its own, with its own arguments, environment, directory and streams. What a
start from nothing does (what is imported, what it takes from Python's own variables) is for tests
that start it so.
"""

from __future__ import annotations

import array
import importlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from cleaner import Pipeline

_LIMIT = 120
"""Seconds after which a command is given up."""
_MOST = 1 << 20
_STREAMS = 3


class Server:
    """A process that runs commands, as long as this one lives."""

    def __init__(self, root: Path, env: Mapping[str, str]) -> None:
        self._socket, theirs = socket.socketpair()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.served", str(theirs.fileno())],
            cwd=root,
            env=env,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        self._socket.settimeout(_LIMIT)

    def run(
        self, args: Sequence[str], stdin: bytes, cwd: Path, env: Mapping[str, str]
    ) -> subprocess.CompletedProcess[bytes]:
        """Run a command to its end."""
        with (
            tempfile.TemporaryFile() as read,
            tempfile.TemporaryFile() as written,
            tempfile.TemporaryFile() as told,
        ):
            read.write(stdin)
            read.seek(0)
            request = json.dumps([args, str(cwd), dict(env)]).encode()
            streams = [file.fileno() for file in (read, written, told)]
            socket.send_fds(self._socket, [request], streams)
            try:
                status = int(self._socket.recv(_MOST))
            except (TimeoutError, ValueError):
                os.killpg(self._process.pid, signal.SIGKILL)
                raise
            written.seek(0)
            told.seek(0)
            return subprocess.CompletedProcess(args, status, written.read(), told.read())

    def close(self) -> None:
        """End the process."""
        self._socket.close()
        self._process.wait(_LIMIT)


def _load() -> None:
    """What most commands load, loaded once for all."""
    for name in ("cleaner.cli", "cleaner.corpus.start", "cleaner.fix", "cleaner.golden"):
        importlib.import_module(name)
    sentence = "The council said on Monday that the bridge would be closed for the whole of May. "
    Pipeline()(("A title\n\n" + sentence * 3).encode())
    Pipeline()(f"<html><body><h1>A title</h1><p>{sentence * 3}</p></body></html>".encode())


def _serve(channel: socket.socket) -> bool:
    """Answer requests; whether this is the copy that is to run a command."""
    while True:
        request, streams = _receive(channel)
        if not request:
            return False
        child = os.fork()
        if not child:
            channel.close()
            args, cwd, env = json.loads(request)
            _become(args, cwd, env, streams)
            return True
        for stream in streams:
            os.close(stream)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        channel.send(str(status).encode())


def _receive(channel: socket.socket) -> tuple[bytes, list[int]]:
    size = socket.CMSG_LEN(_STREAMS * array.array("i").itemsize)
    request, more, _, _ = channel.recvmsg(_MOST, size)
    streams = array.array("i")
    for _, _, data in more:
        streams.frombytes(data)
    return request, list(streams)


def _become(args: list[str], cwd: str, env: dict[str, str], streams: list[int]) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin = io.TextIOWrapper(io.BufferedReader(io.FileIO(0)))
    sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")))
    sys.stderr = io.TextIOWrapper(
        io.BufferedWriter(io.FileIO(2, "w")), errors="backslashreplace", line_buffering=True
    )
    sys.argv = ["cleaner", *args]


if __name__ == "__main__":
    _load()
    if _serve(socket.socket(fileno=int(sys.argv[1]))):
        from cleaner.cli import main

        main()
