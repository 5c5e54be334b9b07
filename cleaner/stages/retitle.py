"""The title again, by where the judge sees the article begin."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document, Proposal
from cleaner.fields.collect import Finds
from cleaner.fields.shown import find_shown
from cleaner.fields.title import running_text

_EVEN = 0.5


def retitle(doc: Document) -> Document:
    """Propose the fields of a text anew, where another line above its article is its title.

    A title that the judge counts among the lines of the article stays.
    """
    if not doc.probabilities or doc.page is not None or doc.header is not None or doc.forum:
        return doc
    title = doc.title
    if title is not None and not title.sure and doc.probabilities[title.line] >= _EVEN:
        return doc
    prose = [n for n in running_text(doc) if doc.probabilities[n] >= _EVEN]
    if not prose:
        return doc
    # Most texts need none of this.
    from cleaner.fields.above import title_above

    found = title_above(doc, prose)
    if found == title:
        return doc
    finds = Finds(doc)
    find_shown(finds, found, prose)
    left = tuple(p for p in doc.proposals if not _extracted(doc, p))
    return replace(doc, title=found, proposals=left, values=finds.values()).propose(finds.proposals)


def _extracted(doc: Document, proposal: Proposal) -> bool:
    """Whether a proposal came with the fields that were found before."""
    if proposal.field is not None:
        return True
    rule = doc.rules.by_id.get(proposal.rule)
    return rule is not None and rule.stage == "extract"
