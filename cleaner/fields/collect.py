"""Where what is found is gathered: proposals for the ledger, values for the article."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from cleaner.article import Field, FieldName
from cleaner.document import Document, Proposal
from cleaner.fold import LINK
from cleaner.normalise import normalise

FIELD_CONFIDENCE = 0.9


class Finds:
    """Proposals and values of one document, while its fields are looked for."""

    def __init__(self, doc: Document) -> None:
        self.doc = doc
        self.proposals: list[Proposal] = []
        self._values: dict[str, Any] = {}
        self._lists: dict[str, dict[str, str]] = {}
        self.stated: list[Field] = []
        self.updated = False
        """Whether the date found is announced as that of an update."""

    def field(self, name: FieldName, start: int, end: int) -> None:
        """State that a stretch is a field."""
        self.proposals.append(Proposal(start, end, f"field.{name}", FIELD_CONFIDENCE, field=name))

    def remove(self, rule: str, start: int, end: int) -> None:
        """Propose that a rule of this stage takes a stretch out."""
        found = self.doc.rules.by_id[rule]
        self.proposals.append(Proposal(start, end, rule, found.confidence, kind=found.kind))

    def value(self, name: str, start: int, end: int) -> None:
        """Set a single value from a stretch, unless it is set."""
        self._values.setdefault(name, self.plain(start, end))

    def set(self, name: str, value: str) -> None:
        """Set a single value."""
        self._values[name] = value

    def state(self, name: FieldName, values: Sequence[str], origin: str) -> None:
        """Set a value, or the values of a list, that a page's metadata states."""
        if name in ("authors", "tags"):
            self._lists[name] = {value.casefold(): value for value in values}
        else:
            self._values[name] = values[0]
        self.stated.append(Field(name, origin, None, None))

    def keep(self, name: str, wanted: Callable[[str], bool]) -> None:
        """Leave out of a list the values that are not wanted."""
        kept = {k: v for k, v in self._lists.pop(name, {}).items() if wanted(v)}
        if kept:
            self._lists[name] = kept

    def unset(self, name: str) -> None:
        """Forget a single value."""
        self._values.pop(name, None)

    def get(self, name: str) -> str | None:
        """A single value, where it is set."""
        return self._values.get(name)

    def add(self, name: str, start: int, end: int) -> None:
        """Add a stretch to a list of values, unless it is there, looks aside."""
        text = self.plain(start, end)
        self._lists.setdefault(name, {}).setdefault(text.casefold(), text)

    def has(self, name: str) -> bool:
        """Whether a value is set."""
        return name in self._values or name in self._lists

    def plain(self, start: int, end: int) -> str:
        """A stretch as a value: normalised, on one line, of Markdown links what they say."""
        text = self.doc.text[start:end]
        if "](" in text:
            text = LINK.sub(r"\1", text)
        return " ".join(normalise(text).split())

    def values(self) -> tuple[tuple[str, Any], ...]:
        """The values, as (attribute of Article, value)."""
        lists = ((name, tuple(found.values())) for name, found in self._lists.items())
        return (*self._values.items(), *lists)
