"""Checking and fixing many articles: findings are printed, bad inputs named, the rest goes on."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.check import Choice, Finding, findings
from cleaner.config import Config
from cleaner.errors import EmptyInput, InputError, UsageError
from cleaner.fix import Fixed, fix
from cleaner.inputs import STDIN, Input, find, read
from cleaner.layer import text_layer
from cleaner.output import write_file
from cleaner.pipeline import Pipeline
from cleaner.rules.select import check_names, chooses
from cleaner.run import check_encoding, complaint, guarded
from cleaner.stages.header import below_header

Tell = Callable[[str], None]
NONE = "none"
"""What ``fail-on`` says where no finding is to fail."""


@dataclass(slots=True)
class Tally:
    """What came of the inputs.

    Attributes:
        articles: how many were looked at.
        found: how many pieces of cruft there were.
        failing: how many of them fail.
        changed: how many articles were changed, or would be.
        problems: how many inputs could not be dealt with.
    """

    articles: int = 0
    found: int = 0
    failing: int = 0
    changed: int = 0
    problems: int = 0

    @property
    def status(self) -> int:
        """The exit status: 0 fine, 1 findings or changes, 2 an input that could not be read."""
        return 2 if self.problems else 1 if self.failing or self.changed else 0


@dataclass(frozen=True, slots=True)
class Linter:
    """Looks for cruft in articles as the settings say.

    Attributes:
        config: the settings.
        pipeline: what cleans.
        tell: takes a line about each input that cannot be dealt with.
        stdin_name: what standard input is called.
        tally: what came of the inputs so far.
    """

    config: Config
    pipeline: Pipeline
    tell: Tell
    stdin_name: str = "stdin"
    tally: Tally = field(default_factory=Tally)

    @classmethod
    def of(cls, config: Config, tell: Tell, stdin_name: str = "stdin") -> Linter:
        """A linter with the settings' pipeline.

        Raises:
            UsageError: a setting names a rule or a kind that there is none of.
            CleanerError: a file that a setting names is not what it must be.
        """
        # What language the article is in changes nothing of what is taken out of it; and a file
        # that somebody looks after needs its header, and the heading that says the same.
        pipeline = config.pipeline()
        pipeline = pipeline.without(*{"identify", "header"} - set(config.without))
        pipeline = pipeline.with_stage("below-header", below_header, before="match")
        book = pipeline.rules
        check_names(book, config.select, "select")
        check_names(book, config.ignore, "ignore")
        if config.fail_on != (NONE,):
            check_names(book, config.fail_on, "fail-on")
        check_encoding(config.encoding)
        return cls(config, pipeline, tell, stdin_name)

    def check(self, inputs: Sequence[str]) -> Iterator[Finding]:
        """Each piece of cruft in the inputs."""
        for found, data in self._read(inputs):
            try:
                article = guarded(self.pipeline, data, "", self.config.encoding)
                text = text_layer(data, encoding=self.config.encoding)
            except InputError as error:
                self._problem(found, error)
                continue
            removed = self._choice.of(article, text)
            yield from self._counted(findings(self.name_of(found), text, removed))

    def fix(self, inputs: Sequence[str], done: Callable[[Input, Fixed], None]) -> Iterator[Finding]:
        """Take each piece of cruft out of the inputs; yields what was taken out.

        Args:
            inputs: files, directories or "-".
            done: takes each input that is plain text, with what becomes of it.
        """
        for found, data in self._read(inputs):
            try:
                fixed = fix(data, self.pipeline, self._choice, self.config.encoding)
                self.tally.changed += bool(fixed.removed)
                done(found, fixed)
            except EmptyInput:
                done(found, Fixed("", "", data, ()))
                continue
            except InputError as error:
                self._problem(found, error)
                continue
            yield from self._counted(findings(self.name_of(found), fixed.before, fixed.removed))

    def name_of(self, found: Input) -> str:
        """An input as findings name it."""
        return self.stdin_name if found.file is None else str(found.file)

    def _read(self, inputs: Sequence[str]) -> Iterator[tuple[Input, bytes]]:
        if inputs.count(STDIN) > 1:
            raise UsageError("standard input (-) can be read only once")
        for found in find(inputs, stdin_name=self.stdin_name):
            self.tally.articles += 1
            try:
                yield found, read(found, self.config.max_bytes)
            except InputError as error:
                self._problem(found, error)

    def _counted(self, pieces: Iterable[Finding]) -> Iterator[Finding]:
        for piece in pieces:
            self.tally.found += 1
            self.tally.failing += self._fails(piece)
            yield piece

    def _fails(self, finding: Finding) -> bool:
        fail_on = self.config.fail_on
        return not fail_on or chooses(fail_on, finding.kind, finding.rule)

    def _problem(self, found: Input, error: InputError) -> None:
        # In nothing there is no cruft.
        if not isinstance(error, EmptyInput):
            self.tally.problems += 1
            self.tell(complaint(found.shown, error.name, str(error)))

    @property
    def _choice(self) -> Choice:
        return Choice(self.config.select, self.config.ignore)


def write_back(found: Input, fixed: Fixed) -> None:
    """Put what is left of an article in its file's place.

    Raises:
        OutputError: it cannot be written; the file is as it was.
    """
    if found.file is not None:
        write_file(found.file, fixed.data)


def patch(name: str, fixed: Fixed) -> str:
    """What a fix changes, as a patch."""
    before, after = (_lines(text) for text in (fixed.before, fixed.after))
    made = difflib.unified_diff(before, after, f"a/{name}", f"b/{name}")
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in made
    )


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])
