"""The run: entries in, records out, in order, by as many processes as wanted; resumed where asked.

Entries are read and records are written by one process, in the order of the input; what cleans them
may be others. So the output is the same whatever their number, and a run that is broken off can go
on where its last committed row says that it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from cleaner.corpus.entry import Entry
from cleaner.corpus.pool import Lost, Pool
from cleaner.corpus.state import NoState, Row, State
from cleaner.corpus.work import Cleaning, Outcome
from cleaner.corpus.writers.output import Output
from cleaner.errors import OutputError, UnusableName
from cleaner.report.summary import Summary

_PACE = 1_000
"""Entries that need no work and wait for one that does, at most: what bounds memory."""
_TAKEN = "another article of this run has its name"
_NOTHING = Entry(name="", data=None, origin="")


class Watcher(Protocol):
    """Is told how a run goes."""

    def problem(self, entry: str, name: str, message: str) -> None:
        """No article can be made of an entry.

        Args:
            entry: where it is.
            name: of the error.
            message: what it says.
        """

    def step(self, size: int, summary: Summary) -> None:
        """An entry was dealt with.

        Args:
            size: of its input, in bytes.
            summary: of the run so far.
        """


@dataclass(slots=True)
class _Planned:
    """An entry on its way.

    Attributes:
        row: what is known of it; of an earlier run where nothing need be done.
        name: what its output is called.
        origin: where it is, for people.
        size: of its input, in bytes.
        sent: whether a worker has it.
        done: whether this run had dealt with it before it was broken off.
        pace: whether it is no entry at all.
        passed: how much of the inputs was read up to its end, in bytes.
    """

    row: Row
    name: str
    origin: str
    size: int
    sent: bool = False
    done: bool = False
    pace: bool = False
    passed: int = 0


@dataclass(slots=True)
class Run:
    """A run over a stream of entries.

    Attributes:
        cleaning: what workers do.
        output: where records go.
        state: what was done so far.
        watcher: is told how it goes.
        workers: how many processes clean; 0 for this one alone.
        time_limit: seconds for one article; counts only with workers.
        preload: modules that hold what workers need.
        unique: whether no two articles may have the same name.
        summary: of what was done.
    """

    cleaning: Cleaning
    output: Output
    state: State | NoState
    watcher: Watcher
    workers: int = 0
    time_limit: float | None = None
    preload: Sequence[str] = ()
    unique: bool = True
    summary: Summary = field(default_factory=Summary)
    _queue: deque[_Planned] = field(default_factory=deque)
    _resuming: bool = True

    def go(self, entries: Iterable[Entry]) -> Summary:
        """Deal with all entries.

        Raises:
            OutputError: the output cannot be written; what is written stays for a later run.
        """
        fingerprint = self.cleaning.fingerprint().encode()
        try:
            for outcome in self._outcomes(self._tasks(entries, fingerprint)):
                while not self._queue[0].sent:
                    self._settle(self._queue.popleft(), None)
                self._settle(self._queue.popleft(), outcome)
            while self._queue:
                self._settle(self._queue.popleft(), None)
            self.output.finish()
            self.state.finish()
        except OutputError:
            # A part of a line may be written; what was committed last is what can be relied on.
            raise
        except BaseException:
            # Ctrl-C among others: what is done is done.
            with contextlib.suppress(OutputError):
                self._commit()
            raise
        finally:
            self.output.close()
        return self.summary

    def _outcomes(self, tasks: Iterator[Entry]) -> Iterator[Outcome | Lost]:
        if not self.workers:
            return map(self.cleaning(), tasks)
        return Pool(self.cleaning, self.workers, self.time_limit, self.preload).map(tasks)

    def _tasks(self, entries: Iterable[Entry], fingerprint: bytes) -> Iterator[Entry]:
        """The entries that need work; the others are settled when it is their turn."""
        number = -1
        for number, entry in enumerate(entries):
            planned = self._plan(number, entry, fingerprint)
            if planned.sent:
                self._queue.append(planned)
                yield entry
            elif not self._queue:
                self._settle(planned, None)
            else:
                self._queue.append(planned)
                if len(self._queue) >= _PACE:
                    self._queue.append(_Planned(planned.row, "", "", 0, sent=True, pace=True))
                    yield _NOTHING
        if self._resuming:
            # There may have been more of them before it was broken off.
            self.output.cut(self.state.cut(number + 1))

    def _plan(self, number: int, entry: Entry, fingerprint: bytes) -> _Planned:
        """What is to be done with an entry."""
        data = (
            entry.data.encode("utf-8", "surrogatepass")
            if isinstance(entry.data, str)
            else (entry.data or b"")
        )
        problem = entry.problem
        key = _key(fingerprint, entry, data)
        row = Row(
            number,
            entry.record_path,
            key,
            problem=problem.name if problem is not None else None,
            message=str(problem) if problem is not None else "",
        )
        planned = _Planned(row, entry.name, entry.origin, len(data), passed=entry.passed)
        if self._resuming:
            known = self.state.at(number)
            if (
                known is not None
                and known.name == row.name
                and known.key == key
                and (known.problem is not None or self.output.holds(entry.name, known.size))
            ):
                planned.row, planned.done = known, True
                return planned
            # From here on this run is another one than the one that was broken off.
            self._resuming = False
            self.output.cut(self.state.cut(number))
        if problem is None:
            old = self.state.old(row.name)
            if (
                old is not None
                and old.key == key
                and self.output.keeps(entry.name, old.start, old.size)
            ):
                planned.row = Row(number, row.name, key, old.start, old.size, facts=old.facts)
            else:
                planned.sent = True
        return planned

    def _settle(self, planned: _Planned, outcome: Outcome | Lost | None) -> None:
        """Write what came of an entry, and remember it."""
        if planned.pace:
            return
        row = planned.row
        if isinstance(outcome, Lost):
            row = _failed(row, outcome.cause, outcome.detail)
        elif outcome is not None and outcome.problem is not None:
            row = _failed(row, outcome.problem, outcome.message)
        elif outcome is not None:
            row = self._written(planned, outcome)
        elif not planned.done and row.problem is None:
            row = self._kept(planned)
        if not planned.done:
            self.state.add(row)
        if row.facts is not None:
            self.summary.add(row.facts)
        else:
            self.summary.problem(row.problem or "")
            self.watcher.problem(planned.origin, row.problem or "", row.message)
        if self.state.due:
            self._commit()
        self.summary.passed = max(self.summary.passed, planned.passed)
        self.watcher.step(planned.size, self.summary)

    def _written(self, planned: _Planned, outcome: Outcome) -> Row:
        row = planned.row
        if self.unique and not self.state.free(row.name):
            return _failed(row, UnusableName.name, _TAKEN)
        try:
            start = self.output.put(planned.name, outcome.data)
        except UnusableName as error:
            return _failed(row, error.name, str(error))
        return Row(row.number, row.name, row.key, start, len(outcome.data), facts=outcome.facts)

    def _kept(self, planned: _Planned) -> Row:
        row = planned.row
        if self.unique and not self.state.free(row.name):
            return _failed(row, UnusableName.name, _TAKEN)
        return replace(row, start=self.output.keep(planned.name, row.start, row.size))

    def _commit(self) -> None:
        self.output.flush()
        self.state.commit()


def _failed(row: Row, name: str, message: str) -> Row:
    return replace(row, start=0, size=0, problem=name, facts=None, message=message)


def _key(fingerprint: bytes, entry: Entry, data: bytes) -> bytes:
    """A hash of all that decides what is made of an entry."""
    digest = hashlib.sha256(fingerprint)
    told = (entry.name, entry.encoding, entry.url, entry.date, entry.problem and str(entry.problem))
    stated = [*(str(t) for t in told), dict(entry.carried)]
    digest.update(json.dumps(stated).encode("utf-8", "surrogatepass"))
    digest.update(data)
    return digest.digest()[:16]
