"""How the judge's model is made and measured: views of pages, labels, learners, figures."""

ROUNDS = (300, 200)
"""Trees of the first and of the second pass, unless the caller says otherwise."""
EPOCHS = 4
"""How often the network of the second pass learns from each text, likewise."""
SEED = 3
"""Where the network starts. From wherever it starts it does about as well on average, and differs
in single texts; the model card says how this start was chosen."""
