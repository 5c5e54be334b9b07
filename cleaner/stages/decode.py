"""Bytes to text layer: find the encoding, never fail on a bad byte."""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import replace

from cleaner.document import Document
from cleaner.errors import BinaryInput, EmptyInput, UsageError
from cleaner.normalise import normalise
from cleaner.unpack import unpack

# Longest first: the UTF-32 mark starts with the UTF-16 one.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_FALLBACK = "cp1252"
# What browsers take for these (WHATWG Encoding Standard): sets of characters that hold them.
_WEB = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "ksc5601": "cp949",
}
# How much is looked at to tell the format and the encoding, in bytes.
_SNIFF = 8_192
_SAMPLE = 65_536
# File formats that start with text-like bytes but are none.
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7fELF", "a program"),
)
_CONTROL = bytes(sorted(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b")))
_WORD = re.compile(r"\w")
_BEFORE_PAGE = re.compile(r"(?:\s+|<\?xml[^>]{0,500}>|<!--(?:[^-]|-(?!->)){0,20000}-->){0,40}")
_PAGE = re.compile(r"<(?:!doctype\s+(?:html|wml|\[)|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>")
_TAGS = 5
_START = 2_000
_MARKUP = 0.1
"""A text that begins with a tag is a part of a page where so many stand near its start, and are so
much of it: a text about a tag may begin with it too."""
_ENDS = re.compile(r"</(?:html|body|div|p|head|article|section|table|ul|span)\s*>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_SURROGATE = re.compile("[\ud800-\udfff]+")


def decode(doc: Document) -> Document:
    """Find ``encoding``, ``text`` and ``id`` of the input.

    A byte-order mark decides, then the caller's declaration, then strict UTF-8, then a detector.
    Undecodable bytes become U+FFFD and are counted in the warning ``undecodable-bytes``; lone
    surrogates in a ``str`` likewise in ``lone-surrogates``.

    Raises:
        BinaryInput, EmptyInput, InputTooLarge: no article can be made of it.
        UsageError: the declared encoding is unknown.
    """
    data = doc.data
    doc = _take_text(doc, data) if isinstance(data, str) else _take_bytes(doc, data)
    if not _WORD.search(doc.text) and not normalise(doc.text):
        raise EmptyInput("the input holds no visible text")
    return replace(doc, format="html") if _is_page(doc.text) else doc


def _is_page(text: str) -> bool:
    """Whether a text is the markup of a page, or of a part of one."""
    start = _BEFORE_PAGE.match(text)
    at = start.end() if start is not None else 0
    if not text.startswith("<", at):
        return False
    head = text[at : at + _SNIFF]
    if _PAGE.match(head):
        return True
    if _TAG.match(head) is None or _ENDS.search(text, at) is None:
        return False
    near = head[:_START]
    tags = _TAG.findall(near)
    return len(tags) >= _TAGS and sum(map(len, tags)) >= _MARKUP * len(near)


def _take_text(doc: Document, text: str) -> Document:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    clean, count = _SURROGATE.subn(lambda m: "\ufffd" * len(m.group()), text)
    if count:
        doc = doc.warn(f"lone-surrogates: {sum(len(m.group()) for m in _SURROGATE.finditer(text))}")
    return replace(doc, id=digest, encoding="utf-8", text=clean)


def _take_bytes(doc: Document, data: bytes) -> Document:
    if not data:
        raise EmptyInput("the input is empty")
    digest = hashlib.sha256(data).hexdigest()
    data, wrapped = unpack(data)
    if not data:
        raise EmptyInput("the input is empty")
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), None)
    if marked is None:
        _refuse_binary(data)
    encoding = (
        marked or _declared(doc.encoding_hint) or _detected(data, wrapped, doc.encoding_stated)
    )
    text = data.decode(encoding, errors="replace")
    lost = _lost(data, text, encoding)
    if lost:
        doc = doc.warn(f"undecodable-bytes: {lost}")
    return replace(doc, id=digest, encoding=encoding, text=text)


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise BinaryInput(f"this is {what}, not text")
    head = data[:_SNIFF]
    control = len(head) - len(head.translate(None, _CONTROL))
    if control > max(2, len(head) // 20):
        raise BinaryInput(f"{control} of the first {len(head)} bytes are control bytes: not text")


def _declared(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        info = codecs.lookup(name)
        # Codecs that are no text encodings (hex, idna) are found out only by using them.
        b"x\xff".decode(name, "replace")
    except (LookupError, ValueError) as error:
        hint = "try utf-8, windows-1252 or gb18030"
        raise UsageError(f"unknown encoding {name!r}; {hint}") from error
    return info.name


def _usable(name: str | None) -> str | None:
    try:
        return _declared(name)
    except UsageError:
        return None


def _stated(data: bytes) -> str | None:
    """The encoding that a page states of itself, if there is one of that name."""
    head = data[:_SNIFF]
    found = _XML_ENCODING.match(head) or _CHARSET.search(head)
    if found is None:
        return None
    codec = _usable(found[1].decode("ascii"))
    # What is readable as ASCII up to here is in neither of them, whatever it says.
    return None if codec is None or codec.startswith(("utf-16", "utf-32")) else codec


def _detected(data: bytes, wrapped: str | None = None, server: str | None = None) -> str:
    """The encoding of bytes that nobody declared, but perhaps they themselves or their wrapping.

    Bytes that are UTF-8 are: nothing else looks like it by chance. A page that says something else
    is one that was saved in another encoding than it was sent in.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _mostly_utf8(data, error.start):
            return "utf-8"
    else:
        return "utf-8"
    stated = _usable(wrapped) or _stated(data) or _usable(server)
    if stated is not None and stated != "utf-8":
        return _WEB.get(stated, stated)
    import chardet

    # A detector is asked about the stretches that are not ASCII, since only they tell.
    name = chardet.detect(_telling(data))["encoding"] or _FALLBACK
    try:
        codec = codecs.lookup(name).name
    except LookupError:
        return _FALLBACK
    return _WEB.get(codec, codec)


def _mostly_utf8(data: bytes, first_bad: int) -> bool:
    """Whether a few bad bytes stand in what is otherwise UTF-8 (a cut-off end, a stray byte)."""
    window = data[max(0, first_bad - _SAMPLE) : first_bad + _SAMPLE]
    bad = window.decode("utf-8", errors="replace").count("\ufffd")
    good = len(window.decode("utf-8", errors="ignore").encode("ascii", errors="ignore"))
    multibyte = (len(window) - good - bad) // 2
    return multibyte > 4 * bad


def _telling(data: bytes) -> bytes:
    """A bounded sample of the lines that hold non-ASCII bytes."""
    if len(data) <= _SAMPLE:
        return data
    picked: list[bytes] = []
    size = 0
    for match in re.finditer(rb"[^\n]{0,200}[\x80-\xff][^\n]{0,200}", data):
        picked.append(match.group())
        size += len(match.group())
        if size >= _SAMPLE:
            break
    return b"\n".join(picked)


def _lost(data: bytes, text: str, encoding: str) -> int:
    """How many U+FFFD of ``text`` stand for bytes that could not be decoded."""
    if "\ufffd" not in text:
        return 0
    stated = data.decode(encoding, errors="ignore").count("\ufffd")
    return text.count("\ufffd") - stated
