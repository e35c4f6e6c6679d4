"""Settings from a TOML file and `key=value` words, checked against a dataclass.

A setting's type is that of its field: bool, int, float, str, a Literal, a tuple or a dict of these,
or another dataclass for a table. A dataclass may have a method `faults()` that yields what its
values lack beyond their types. All faults of a file are listed at once.
"""

import tomllib
import types
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from shortlist.errors import ConfigError

Kind = TypeVar("Kind")


def load(kind: type[Kind], file: Path | None = None, overrides: Sequence[str] = ()) -> Kind:
    """Return settings: the defaults of a dataclass, then a TOML file, then `key=value` words.

    Args:
        kind: a frozen dataclass whose fields have defaults or stand in the file.
        file: the TOML file; the defaults alone without one.
        overrides: such as `optimizer.epochs=3`. A value that is not TOML is taken as a string.

    Raises:
        ConfigError: the file cannot be read, or a setting is unknown, missing, of another type or
            out of range; every fault is named.
    """
    table = _table(file) if file else {}
    faults: list[str] = []
    for word in overrides:
        if fault := _override(table, word):
            faults.append(fault)
    found = _build(kind, table, "", faults)
    if found is None or faults:
        origin = str(file) if file else "settings"
        if len(faults) == 1:
            raise ConfigError(f"{origin}: {faults[0]}")
        raise ConfigError("\n  ".join([f"{origin}: {len(faults)} faults", *faults]))
    return found


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{file}: not TOML: {error}") from error


def _override(table: dict[str, Any], word: str) -> str:
    """Write `key=value` into the table; return what is wrong with the word, if anything."""
    key, equals, text = word.partition("=")
    if not equals or not key.strip():
        return f"{word}: write KEY=VALUE, as in optimizer.epochs=3"
    *path, last = key.strip().split(".")
    for name in path:
        inner = table.setdefault(name, {})
        if not isinstance(inner, dict):
            return f"{key.strip()}: {name} is not a table"
        table = inner
    table[last] = _value(text.strip())
    return ""


def _value(text: str) -> object:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text


def _build(kind: type[Kind], table: Mapping[str, Any], path: str, faults: list[str]) -> Kind | None:
    """Return the dataclass of a table, or None where a fault was added to the list."""
    before = len(faults)
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    types_of = get_type_hints(kind)
    for name in table.keys() - known.keys():
        close = get_close_matches(name, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(known)}"
        faults.append(f"{path}{name}: no such setting; {hint}")
    values: dict[str, Any] = {}
    for name, field in known.items():
        if name in table:
            values[name] = _read(types_of[name], table[name], path + name, faults)
        elif _required(field):
            faults.append(f"{path}{name}: missing")
    if len(faults) > before:
        return None
    found = kind(**values)
    check = getattr(found, "faults", None)
    if check is not None:
        faults += [f"{path}{fault}" for fault in check()]
    return found


def _required(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def _read(type_: Any, value: object, path: str, faults: list[str]) -> Any:
    """Return a value as its field's type; a fault is added to the list where it has another."""
    if is_dataclass(type_) and isinstance(type_, type):
        if isinstance(value, dict):
            return _build(type_, value, f"{path}.", faults)
        faults.append(f"{path}: must be a table")
        return None
    origin, inner = get_origin(type_), get_args(type_)
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_read(inner[0], one, f"{path}[{i}]", faults) for i, one in enumerate(value))
    if origin is dict and isinstance(value, dict):
        return {k: _read(inner[1], one, f"{path}.{k}", faults) for k, one in value.items()}
    if origin in (Union, types.UnionType):
        return _read(next(t for t in inner if t is not type(None)), value, path, faults)
    if origin is Literal and value in inner:
        return value
    if _fits(type_, value):
        return float(value) if type_ is float else value  # type: ignore[arg-type]
    faults.append(f"{path}: {value!r} is not {_name(type_)}")
    return None


def _fits(type_: Any, value: object) -> bool:
    if type_ is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if type_ is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(type_, type) and isinstance(value, type_)


def _name(type_: Any) -> str:
    names = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
    origin, inner = get_origin(type_), get_args(type_)
    if origin is Literal:
        return "one of " + ", ".join(map(str, inner))
    if origin is tuple:
        return f"a list, each entry {_name(inner[0])}"
    if origin is dict:
        return f"a table, each value {_name(inner[1])}"
    return names.get(type_, str(type_))
