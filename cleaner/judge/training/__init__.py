"""How the judge's model is made and measured: views of pages, labels, learners, figures."""

ROUNDS = (300, 200)
"""Trees of the first and of the second pass, unless the caller says otherwise."""
EPOCHS = 4
"""How often the network of the second pass learns from each text, likewise."""
