"""What can be set for a project: in ``[tool.cleaner]``, in ``cleaner.toml`` or from Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from cleaner.api import MAX_BYTES
from cleaner.document import DIALS, Dial
from cleaner.errors import ConfigError, ModelError

if TYPE_CHECKING:
    from cleaner.judge.model import Model
    from cleaner.pipeline import Pipeline
    from cleaner.rules import RuleBook

OutputFormat = Literal["concise", "json", "github", "sarif"]
OUTPUT_FORMATS: tuple[OutputFormat, ...] = get_args(OutputFormat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of a project.

    Nothing is read from files but by :meth:`load`, so that what :func:`cleaner.clean` gives never
    depends on where it is called.

    Attributes:
        dial: how sure a removal by the judge must be: gentle, normal or aggressive.
        disable: rules that are switched off, by id, or by kind for all rules of the kind.
        without: stages that are switched off.
        rules: rule files of the project's own, which add to the built-in rules or replace them.
        plugins: packages whose rules are used, by the names of their entry points.
        model: the judge's model for texts; the built-in one unless given.
        page_model: the judge's model for pages; the built-in one unless given.
        templates: what repeats over the articles of sites, as `cleaner learn` writes it.
        site: the site that all articles are of, whatever they say.
        encoding: the encoding that inputs are in; detected unless given.
        max_mb: inputs of more megabytes than this are refused.
        select: what check and fix look for: kinds, rules, or the first part of rules' ids;
            everything unless given.
        ignore: what check and fix overlook, likewise.
        fail_on: findings of which check fails, likewise; all unless given.
        output_format: how check prints its findings: concise, json, github or sarif.
    """

    dial: Dial = field(default="normal", metadata={"one_of": tuple(DIALS)})
    disable: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    rules: tuple[Path, ...] = ()
    plugins: tuple[str, ...] = ()
    model: Path | None = None
    page_model: Path | None = None
    templates: Path | None = None
    site: str | None = None
    encoding: str | None = None
    max_mb: int = field(default=MAX_BYTES >> 20, metadata={"least": 1})
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: tuple[str, ...] = ()
    output_format: OutputFormat = field(default="concise", metadata={"one_of": OUTPUT_FORMATS})

    def __post_init__(self) -> None:
        for setting in fields(self):
            value = checked(setting.name, getattr(self, setting.name))
            object.__setattr__(self, setting.name, value)

    @classmethod
    def load(
        cls,
        start: Path | None = None,
        *,
        file: Path | None = None,
        over: Mapping[str, Any] | None = None,
    ) -> Self:
        """The settings in force in a directory.

        Args:
            start: where the nearest file is looked for, from here upwards; the working directory
                unless given.
            file: the file to read, wherever it is.
            over: settings by name that go before those of the file.

        Raises:
            ConfigError: the file has a mistake in it; the message names its line.
        """
        from cleaner.config_file import find, read

        found = file if file is not None else find(start or Path.cwd())
        settings = read(found) if found is not None else {}
        values = {name: setting.value for name, setting in settings.items()}
        return cls(**{**values, **(over or {})})

    def pipeline(self) -> Pipeline:
        """The pipeline that cleans as the settings say.

        Raises:
            UsageError: there is no such rule, kind or stage.
            RuleError: a rule file has a mistake in it.
            ModelError: a model's file holds none, or one for something else.
            TemplatesError: the file of templates holds none.
        """
        from cleaner.pipeline import Pipeline, builtin_rules

        models = [
            _model_in(file, form)
            for file, form in ((self.model, "text"), (self.page_model, "html"))
            if file is not None
        ]
        book = self.with_own_rules(builtin_rules())
        pipeline = Pipeline(rules=book, models=models, dial=self.dial)
        if self.templates is not None:
            pipeline = pipeline.with_templates(self.templates, site=self.site)
        return pipeline.without_rules(*self.disable).without(*self.without)

    def with_own_rules(self, book: RuleBook) -> RuleBook:
        """A book with the rules of plugins, and over those with the project's own.

        Raises:
            UsageError: a plugin is not installed.
            RuleError: a rule file has a mistake in it.
        """
        from cleaner.rules.own import plugin_files, read_rule_files

        if self.plugins:
            book = book.extended(plugin_files(self.plugins))
        return book.extended(read_rule_files(self.rules)) if self.rules else book

    @property
    def max_bytes(self) -> int:
        """``max_mb`` in bytes."""
        return self.max_mb << 20


def checked(name: str, value: Any) -> Any:
    """A setting's value as the attribute holds it.

    Raises:
        ConfigError: it cannot have such a value; the message says what it can have.
    """
    setting = _SETTINGS[name]
    shown = name.replace("_", "-")
    if "one_of" in setting.metadata:
        allowed = setting.metadata["one_of"]
        if value not in allowed:
            raise ConfigError(f"{shown} must be one of {', '.join(allowed)}, not {value!r}")
    elif "least" in setting.metadata:
        least = setting.metadata["least"]
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise ConfigError(f"{shown} must be a whole number from {least}, not {value!r}")
    elif "tuple" in str(setting.type):
        sort = Path if "Path" in str(setting.type) else str
        if not isinstance(value, (list, tuple)) or not all(
            isinstance(v, (sort, str)) and str(v) for v in value
        ):
            raise ConfigError(f"{shown} must be a list of texts, not {value!r}")
        return tuple(sort(v) for v in value)
    elif value is not None:
        sort = Path if "Path" in str(setting.type) else str
        if not isinstance(value, (sort, str)) or not str(value):
            raise ConfigError(f"{shown} must be a text, not {value!r}")
        return sort(value)
    return value


def _model_in(file: Path, form: str) -> Model:
    from cleaner.judge.model import load

    try:
        model = load(file.read_bytes())
    except ModelError as error:
        raise ModelError(f"{file}: {error}") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise ModelError(f"{file} cannot be read: {reason}") from error
    if model.form != form:
        meant = {"text": "texts", "html": "pages"}
        raise ModelError(f"{file} is a model for {meant[model.form]}, not for {meant[form]}")
    return model


def nearest(name: str, known: tuple[str, ...]) -> str:
    """The known name that is most like one, for a message; all of them where none is."""
    import difflib

    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"


_SETTINGS = {setting.name: setting for setting in fields(Config)}
NAMES = tuple(name.replace("_", "-") for name in _SETTINGS)
"""The settings' names as files have them."""
