"""The named errors: each says what is wrong with an input or a call, and what to do next."""

from __future__ import annotations


class CleanerError(Exception):
    """Base of all errors that this package raises on purpose.

    ``name`` is a stable, hyphenated identifier for programs; the message is for people.
    """

    name = "error"


class InputError(CleanerError):
    """An input that no article can be made of. The rest of a run goes on."""

    name = "unusable-input"


class EmptyInput(InputError):
    """Nothing but white space and invisible characters."""

    name = "empty-input"


class BinaryInput(InputError):
    """Bytes that are not text: an image, an archive, a program."""

    name = "binary-input"


class BrokenPage(InputError):
    """An HTML page of which nothing can be made out."""

    name = "broken-page"


class UnreadableInput(InputError):
    """A file that could not be read."""

    name = "unreadable-input"


class InputTooLarge(InputError):
    """More bytes than the caller allows for one input."""

    name = "input-too-large"


class NotFixable(InputError):
    """A file that cannot be changed in place."""

    name = "not-fixable"


class InternalError(InputError):
    """An error that nobody foresaw, in one article."""

    name = "internal-error"


class UsageError(CleanerError):
    """A wrong call: an unknown encoding, stage or rule."""

    name = "wrong-use"


class RuleError(CleanerError):
    """A rule file that breaks the format."""

    name = "bad-rule"


class ConfigError(CleanerError):
    """A configuration file with a mistake in it; the message names the file and the line."""

    name = "bad-configuration"


class RecordError(CleanerError):
    """A record that is no article's, or of another schema version."""

    name = "bad-record"


class OutputError(CleanerError):
    """The output cannot be written: a full disk, a directory without permission. It ends a run."""

    name = "unwritable-output"


class UnusableName(OutputError):
    """One article's file cannot be written, while others can: its name is too long, or taken."""

    name = "unusable-name"


class ModelError(CleanerError):
    """A file that holds no model of the judge, or one of another version."""

    name = "unusable-model"


class TemplatesError(CleanerError):
    """A file that holds no templates, or those of another version."""

    name = "unusable-templates"
