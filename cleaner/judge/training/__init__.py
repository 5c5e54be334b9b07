"""How the judge's model is made and measured: views of labelled pages, labels, trees, figures."""

ROUNDS = (400, 250)
"""Trees of the first and the second pass, unless the caller says otherwise."""
