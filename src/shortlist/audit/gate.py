"""Which limits an audit keeps: the step that a build passes or fails."""

from collections.abc import Iterable, Iterator

from shortlist.audit.measures import Audit
from shortlist.errors import ConfigError
from shortlist.evaluation.limits import Limit, Verdict, check
from shortlist.records import Measure


def check_limits(
    audit: Audit, limits: Iterable[Limit], *, baseline: Audit | None = None
) -> list[Verdict]:
    """Return whether the audit keeps each limit, for each group that the limit is about.

    A limit is `MEASURE.ATTRIBUTE`, as in `impact_ratio.school`, which holds for every group and
    for the measure over the groups; or `MEASURE.ATTRIBUTE.GROUP`; or `MEASURE` for all attributes.
    Groups that are not estimated are not checked; where none is, the limit is not kept.

    Raises:
        ConfigError: no measure of the audit has that name, attribute or group.
    """
    return [verdict for limit in limits for verdict in _check(audit, limit, baseline)]


def _check(audit: Audit, limit: Limit, baseline: Audit | None) -> Iterator[Verdict]:
    about = _about(audit, limit)
    estimated = [m for m in about if m.estimate.value is not None]
    for one in estimated or about[:1]:
        before = baseline.find(one.name, one.attribute, one.group) if baseline else None
        yield check(limit, _subject(one), one.estimate, baseline=before)


def _about(audit: Audit, limit: Limit) -> list[Measure]:
    found = [m for m in audit.measures if limit.name in _names(m)]
    if not found:
        first = limit.name.split(".")[0]
        known = sorted({_names(m)[1] for m in audit.measures if m.name == first and m.attribute})
        hint = f"there are {', '.join(known)}" if known else "see docs/auditing.md for the names"
        raise ConfigError(f"limit {limit}: the audit has no measure {limit.name!r}: {hint}")
    return found


def _names(measure: Measure) -> tuple[str, ...]:
    """What a limit may call a measure."""
    whole = f"{measure.name}.{measure.attribute}"
    return measure.name, whole, f"{whole}.{measure.group}"


def _subject(measure: Measure) -> str:
    attribute = measure.attribute or "all"
    return attribute if measure.group is None else f"{attribute} {measure.group}"
