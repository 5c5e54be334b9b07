"""Templates: what repeats over the articles of a site, learnt from a corpus, taken as evidence.

``units`` reads an article as what can repeat, ``find`` says where in an article known units may be
taken for cruft, ``decide`` which units of a site's articles are known, ``learn`` goes through a
corpus, and ``store`` and ``file`` keep what was learnt.
"""

RULE = "template.repeated"
"""The rule that takes out what repeats over the articles of a site."""
