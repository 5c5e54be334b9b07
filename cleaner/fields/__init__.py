"""Fields read off flattened text: title, source, authors, date, tags. Nothing is invented.

Each module looks at strings or lines and says what it found; :mod:`cleaner.stages.extract` turns
that into proposals.
"""
