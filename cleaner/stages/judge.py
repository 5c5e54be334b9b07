"""What the trained model says of each line: how likely it belongs to the article."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
from cleaner.stages.numbered import unnumbered


def judge(doc: Document) -> Document:
    """Find ``model`` and ``probabilities``, and drop what rules propose and it does not believe."""
    if not doc.lines:
        return doc
    # numpy and the model take their time to load, which who does not judge need not spend.
    from cleaner.judge.model import builtin_model
    from cleaner.judge.verdict import read

    model = next((m for m in doc.models if m.form == doc.format), None)
    if model is None:
        model = builtin_model(doc.format)
    seen = unnumbered(doc)
    if not seen.lines:
        return doc
    found = read(seen, model)
    left = tuple(p for p in doc.proposals if p not in found.spared)
    unseen = (0.0,) * (len(doc.lines) - len(seen.lines))
    return replace(doc, model=model, probabilities=found.probabilities + unseen, proposals=left)
