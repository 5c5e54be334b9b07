"""Readers: from files, directories, archives, tables and web archives to entries."""

from cleaner.corpus.readers.find import find_inputs, size_of
from cleaner.corpus.readers.names import safe_name
from cleaner.corpus.readers.options import ReadOptions
from cleaner.corpus.readers.read import read_entries, read_input

__all__ = [
    "ReadOptions",
    "find_inputs",
    "read_entries",
    "read_input",
    "safe_name",
    "size_of",
]
