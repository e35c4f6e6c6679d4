"""The errors a user can mend. Every message says what is wrong, where, and what to do.

ShortlistError
├── ConfigError      a setting, an option or a recipe
├── DocumentError    a file that cannot be read as a resume or a job
├── DataError        a data set, a score file, a judgment
├── ModelError       a model folder
└── MissingExtra     an optional part that is not installed

The command line prints one line and exits with 2; the service answers 422.
Bugs keep their traceback.
"""

from importlib import import_module


class ShortlistError(Exception):
    """Something the user can mend."""


class ConfigError(ShortlistError):
    """A setting is unknown, of the wrong type, or out of range."""


class DocumentError(ShortlistError):
    """A file cannot be read as a document."""


class DataError(ShortlistError):
    """A data set, score file or judgment file is malformed."""


class ModelError(ShortlistError):
    """A model folder is missing, damaged, of another format, or made for another policy."""


class MissingExtra(ShortlistError):
    """An optional part is used without its packages."""


def require(extra: str, *modules: str) -> None:
    """Check that the packages of an optional part can be imported.

    Args:
        extra: the name in brackets, as in `pip install 'shortlist[fast]'`.
        modules: the modules that the part imports.

    Raises:
        MissingExtra: one of them is not installed; the message holds the command that installs it.
    """
    for module in modules:
        try:
            import_module(module)
        except ImportError as error:
            raise MissingExtra(
                f"{module} is not installed: run `pip install 'shortlist[{extra}]'`"
            ) from error
