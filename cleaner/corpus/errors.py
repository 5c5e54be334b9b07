"""What can be wrong with a corpus: each error names one condition; its message says what to do."""

from __future__ import annotations

from cleaner.errors import InputError


class TruncatedInput(InputError):
    """A compressed file, an archive or a record whose end is missing."""

    name = "truncated-input"


class DamagedInput(InputError):
    """A compressed file or a container that breaks its own format."""

    name = "damaged-input"


class BrokenRecord(InputError):
    """One record of a web archive that cannot be read, while others can."""

    name = "broken-record"


class BadLine(InputError):
    """One of the JSON lines that holds no JSON object."""

    name = "bad-line"


class NotJsonLines(InputError):
    """JSON, but not one object a line."""

    name = "not-json-lines"


class NoText(InputError):
    """A record or a table in which no key or column holds an article's text."""

    name = "no-text"


class UnsafeName(InputError):
    """A member of an archive whose name leads out of it, or means different things to systems."""

    name = "unsafe-name"


class NotAFile(InputError):
    """A member of an archive that is a link, a device or a pipe."""

    name = "not-a-file"


class DuplicateName(InputError):
    """A member of an archive with the name of an earlier one."""

    name = "duplicate-name"


class NestedArchive(InputError):
    """An archive or another container in an archive, or a file that is compressed twice."""

    name = "nested-archive"


class EncryptedMember(InputError):
    """A member of an archive that needs a password."""

    name = "encrypted-member"


class UnsupportedFormat(InputError):
    """An archive, or a way of storing a member, that is known by name but not read."""

    name = "unsupported-format"


class DecompressionBomb(InputError):
    """Compressed data that unpacks to far more than articles do."""

    name = "decompression-bomb"


class UnpackedTooLarge(InputError):
    """A container that unpacks to more bytes than the caller allows."""

    name = "unpacked-too-large"


class TooManyMembers(InputError):
    """An archive with more members than the caller allows."""

    name = "too-many-members"


class NeedsFile(InputError):
    """A format that is read from its end, and came as a stream."""

    name = "needs-a-file"


class MissingExtra(InputError):
    """A format whose library is not installed."""

    name = "missing-extra"
