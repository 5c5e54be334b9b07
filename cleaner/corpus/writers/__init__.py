"""Writers: where records go, whole or not at all, and how a later run finds them again."""

from cleaner.corpus.writers.destination import Destination
from cleaner.corpus.writers.lines import Lines
from cleaner.corpus.writers.output import Output
from cleaner.corpus.writers.parts import Parts
from cleaner.corpus.writers.stream import Stream
from cleaner.corpus.writers.tree import Tree

__all__ = ["Destination", "Lines", "Output", "Parts", "Stream", "Tree"]
