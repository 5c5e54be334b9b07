"""How the judge's model is made and measured: views of pages, labels, learners, figures."""

from cleaner.document import Format

ROUNDS: dict[Format, tuple[int, int]] = {"text": (300, 300), "html": (300, 200)}
"""Trees of the first and of the second pass, unless the caller says otherwise."""
DEPTH: dict[Format, int] = {"text": 8, "html": 6}
"""How many questions lead to a leaf. There are four times as many views of texts as of pages, and
deeper trees go by the ways of single sites where there is less to learn from."""
EPOCHS = 4
"""How often the network of the second pass learns from each text, likewise."""
