"""Reading rule files: every mistake is named with its file and its rule.

A rule is defined in the file of its kind, with its English words. The words of other languages
stand in a file per language, so that who knows a language writes one file.
"""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Any, cast

from cleaner.article import KINDS, Kind
from cleaner.errors import RuleError
from cleaner.fold import fold
from cleaner.rules.model import SCOPES, WHERES, Rule, RuleFile, Scope, Where, Words

_FILE_KEYS = ("kind", "what", "rule")
_RULE_KEYS = ("id", "why", "confidence", "scope", "where", "weak", "beside", "stage")
_LANGUAGE_KEYS = ("language", "function_words", "words")
_WORD_KEYS = ("lines", "patterns", "starts", "contains", "at_least", "fires", "spares")


@dataclass(frozen=True, slots=True)
class LanguageFile:
    """What the rules look for in one language, and what tells its running text from labels.

    Attributes:
        language: ISO 639-1 code.
        function_words: the words that running text is full of; for scripts without spaces,
            characters.
        words: rule id to words and cases.
    """

    language: str
    function_words: tuple[str, ...]
    words: Mapping[str, Words]


def load_rules() -> tuple[RuleFile, ...]:
    """The built-in rule files, in the order of the kinds, with the words of all languages."""
    folder = resources.files("cleaner.rules")
    files = [
        parse_rules((folder / f"{kind}.toml").read_text("utf-8"), f"{kind}.toml") for kind in KINDS
    ]
    seen: set[str] = set()
    for rule in (r for f in files for r in f.rules):
        if rule.id in seen:
            raise RuleError(f"rule {rule.id} is defined twice")
        seen.add(rule.id)
    languages = load_languages()
    for language in languages:
        for unknown in language.words.keys() - seen:
            raise RuleError(f"{language.language}.toml: there is no rule {unknown!r}")
    return tuple(
        replace(f, rules=tuple(_with_words(rule, languages) for rule in f.rules)) for f in files
    )


def load_languages() -> tuple[LanguageFile, ...]:
    """The built-in language files, by language code."""
    folder = resources.files("cleaner.rules") / "words"
    names = sorted(e.name for e in folder.iterdir() if e.name.endswith(".toml"))
    return tuple(parse_language((folder / n).read_text("utf-8"), f"words/{n}") for n in names)


def _with_words(rule: Rule, languages: Iterable[LanguageFile]) -> Rule:
    more = {f.language: f.words[rule.id] for f in languages if rule.id in f.words}
    return replace(rule, words={**rule.words, **more}) if more else rule


def parse_language(text: str, name: str) -> LanguageFile:
    """The words of one language.

    Args:
        text: the file's content, TOML.
        name: what to call it in errors.

    Raises:
        RuleError: it breaks the format; the message says where and what to do.
    """
    data = _toml(text, name)
    _known(data, _LANGUAGE_KEYS, name)
    language = _text(data.get("language"), f"{name}: language")
    function_words = _text(data.get("function_words"), f"{name}: function_words").split()
    tables = data.get("words", {})
    words = {rule: _words(table, f"{name}: {rule}") for rule, table in tables.items()}
    return LanguageFile(language, tuple(function_words), words)


def parse_rules(text: str, name: str) -> RuleFile:
    """The rules of one file.

    Args:
        text: its content, TOML.
        name: what to call it in errors.

    Raises:
        RuleError: it breaks the format; the message says where and what to do.
    """
    data = _toml(text, name)
    _known(data, _FILE_KEYS, name)
    kind = _one_of(data.get("kind"), KINDS, f"{name}: kind")
    what = _text(data.get("what"), f"{name}: what")
    rules = tuple(_rule(entry, cast(Kind, kind), name) for entry in data.get("rule", ()))
    return RuleFile(cast(Kind, kind), what, rules)


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{name}: not TOML: {error}") from error


def _rule(data: Mapping[str, Any], kind: Kind, name: str) -> Rule:
    rule_id = _text(data.get("id"), f"{name}: a rule's id")
    at = f"{name}: {rule_id}"
    if not rule_id.startswith(f"{kind}."):
        raise RuleError(f"{at}: the id must start with {kind!r} and a dot")
    languages = {k: v for k, v in data.items() if isinstance(v, Mapping)}
    _known({k: v for k, v in data.items() if k not in languages}, _RULE_KEYS, at)
    scope = _one_of(data.get("scope", "line"), SCOPES, f"{at}: scope")
    stage = data.get("stage")
    if (scope == "stage") != isinstance(stage, str):
        raise RuleError(f"{at}: scope 'stage' and the key stage belong together")
    confidence = data.get("confidence")
    if not isinstance(confidence, (int, float)) or not 0 < confidence <= 1:
        raise RuleError(f"{at}: confidence must be a number over 0 and at most 1")
    weak = data.get("weak", False)
    if not isinstance(weak, bool):
        raise RuleError(f"{at}: weak must be true or false")
    beside = _strings(data.get("beside", []), f"{at}: beside")
    for other in beside:
        _one_of(other, KINDS, f"{at}: beside")
    # What is learnt from articles has no words, and no cases that one text could show.
    if not languages and scope != "stage":
        raise RuleError(f"{at}: needs at least one language, such as a table [rule.en]")
    return Rule(
        id=rule_id,
        kind=kind,
        why=_text(data.get("why"), f"{at}: why"),
        confidence=float(confidence),
        scope=cast(Scope, scope),
        where=cast(Where, _one_of(data.get("where", "anywhere"), WHERES, f"{at}: where")),
        weak=weak,
        beside=cast("tuple[Kind, ...]", beside),
        stage=stage,
        words={code: _words(table, f"{at}.{code}") for code, table in languages.items()},
    )


def _words(data: Mapping[str, Any], at: str) -> Words:
    _known(data, _WORD_KEYS, at)
    at_least = data.get("at_least", 1)
    if not isinstance(at_least, int) or at_least < 1:
        raise RuleError(f"{at}: at_least must be a whole number from 1")
    lists = {k: _strings(data.get(k, []), f"{at}: {k}") for k in _WORD_KEYS if k != "at_least"}
    for key in ("lines", "starts", "contains"):
        for phrase in lists[key]:
            if not fold(phrase):
                raise RuleError(f"{at}: {key}: {phrase!r} is nothing but decoration")
    return Words(at_least=at_least, **lists)


def _known(data: Mapping[str, Any], keys: Iterable[str], at: str) -> None:
    for key in data:
        if key not in keys:
            near = difflib.get_close_matches(key, list(keys), 1)
            hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(keys)}"
            raise RuleError(f"{at}: unknown key {key!r}{hint}")


def _one_of(value: Any, allowed: Iterable[str], at: str) -> str:
    if value not in allowed:
        raise RuleError(f"{at} must be one of {', '.join(allowed)}, not {value!r}")
    return cast(str, value)


def _text(value: Any, at: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise RuleError(f"{at} must be a text that says something")
    return " ".join(value.split())


def _strings(value: Any, at: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise RuleError(f"{at} must be a list of texts")
    return tuple(value)
