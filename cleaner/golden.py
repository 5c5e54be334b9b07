"""Goldens: the articles that cleaning the seeds must give, kept as plain files and compared.

A golden is an article's record as ``cleaner run --out`` writes it, except that all versions in
``provenance`` are null: otherwise a change to any rule would touch every golden.
"""

from __future__ import annotations

import difflib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from cleaner.article import Article
from cleaner.errors import InputError, UsageError
from cleaner.inputs import find
from cleaner.output import SUFFIX, encode, target_of, write_file
from cleaner.pipeline import Pipeline
from cleaner.run import clean_input, complaint

Tell = Callable[[str], None]
_DIFF_LINES = 30


@dataclass(frozen=True, slots=True)
class Finding:
    """A golden that is not what cleaning its seed gives, and how they differ.

    Attributes:
        what: ``missing``, ``different`` or ``unused`` (no seed gives it).
        golden: the file.
        diff: from the golden to what cleaning gives.
        wanted: what the file must hold; None if there must be no file.
    """

    what: str
    golden: Path
    diff: str = ""
    wanted: bytes | None = None


def in_ci(env: Mapping[str, str] = os.environ) -> bool:
    """Whether this runs under continuous integration, where goldens must not change."""
    return env.get("CI", "").lower() not in ("", "0", "false")


def check(
    seeds: Path, golden: Path, pipeline: Pipeline, say: Callable[[str], None], tell: Tell
) -> int:
    """Name every golden that is not what cleaning its seed gives.

    Args:
        seeds: the directory of inputs.
        golden: the directory of goldens.
        pipeline: what cleans.
        say: takes the findings.
        tell: takes what went wrong.

    Returns:
        The exit status: 0 fine, 1 findings, 2 a seed that no article can be made of.
    """
    findings, unread = _compare(seeds, golden, pipeline, tell)
    for finding in findings:
        say(f"{finding.what}: {finding.golden}" + (f"\n{finding.diff}" if finding.diff else ""))
    if findings:
        tell(f"{len(findings)} findings; see `cleaner golden --update`, then read what changed")
    return 2 if unread else 1 if findings else 0


def renew(
    seeds: Path, golden: Path, pipeline: Pipeline, say: Callable[[str], None], tell: Tell
) -> int:
    """Make the goldens what cleaning gives, and say what was done to each; see :func:`check`."""
    findings, unread = _compare(seeds, golden, pipeline, tell)
    foreign = False
    for finding in findings:
        if finding.wanted is not None:
            finding.golden.parent.mkdir(parents=True, exist_ok=True)
            write_file(finding.golden, finding.wanted)
            say(f"wrote {finding.golden}")
        elif _is_golden(finding.golden):
            finding.golden.unlink()
            say(f"removed {finding.golden}: no seed gives it")
        else:
            foreign = True
            tell(f"{finding.golden} is no golden, so it was left; remove it by hand")
    return 2 if unread else 1 if foreign else 0


def _compare(
    seeds: Path, golden: Path, pipeline: Pipeline, tell: Tell
) -> tuple[list[Finding], bool]:
    """Everything in which goldens and articles differ, and whether a seed gave no article."""
    if not seeds.is_dir():
        raise UsageError(f"there is no directory {seeds}; name it with --seeds")
    findings: list[Finding] = []
    expected: set[Path] = set()
    unread = False
    for found in find([str(seeds)], skip=golden):
        target = target_of(golden, found)
        expected.add(target)
        try:
            wanted = encode(_stable(clean_input(found, pipeline)), indent=2)
        except InputError as error:
            tell(complaint(found.shown, error.name, str(error)))
            unread = True
            continue
        if not target.exists():
            findings.append(Finding("missing", target, wanted=wanted))
        elif (held := target.read_bytes()) != wanted:
            findings.append(Finding("different", target, _diff(held, wanted, target), wanted))
    findings += [Finding("unused", path) for path in _files(golden) if path not in expected]
    return findings, unread


def _stable(article: Article) -> Article:
    return replace(article, provenance=dict.fromkeys(article.provenance))


def _files(folder: Path) -> list[Path]:
    return sorted(
        p
        for p in folder.rglob("*")
        if p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )


def _is_golden(path: Path) -> bool:
    """Whether the file was written by an update, so that an update may remove it."""
    try:
        record = json.loads(path.read_bytes())
    except ValueError:
        return False
    return path.suffix == SUFFIX and isinstance(record, dict) and "schema_version" in record


def _diff(held: bytes, wanted: bytes, target: Path) -> str:
    lines = list(
        difflib.unified_diff(
            held.decode("utf-8", "replace").splitlines(),
            wanted.decode().splitlines(),
            str(target),
            "what cleaning gives",
            lineterm="",
            n=1,
        )
    )
    if not lines:
        return "only line endings differ"
    rest = len(lines) - _DIFF_LINES
    return "\n".join(lines[:_DIFF_LINES] + ([f"({rest} more lines)"] if rest > 0 else []))
