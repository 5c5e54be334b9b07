"""A trained model: where it is read from, and what it says of a document's lines."""

from __future__ import annotations

import hashlib
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import IO, Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Document, Format
from cleaner.errors import ModelError
from cleaner.judge import dom
from cleaner.judge.chars import CharTables
from cleaner.judge.context import open_sizes
from cleaner.judge.dom import COLUMN as DOM
from cleaner.judge.dom import PageReading
from cleaner.judge.features import read, read_dom, wide
from cleaner.judge.lexicon import Floats, KnownWords
from cleaner.judge.network import Network
from cleaner.judge.passes import agreed, pooled, second_look
from cleaner.judge.signals import NAMES, Reading
from cleaner.judge.trees import Trees

FORMAT = 4
"""Version of the file's layout and of what its columns mean."""
_FORMATS = [FORMAT, len(NAMES), 0], [FORMAT, len(NAMES), len(dom.NAMES)]
MOST = 8.0
"""Log-odds beyond which nothing is stated: so sure is no model."""
_PIECE = 10_000
"""A document of more lines than this is judged in pieces, so that memory stays bounded."""


@dataclass(frozen=True)
class Model:
    """What the judge has learnt.

    Attributes:
        tables: characters by sort, as they were in training.
        known: function words by language, and words of dates.
        weights: lexical weights by bucket.
        names: weights of a page's names by bucket; none in a model of plain text.
        first: scores a line from its features.
        second: scores it again, with what the first said of the lines around it.
        network: does the same in its own way; see :func:`cleaner.judge.passes.agreed`.
        odds: calibration: the slope and the offset that make log-odds of the scores.
        settled: the same for lines that are taken out, whose odds understate how sure that is.
        combined: how much a rule's and the judge's log-odds of a removal count together, and an
            offset.
        trust: a row for each known language, and one for all others: how much the model's own
            log-odds count there, and how much another extractor's word does.
        version: hash of the file.
    """

    tables: CharTables
    known: KnownWords
    weights: Floats
    names: Floats
    first: Trees
    second: Trees
    network: Network
    odds: tuple[float, float]
    settled: tuple[float, float]
    combined: tuple[float, float, float]
    trust: Floats
    version: str = ""

    @property
    def form(self) -> Format:
        """Whether it is for texts or for pages."""
        return "html" if len(self.names) else "text"

    def __call__(self, doc: Document) -> Floats:
        """For each line, the probability that it belongs to the article."""
        page = read_dom(doc) if self.form == "html" and doc.lines else None
        parts: list[Floats] = []
        first = 0
        for piece in _pieces(doc):
            last = first + len(piece.lines)
            own = page.part(first, last) if page is not None else None
            parts.append(self._probability(piece, own))
            first = last
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def _probability(self, doc: Document, page: PageReading | None) -> Floats:
        slope, offset = self.odds
        reading = read(doc, self.tables, self.known, page)
        score = self._scores(reading) * np.float32(slope) + np.float32(offset)
        if page is not None:
            score = pooled(score, page.signals[DOM["kept"]], self.trust[reading.language])
        probability: Floats = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
        return probability

    def sure(self, kept: float) -> float:
        """How sure it is that a line is cruft that was taken out for its probability.

        Args:
            kept: the probability that the line belongs to the article.
        """
        slope, offset = self.settled
        odds = min(max(-slope * _odds(kept) + offset, -MOST), MOST)
        return round(1 / (1 + math.exp(-odds)), 3)

    def together(self, rule: float, kept: float) -> float:
        """How sure a removal is that a rule makes where the judge has its own opinion.

        Args:
            rule: how sure the rule is.
            kept: the probability, by the judge, that the text belongs to the article.
        """
        by_rule, by_judge, offset = self.combined
        odds = by_rule * _odds(rule) - by_judge * _odds(kept) + offset
        return round(1 / (1 + math.exp(-odds)), 3)

    def _scores(self, reading: Reading) -> Floats:
        features, signals = wide(reading, self.weights, self.names)
        first = self.first(features)
        more = second_look(first, signals, reading.vocabulary)
        every = np.concatenate([features, more])
        return agreed(self.second(every), self.network(every), open_sizes(signals))


def _odds(probability: float) -> float:
    probability = min(max(probability, 1e-3), 1 - 1e-3)
    return math.log(probability / (1 - probability))


def _pieces(doc: Document) -> Iterator[Document]:
    if len(doc.lines) <= _PIECE:
        if doc.lines:
            yield doc
        return
    for at in range(0, len(doc.lines), _PIECE):
        yield doc.part(at, min(at + _PIECE, len(doc.lines)))


def save(model: Model, file: IO[bytes]) -> None:
    """Write a model; the same model gives the same bytes."""
    arrays: dict[str, Any] = {
        "format": np.array([FORMAT, len(NAMES), len(model.names) and len(dom.NAMES)]),
        "sort": model.tables.sort,
        "lower": model.tables.lower - np.arange(len(model.tables.lower), dtype=np.uint32),
        "known_hashes": model.known.hashes,
        "known_bits": model.known.bits,
        "languages": np.array([model.known.languages]),
        "weights": model.weights.astype(np.float16),
        "names": model.names.astype(np.float16),
        "odds": np.array(model.odds),
        "settled": np.array(model.settled),
        "combined": np.array(model.combined),
        "trust": model.trust,
    }
    arrays |= {f"first_{name}": part for name, part in model.first.arrays().items()}
    arrays |= {f"second_{name}": part for name, part in model.second.arrays().items()}
    arrays |= {f"network_{name}": part for name, part in model.network.arrays().items()}
    np.savez_compressed(file, **arrays)


def load(data: bytes) -> Model:
    """Read a model.

    Raises:
        ModelError: it is none, or of another version of the layout.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as found:
            arrays = {name: found[name] for name in found.files}
        if arrays["format"].tolist() not in _FORMATS:
            raise ModelError("the model was made by another version of cleaner; train it again")
        lower = arrays["lower"]
        return Model(
            tables=CharTables(arrays["sort"], lower + np.arange(len(lower), dtype=np.uint32)),
            known=KnownWords(
                arrays["known_hashes"], arrays["known_bits"], int(arrays["languages"][0])
            ),
            weights=arrays["weights"].astype(np.float32),
            names=arrays.get("names", np.zeros(0)).astype(np.float32),
            first=Trees.of(_under("first_", arrays)),
            second=Trees.of(_under("second_", arrays)),
            network=Network.of(_under("network_", arrays)),
            odds=tuple(arrays["odds"].tolist()),
            settled=tuple(arrays["settled"].tolist()),
            combined=tuple(arrays["combined"].tolist()),
            trust=arrays["trust"],
            version=_version(data),
        )
    except (ValueError, KeyError, OSError, EOFError, BadZipFile) as error:
        raise ModelError(f"not a model of the judge: {error}") from error


def _under(prefix: str, arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {k.removeprefix(prefix): v for k, v in arrays.items() if k.startswith(prefix)}


@cache
def builtin_model(form: Format = "text") -> Model:
    """The model for texts or for pages that comes with the package, read once."""
    return load(_builtin(form))


@cache
def builtin_version(form: Format = "text") -> str:
    """The version of that model, which need not be loaded for it."""
    return _version(_builtin(form))


def _builtin(form: Format) -> bytes:
    name = "model.npz" if form == "text" else "page-model.npz"
    return (resources.files("cleaner.judge") / name).read_bytes()


def _version(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]
