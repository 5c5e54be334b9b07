"""The judge: a trained model that decides, line by line and in context, what is the article's.

``words`` reads the lines into arrays, ``signals`` says of each line what it looks like, ``context``
and ``passes`` add what stands around it, and ``model`` turns all that into the probability that a
line belongs to the article; ``decide`` says which lines go, and ``verdict`` proposes them.
``training`` holds what makes and measures the model; nothing of it is needed to use one.
"""

BEFORE, INSIDE, AFTER = "judge.before", "judge.inside", "judge.after"
"""Ids of the judge's removals, by where they stand to what stays of the article."""
WHY = {
    BEFORE: "Before the article, and by its looks and surroundings no part of it.",
    INSIDE: "Between the article's parts, and by its looks and surroundings no part of it.",
    AFTER: "After the article, and by its looks and surroundings no part of it.",
}
"""What each of them says."""
IDS = frozenset(WHY)
