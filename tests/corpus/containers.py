"""Containers to read, made byte by byte where libraries would refuse to; and what came of them."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaner.corpus.entry import Entry
from cleaner.corpus.readers import ReadOptions, read_entries

TEXT = "The old harbour gets its trams back\n\nThe first tram rolled along the quay on Monday.\n"
PAGE = "<!DOCTYPE html><html><body><h1>Trams</h1><p>Half the town was there.</p></body></html>"


def read(
    folder: Path, data: bytes, options: ReadOptions | None = None, name: str = "in"
) -> list[Entry]:
    """The entries of a file with these bytes; their origins begin with its name alone."""
    file = folder / name
    file.write_bytes(data)
    return shortened(read_entries([str(file)], options), folder)


def shortened(entries: Iterable[Entry], folder: Path) -> list[Entry]:
    """Entries whose origins leave out the directory."""
    found = []
    for entry in entries:
        assert entry.origin.startswith(f"{folder}/")
        short = entry.origin.removeprefix(f"{folder}/")
        found.append(
            Entry(
                entry.name,
                entry.data,
                short,
                entry.problem,
                entry.carried,
                entry.url,
                entry.date,
                entry.encoding,
            )
        )
    return found


def good(entries: Iterable[Entry]) -> dict[str, bytes | str]:
    """The data of what could be read, by name."""
    return {entry.name: entry.data for entry in entries if entry.data is not None}


def bad(entries: Iterable[Entry]) -> dict[str, str]:
    """The names of what is wrong, by origin."""
    return {entry.origin: entry.problem.name for entry in entries if entry.problem is not None}


def said(entries: Sequence[Entry]) -> str:
    """What the only problem among the entries says."""
    (message,) = [str(entry.problem) for entry in entries if entry.problem is not None]
    return message


def tar_of(
    members: Iterable[tuple[str, bytes]], *, form: int = tarfile.PAX_FORMAT, **special: bytes
) -> bytes:
    """A tar archive; ``special`` are empty members by name and type."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        for name, kind in special.items():
            info = tarfile.TarInfo(name)
            info.type = kind
            info.linkname = "/etc/passwd"
            archive.addfile(info)
    return made.getvalue()


class Pipe(io.RawIOBase):
    """A file to write to that cannot be sought in, as a pipe."""

    def __init__(self) -> None:
        super().__init__()
        self.made = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        self.made += data
        return len(data)


def zip_of(
    members: Mapping[str, bytes],
    *,
    method: int = zipfile.ZIP_DEFLATED,
    streamed: bool = False,
    links: Sequence[str] = (),
) -> bytes:
    """A zip archive; one that was streamed has the sizes of members only after them."""
    pipe, made = Pipe(), io.BytesIO()
    with zipfile.ZipFile(pipe if streamed else made, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
        for name in links:
            info = zipfile.ZipInfo(name)
            info.create_system, info.external_attr = 3, 0o120777 << 16
            archive.writestr(info, "/etc/passwd")
    return bytes(pipe.made) if streamed else made.getvalue()


def zip_member(
    name: bytes,
    data: bytes,
    *,
    flags: int = 0,
    method: int = 0,
    packed: int | None = None,
    size: int | None = None,
) -> bytes:
    """A member as it stands in a zip archive, with whatever sizes."""
    header = struct.pack(
        "<4s5H3L2H",
        b"PK\x03\x04",
        20,
        flags,
        method,
        0,
        0,
        zlib.crc32(data),
        len(data) if packed is None else packed,
        len(data) if size is None else size,
        len(name),
        0,
    )
    return header + name + data


ZIP_END = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0)


def record(
    body: bytes,
    *,
    uri: str = "https://example.org/a",
    kind: str = "response",
    http: str | None = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n",
    media: str = "application/http; msgtype=response",
    size: int | None = None,
    more: str = "",
) -> bytes:
    """A record of a web archive."""
    answer = body if http is None else f"{http}\r\n".encode() + body
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{zlib.crc32(body):08x}>\r\n"
        f"WARC-Date: 2024-05-06T07:08:09Z\r\nWARC-Target-URI: {uri}\r\nContent-Type: {media}\r\n"
        f"Content-Length: {len(answer) if size is None else size}\r\n{more}\r\n"
    )
    return header.encode() + answer + b"\r\n\r\n"
