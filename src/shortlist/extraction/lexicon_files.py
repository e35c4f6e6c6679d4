"""Lexicon files: read, checked, and merged into tables of entries and forms."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from shortlist.errors import ConfigError
from shortlist.extraction.names import Entry, EntryKind, Form, key_of

_FILE_KEYS = frozenset(("field", "kin", "kind", "cues", "skills"))
_OTHER_WORDS = frozenset(("leeds",))
"""What would be the plural of a name, but is not: a city."""
_ENTRY_KEYS = frozenset(("aliases", "implies", "ambiguous", "cues", "listed", "certified"))


@dataclass(frozen=True, slots=True)
class Tables:
    """Entries by name, and the forms they are written in by key."""

    entries: Mapping[str, Entry]
    forms: Mapping[str, tuple[Form, ...]]


def built_in() -> Tables:
    """Return the tables of the files that come with shortlist."""
    folder = files("shortlist.extraction") / "lexicons"
    sources = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=str)
    return _build([_parse(f.read_text("utf-8"), f.name) for f in sources])


def merged(tables: Tables, user: Iterable[Path]) -> Tables:
    """Return tables with the user's files added, in order.

    Raises:
        ConfigError: see `Lexicon.load`.
    """
    for path in user:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: cannot be read as a lexicon: {error}") from error
        tables = _build([_parse(text, str(path))], tables)
    return tables


@dataclass(frozen=True, slots=True)
class _Source:
    """A lexicon file: its entries, and their names with whether each is ambiguous."""

    name: str
    entries: tuple[Entry, ...]
    written: tuple[tuple[str, ...], ...]
    ambiguous: tuple[tuple[str, ...], ...]


def _parse(text: str, source: str) -> _Source:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{source}: not valid TOML: {error}") from error
    kind = _checked_kind(table, source)
    cues = _strings(table, "cues", source)
    entries, written, ambiguous = [], [], []
    for name, line in table["skills"].items():
        where = f"{source}: {name}"
        _refuse_unknown(line, _ENTRY_KEYS, source, name)
        entries.append(
            Entry(
                name=" ".join(name.lower().split()),
                field=table["field"],
                kin=table.get("kin", table["field"]),
                kind=kind,
                implies=_strings(line, "implies", where),
                cues=frozenset(cues + _strings(line, "cues", where)),
                listed=_flag(line, "listed", where),
                certified=_flag(line, "certified", where),
            )
        )
        doubtful = _strings(line, "ambiguous", where)
        sure = (name, *_strings(line, "aliases", where))
        doubtful_keys = set(map(key_of, doubtful))
        ambiguous.append(doubtful)
        written.append(tuple(w for w in sure if not doubtful or key_of(w) not in doubtful_keys))
    return _Source(source, tuple(entries), tuple(written), tuple(ambiguous))


def _checked_kind(table: dict[str, Any], source: str) -> EntryKind:
    """Return what kind of entries a file holds, after checking what stands above them."""
    _refuse_unknown(table, _FILE_KEYS, source, "")
    for key in ("field", "skills"):
        if key not in table:
            raise ConfigError(f"{source}: `{key}` is missing; a lexicon names its field and skills")
    for key in ("field", "kin"):
        if not isinstance(table.get(key, ""), str):
            raise ConfigError(f"{source}: `{key}` is a string, not {table[key]!r}")
    if not isinstance(table["skills"], dict):
        raise ConfigError(
            f"{source}: `skills` is a table: write [skills] and a line for each skill"
        )
    kind: EntryKind = table.get("kind", "skill")
    if kind not in ("skill", "certification", "language"):
        raise ConfigError(f"{source}: kind is `skill`, `certification` or `language`, not {kind!r}")
    return kind


def _refuse_unknown(table: Any, known: frozenset[str], source: str, name: str) -> None:
    place = f"{source}: {name}" if name else source
    if not isinstance(table, dict):
        raise ConfigError(f"{place}: expected a table such as {{ aliases = [...] }}")
    unknown = sorted(set(table) - known)
    if unknown:
        raise ConfigError(
            f"{place}: unknown key {unknown[0]!r}; known are {', '.join(sorted(known))}"
        )


def _strings(table: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where}: `{key}` is a list of strings")
    return tuple(value)


def _flag(table: Mapping[str, Any], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise ConfigError(f"{where}: `{key}` is true or false, not {value!r}")
    return value


def _build(sources: Iterable[_Source], base: Tables | None = None) -> Tables:
    entries = dict(base.entries) if base else {}
    forms: dict[str, tuple[Form, ...]] = {}
    origin: dict[str, str] = {}
    for source in sources:
        for entry, written, ambiguous in zip(
            source.entries, source.written, source.ambiguous, strict=True
        ):
            if entry.name in origin:
                raise ConfigError(f"{source.name}: {entry.name} is also in {origin[entry.name]}")
            origin[entry.name] = source.name
            entries[entry.name] = _joined(entries.get(entry.name), entry)
            _add_forms(forms, entries[entry.name], written, ambiguous, source.name)
    if base:
        forms = {**_rebound(base.forms, entries), **forms}
    _refuse_unknown_implied(entries, forms)
    _add_plurals(forms)
    return Tables(entries, forms)


def _joined(known: Entry | None, new: Entry) -> Entry:
    if known is None:
        return new
    return Entry(
        known.name,
        known.field,
        known.kin,
        known.kind,
        tuple(dict.fromkeys(known.implies + new.implies)),
        known.cues | new.cues,
        known.listed or new.listed,
        known.certified or new.certified,
    )


def _add_forms(
    forms: dict[str, tuple[Form, ...]],
    entry: Entry,
    written: Iterable[str],
    ambiguous: Iterable[str],
    source: str,
) -> None:
    plain = Form(entry)
    for name in written:
        key = key_of(name)
        joined = _joined_form(name, key)
        _add(forms, key, Form(entry, joined=joined) if joined else plain, source)
    for name in ambiguous:
        key = key_of(name)
        exact = "" if name.islower() else name
        _add(forms, key, Form(entry, True, exact, _joined_form(name, key)), source)


def _add(forms: dict[str, tuple[Form, ...]], key: str, form: Form, source: str) -> None:
    known = forms.setdefault(key, (form,))
    if not key:
        raise ConfigError(f"{source}: {form.entry.name}: a name holds no letter or digit")
    for other in known:
        told_apart = other.joined != form.joined or (other.ambiguous and form.ambiguous)
        if other.entry is not form.entry and not told_apart:
            raise ConfigError(
                f"{source}: {key!r} names both {other.entry.name!r} and {form.entry.name!r}"
            )
    if form not in known:
        forms[key] = (*known, form)


def _joined_form(name: str, key: str) -> str:
    """What a name of very short words is without white space; of others, nothing."""
    words = key.split(" ")
    short = len(words) > 1 and len(key) < 9 and all(len(word) <= 2 for word in words)
    return "".join(name.lower().split()) if short else ""


def _rebound(
    forms: Mapping[str, tuple[Form, ...]], entries: Mapping[str, Entry]
) -> dict[str, tuple[Form, ...]]:
    """The forms of a lexicon for the entries that took their place under the same names."""
    return {
        key: tuple(
            Form(entries[form.entry.name], form.ambiguous, form.exact, form.joined)
            for form in known
        )
        for key, known in forms.items()
    }


def _refuse_unknown_implied(
    entries: Mapping[str, Entry], forms: Mapping[str, tuple[Form, ...]]
) -> None:
    for entry in entries.values():
        for step in entry.implies:
            if step not in entries:
                meant = forms.get(key_of(step))
                hint = f"; write {meant[0].entry.name!r}" if meant else ""
                raise ConfigError(
                    f"lexicon {entry.field}: {entry.name} implies {step!r}, which is no entry{hint}"
                )


def _add_plurals(forms: dict[str, tuple[Form, ...]]) -> None:
    for key, known in list(forms.items()):
        if key[-1] == "s" or not key[-1].isalpha() or len(key.rpartition(" ")[2]) < 4:
            continue
        sure = tuple(form for form in known if not form.ambiguous and not form.joined)
        if sure and _plural(key) not in _OTHER_WORDS:
            forms.setdefault(_plural(key), sure)


def _plural(key: str) -> str:
    if key[-1] == "y" and key[-2] not in "aeiou":
        return key[:-1] + "ies"
    return key + ("es" if key.endswith(("ch", "sh", "x", "z")) else "s")
