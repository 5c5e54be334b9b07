"""The title again, by where the judge sees the article begin."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
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
    running = running_text(doc)
    prose = [n for n in running if doc.probabilities[n] >= _EVEN]
    if not prose:
        return doc
    # Most texts need none of this.
    from cleaner.fields.above import title_above

    found = title_above(doc, prose)
    if found == title:
        return doc
    earlier, finds = Finds(doc), Finds(doc)
    find_shown(earlier, title, running)
    find_shown(finds, found, prose)
    # What other stages found stays.
    gone, unset = frozenset(earlier.proposals), earlier.values()
    left = tuple(p for p in doc.proposals if p not in gone)
    values = tuple(v for v in doc.values if v not in unset)
    names = {name for name, _ in values}
    values += tuple(v for v in finds.values() if v[0] not in names)
    return replace(doc, title=found, proposals=left, values=values).propose(finds.proposals)
