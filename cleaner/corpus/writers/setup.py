"""Opening an output: new, or where a run that was broken off had got to."""

from __future__ import annotations

from cleaner.corpus.state import State
from cleaner.corpus.writers.checks import check_parts
from cleaner.corpus.writers.destination import Destination
from cleaner.corpus.writers.lines import Lines
from cleaner.corpus.writers.output import Output
from cleaner.corpus.writers.parts import Parts, is_being_put, put_in_place
from cleaner.corpus.writers.tree import Tree
from cleaner.errors import OutputError, UsageError

_TOLD = "output"


def opened(destination: Destination, state: State, *, resume: bool) -> Output:
    """The output of a run.

    Args:
        destination: where it goes.
        state: of the run; told what is begun.
        resume: whether to go on with what was broken off.

    Raises:
        UsageError: it was broken off with another sort of output, or would be mixed up with others.
        OutputError: it cannot be written, or was changed since.
    """
    before = state.get(_TOLD)
    goes_on = resume and not state.finished and state.at(0) is not None
    if goes_on and before not in (None, destination.told):
        raise UsageError(
            f"what was broken off there was written as {before}, not {destination.told}: give the "
            "same options, or leave out --resume"
        )
    if before is not None and _sort(before) != _sort(destination.told):
        state.start_from_nothing()
    state.set(_TOLD, destination.told)
    if destination.kind == "tree":
        return _tree(destination, state, resume)
    if destination.kind == "lines":
        return _lines(destination, state, resume)
    return _parts(destination, state, resume)


def closed(destination: Destination, state: State) -> None:
    """Remember how a finished file of lines looks: others may change it until the next run."""
    if destination.kind == "lines":
        state.set("file", Lines.looks(destination.target))
        state.commit()


def _sort(told: str) -> str:
    """What an earlier output must have in common with one for its records to be of use."""
    return told.partition(", --rotate")[0]


def _tree(destination: Destination, state: State, resume: bool) -> Tree:
    if not resume or state.finished:
        state.start_anew(parts=True)
    return Tree(destination.target, destination.suffix)


def _lines(destination: Destination, state: State, resume: bool) -> Lines:
    target = destination.target
    end = state.end()
    if not state.finished and end and Lines.is_through(target, end):
        # It was killed between putting the file in its place and saying so.
        state.finish()
    if not resume or state.finished:
        state.start_anew(parts=False)
        if state.get("file") != Lines.looks(target):
            state.forget_old()
    return Lines(target, state.end())


def _parts(destination: Destination, state: State, resume: bool) -> Parts:
    layout = destination.layout
    if is_being_put(state):
        # It was killed while it put its parts in their places.
        try:
            put_in_place(layout, state)
        except OutputError:
            if resume:
                raise
            state.start_from_nothing()
        else:
            state.finish()
    if not resume or state.finished:
        state.start_anew(parts=False)
    known = {f.name for part in (*state.parts.all(), *state.parts.old()) for f in part.files}
    check_parts(destination, known)
    state.commit()
    return Parts(layout, destination.form, state, destination.rotate)
