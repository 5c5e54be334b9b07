"""What articles were made of: files, and what lies in archives, tables and web archives."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from cleaner.article import Article
from cleaner.inputs import Input
from cleaner.output import Named
from cleaner.report.review_records import original
from cleaner.report.terminal import one_line

MOST = 1 << 30
"""So many bytes that came out of containers are kept on the disk."""


class Originals:
    """Finds the bytes that articles were made of, by their hash, which is the articles' id.

    Files are read when they are asked for. Containers are read once each, beforehand, one entry
    at a time, and what is wanted of them is kept in a temporary file.

    Args:
        folder: where the inputs lie, by the paths in the records.
        max_bytes: larger originals are not looked at.
        tell: takes a line about each container that cannot be read.
        text_key: the key or column that holds articles in JSON lines and tables.
    """

    def __init__(
        self,
        folder: Path,
        max_bytes: int,
        tell: Callable[[str], None],
        text_key: str | None = None,
    ) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._tell = tell
        self._text_key = text_key
        self._stack = ExitStack()
        self._kept: IO[bytes] | None = None
        self._end = 0
        # By id: where it is in the temporary file, how long, and whether it came as text.
        self._places: dict[str, tuple[int, int, bool]] = {}
        self._changed: set[tuple[str, str]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def look_up(self, articles: Iterable[Article]) -> None:
        """Take from containers what these articles were made of.

        Raises:
            OutputError: it cannot be kept.
        """
        wanted: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for article in articles:
            container = self._container(article.path)
            if container is not None:
                wanted[container].add((article.path, article.id))
        for container, named_ids in wanted.items():
            self._read(container, named_ids)

    def of(self, article: Article) -> tuple[bytes | str | None, str]:
        """What an article was made of, or why that is not to be had: see ``Panes.source``."""
        place = self._places.get(article.id)
        if place is not None and self._kept is not None:
            start, size, is_text = place
            self._kept.seek(start)
            data = self._kept.read(size)
            return data.decode("utf-8", "surrogatepass") if is_text else data, ""
        changed = (article.path, article.id) in self._changed
        return original(self._folder, article, self._max_bytes), (
            "changed" if changed else "not-found"
        )

    def _container(self, path: str) -> str | None:
        """The path of the file that an article came out of; None if it was the file itself.

        Paths in records are not trusted: nothing outside the directory is looked at.
        """
        from cleaner.corpus.readers.tell import HEAD, tell

        parts = path.split("/")
        if any(part in ("", ".", "..") or os.path.splitdrive(part)[0] for part in parts):
            return None
        try:
            for count in range(1, len(parts) + 1):
                file = self._folder.joinpath(*parts[:count])
                if file.is_dir():
                    continue
                if not file.is_file():
                    return None
                if count == len(parts):
                    # A file by itself is read as it is, unless it was unpacked.
                    with file.open("rb") as opened:
                        if tell(opened.read(HEAD)) in ("text", "gzip"):
                            return None
                return "/".join(parts[:count])
        except (OSError, ValueError):
            pass
        return None

    def _read(self, container: str, wanted: Iterable[tuple[str, str]]) -> None:
        """Keep what is wanted of a container, by path and id."""
        from cleaner.corpus.readers import ReadOptions, read_input

        options = ReadOptions(max_bytes=self._max_bytes, text_key=self._text_key)
        ids: defaultdict[str, set[str]] = defaultdict(set)
        for path, one in wanted:
            ids[path].add(one)
        left = set().union(*ids.values()) - self._places.keys()
        if not left:
            return
        told = ""
        for entry in read_input(Input(container, self._folder / container), options):
            if entry.data is None:
                if entry.problem is not None:
                    told = f"{entry.origin}: {entry.problem.name}: {entry.problem}"
                continue
            is_text = isinstance(entry.data, str)
            data = entry.data if isinstance(entry.data, bytes) else _encoded(entry.data)
            digest = hashlib.sha256(data).hexdigest()
            if digest in left:
                left.remove(digest)
                self._keep(digest, data, is_text)
                if not left:
                    return
            else:
                name = entry.record_path
                self._changed |= {(name, one) for one in ids.get(name, ()) if one in left}
        if told:
            # It may be why something was not found; the last problem is the one that ended it.
            self._tell(one_line(told))

    def _keep(self, digest: str, data: bytes, is_text: bool) -> None:
        if self._end + len(data) > MOST:
            return
        with Named(Path(tempfile.gettempdir())):
            if self._kept is None:
                kept = tempfile.TemporaryFile()  # noqa: SIM115  # closed with the stack
                self._kept = self._stack.enter_context(kept)
            self._kept.seek(self._end)
            self._kept.write(data)
            self._kept.flush()
        self._places[digest] = self._end, len(data), is_text
        self._end += len(data)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
