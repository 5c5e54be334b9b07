"""What the judge would take out: lines that do not belong to the article."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
from cleaner.stages.numbered import unnumbered

HEAVY = "heavy-removal"
"""The warning of a document most of whose running text the judge would have taken out."""


def verdict(doc: Document) -> Document:
    """Propose the judge's removals, where one has judged.

    Warns ``heavy-removal`` where the judge would have taken most of the running text: its running
    text is then left alone.
    """
    if not doc.probabilities:
        return doc
    from cleaner.judge.verdict import verdict as found_by

    seen = unnumbered(doc)
    seen = replace(seen, probabilities=doc.probabilities[: len(seen.lines)])
    found = found_by(seen, doc.dial)
    judged = doc.propose(found.proposals)
    return judged.warn(HEAVY) if found.heavy else judged
