"""What the trained model would take out: lines that do not belong to the article."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
from cleaner.stages.numbered import unnumbered

HEAVY = "heavy-removal"
"""The warning of a document most of whose running text the judge would have taken out."""


def judge(doc: Document) -> Document:
    """Propose the judge's removals; find ``probabilities``.

    Warns ``heavy-removal`` where the judge would have taken most of the running text: its running
    text is then left alone.
    """
    if not doc.lines:
        return doc
    # numpy and the model take their time to load, which who does not judge need not spend.
    from cleaner.judge.model import builtin_model
    from cleaner.judge.verdict import verdict

    model = next((m for m in doc.models if m.form == doc.format), None)
    if model is None:
        model = builtin_model(doc.format)
    seen = unnumbered(doc)
    if not seen.lines:
        return doc
    found = verdict(seen, model, doc.dial)
    left = tuple(p for p in doc.proposals if p not in found.spared)
    unseen = (0.0,) * (len(doc.lines) - len(seen.lines))
    judged = replace(doc, model=model, probabilities=found.probabilities + unseen, proposals=left)
    judged = judged.propose(found.proposals)
    return judged.warn(HEAVY) if found.heavy else judged
