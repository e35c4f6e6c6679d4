"""The reason for a score, in sentences made of evidence alone."""

from collections import Counter
from collections.abc import Sequence

from shortlist.explain.skills.facts import Facts, Sighting
from shortlist.explain.skills.rubrics import SkillRule
from shortlist.explain.skills.said import Said
from shortlist.records import Standing

NO_EVIDENCE = "no evidence found"

_SECTIONS = {
    "skills": "in a list of skills",
    "languages": "among the languages",
    "summary": "in the summary",
    "header": "at the top",
    "education": "under education",
    "certifications": "among the certificates",
    "experience": "under a job",
    "projects": "under a project",
    "interests": "among the interests",
}


def reason(facts: Facts, rule: SkillRule, score: int, cap: int | None) -> str:
    """Return why a skill has its score.

    Args:
        facts: what the resume says of it.
        rule: the skill's rule; the anchor of the level is quoted from its rubric.
        score: the level.
        cap: the most that the kind of evidence allows, where it held the score down.
    """
    if facts.standing == "none":
        return NO_EVIDENCE
    if facts.standing == "negated":
        return f"{NO_EVIDENCE}; the resume says that it is missing"
    if facts.standing == "desired":
        return f"{NO_EVIDENCE}; the resume says that it is still to be learnt"
    said = {"used": _used, "listed": _listed, "implied": _implied}[facts.standing](facts, rule)
    held = f"; held at {cap}, the most for that" if cap is not None else ""
    return f"{said}{held}. {score}: {rule.rubric.levels[score]}"


_TELLS = {
    "used": "of own use",
    "little": "of a little use",
    "listed": "of a name or a claim",
    "others": "of what others did",
    "wished": "of a wish",
    "negated": "of its lack",
}


def read_reason(
    telling: Sequence[Said], rule: SkillRule, standing: Standing, *, score: int, months: int
) -> str:
    """Return why the trained scorer gives a skill its score.

    Args:
        telling: what the places say that count.
        rule: the skill's rule.
        standing: as what the skill stands.
        score: the level.
        months: the time of its use, where dates tell.
    """
    if score == 0:
        missing = {"negated": "; the resume says that it is missing",
                   "desired": "; the resume says that it is still to be learnt"}  # fmt: skip
        return f"{NO_EVIDENCE}{missing.get(standing, '')}"
    if standing == "implied":
        told = "not named, only implied by other skills"
    else:
        kinds = Counter(_TELLS.get(s.kind, "of a hint") for s in telling)
        each = ", ".join(f"{n} {what}" for what, n in kinds.most_common())
        told = f"read in {_count(len(telling), 'statement')}" + (f" ({each})" if each else "")
        told += f", over {_time(months)}" if months else ""
    return f"{told}. {score}: {rule.rubric.levels[score]}"


def _implied(facts: Facts, rule: SkillRule) -> str:
    how = "used" if facts.via_used else "named"
    return f"not named, only implied by {', '.join(facts.via)}, {how} in the resume"


def _listed(facts: Facts, rule: SkillRule) -> str:
    held = [s for s in facts.sightings if s.status == "listed"]
    where = _SECTIONS.get(held[0].section, "once")
    if rule.rubric.kind == "spoken":
        return f"named {where}{_stated(held)}"
    verb = "claimed" if rule.rubric.kind == "shown" else "named"
    also = f", and implied by {', '.join(facts.via[:3])}" if facts.via else ""
    claims = [s.claim for s in held]
    little = " as little known" if -1.0 in claims and max(claims) <= 0 else ""
    return f"only {verb} {where}{little}{also}; nothing shows its use"


def _used(facts: Facts, rule: SkillRule) -> str:
    uses = facts.uses()
    if rule.rubric.kind == "spoken":
        held = [s for s in facts.sightings if s.status in ("used", "listed")]
        return f"used in {_count(len(uses), 'statement')}{_stated(held)}"
    if all(use.study for use in uses):
        return f"shown in study alone, in {_count(len(uses), 'statement')}"
    if rule.rubric.kind == "shown" and all(use.depth <= 1 for use in uses):
        told = f"hinted at in {_count(len(uses), 'statement')}"
    else:
        told = f"shown in {_count(len(uses), 'statement')}"
    parts = [told]
    if facts.months:
        parts.append(f"over {_time(facts.months)}")
    if facts.jobs > 1:
        parts.append(f"in {facts.jobs} jobs")
    extra = [_DEPTHS[_step(uses[0].depth)]] if rule.rubric.kind == "named" else []
    extra += ["in a job title"] if facts.title else []
    extra += ["with numbers"] if any(use.number for use in uses) else []
    extra += ["with a certificate"] if facts.certified else []
    extra += [f"last used {facts.idle_years:.0f} years ago"] if facts.idle_years >= 3 else []
    return " ".join(parts) + (f" ({', '.join(extra)})" if extra else "")


_DEPTHS = ("in passing", "with others or under guidance", "as own work", "designing or leading")


def _step(depth: float) -> int:
    return 0 if depth < 1 else 1 if depth < 1.5 else 2 if depth < 3 else 3


def _stated(sightings: list[Sighting]) -> str:
    return "" if any(s.claim for s in sightings) else " without a level"


def _count(n: int, noun: str) -> str:
    return f"{n} {noun}{'' if n == 1 else 's'}"


def _time(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = [_count(years, "year")] if years else []
    parts += [_count(rest, "month")] if rest else []
    return " and ".join(parts)
