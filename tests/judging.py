"""Texts that tests of the judge and of other stages share, and what the stages make of them."""

from __future__ import annotations

from pathlib import Path

from cleaner.document import Document
from cleaner.judge.training.bench import Page
from cleaner.pipeline import STAGES, builtin_rules

PROSE = "The river rose over its banks in the night, and nobody had seen it coming. It was cold."
MORE = "By the morning the lower streets stood under water, and boats went from door to door."
PARAGRAPHS = tuple(
    """\
The council decided on Monday to close the old bridge for a year, because its piers had moved. \
Nobody in the harbour was surprised by that.
Engineers had warned for years that the ground under the river was soft. They will put new piles \
beside the old ones, which takes a winter at least.
Farmers on the far side will have to drive around the bay, which adds an hour to the way. \
The council says that it will pay for a ferry until the work is done.
The last time that the bridge was closed, in 1987, two of the shops on the square gave up. The \
mayor said that she would not let that happen again, and promised to lower the rents.
Work is to begin in April, when the ice is gone, and the first piles are already on their way.
The ferry will run from six in the morning until midnight, and carries twelve cars and a bus. On \
market days a second one will help out, which the harbour office has hired from the islands.
Whoever lives on the far side pays nothing. Everybody else buys a ticket at the kiosk by the pier, \
or from the ferryman, who has said that he would rather not have to count coins in the rain.
""".splitlines()
)
MENU = ("Home", "News", "Sport", "Business", "Opinion", "Culture", "Weather", "Jobs", "Contact us")
FOOTER = ("About us", "Advertise", "Careers", "Terms of use", "Privacy policy")
LINKS = (
    *("Our Team", "Press Room", "Newsletter Archive", "Local Business Guide", "Property for Sale"),
    *("Tide Tables", "Ferry Times", "Public Notices", "Family Notices", "Puzzles", "Photo Sales"),
    *("Contact the Newsroom", "Send Us a Story", "Site Map", "Accessibility", "Cookie Settings"),
)
TEASERS = (
    "Ten recipes for the first days of spring",
    "Why the ferry was late again",
    "The quiet man who mends clocks",
    "Harbour town wins the cup for the third time",
    "What the new budget means for you",
)


def evidence(text: str) -> Document:
    doc = Document(data=text.encode(), path="", rules=builtin_rules())
    for stage in STAGES[: [s.name for s in STAGES].index("judge")]:
        doc = stage.run(doc)
    return doc


def bench_page(body: str) -> Page:
    return Page("1", "own", "example.org", "article", "", body, Path("page.html"))


def page(separator: str = "\n") -> str:
    headline = "Old bridge to close for a year"
    return separator.join([*MENU, headline, *PARAGRAPHS, "Most read", *TEASERS, *FOOTER])
