"""Which style declarations hold for which element of a page.

The cascade of CSS 2.2, section 6.4: importance, then specificity, then order. What depends on
where a page is shown is read as on a screen of ordinary width.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import cssselect
import tinycss2
from lxml import etree

from shortlist.documents.html.look import BEHIND

SCREEN = 1280.0  # pixels: the width at which a page is read
EM = 16.0  # pixels in an em of a media query
WIDTH = re.compile(r"\b(min|max)-(?:device-)?width\s*:\s*([\d.]+)(px|em|rem)")
ELSEWHERE = re.compile(r"\b(?:print|speech|not)\b|prefers-color-scheme\s*:\s*dark")
RULES = ("qualified-rule", "at-rule")
DEPTH = 8  # rules within rules
CONDITIONAL = ("media", "supports", "layer", "container")
SHORTHANDS = {"background": "background-color", "font": "font-size"}

_selectors = cssselect.HTMLTranslator()


class _Rule(NamedTuple):
    """What a rule selects, and what it declares of it."""

    selectors: str
    content: Any


class _Declaration(NamedTuple):
    """What is declared, after what decides between declarations of one property."""

    important: bool
    specificity: tuple[int, ...]
    order: int
    position: int
    name: str
    value: str


def cascade(page: Any, wanted: frozenset[str]) -> dict[Any, dict[str, str]]:
    """Return for each element the values, in small letters, of the wanted properties it sets.

    A shorthand counts as the one property of it that matters here, with the whole of its value.
    Custom properties are always among what is returned.
    """
    found: dict[Any, list[_Declaration]] = {}
    for order, rule in enumerate(_rules(page)):
        for selector in _parsed(rule.selectors):
            specificity = (0, *selector.specificity())
            declared = list(_declared(rule.content, specificity, order, wanted))
            if selector.pseudo_element is not None:
                declared = _behind(selector.pseudo_element, declared)
            for element in _selected(page, selector) if declared else ():
                found.setdefault(element, []).extend(declared)
    for element in page.iter(etree.Element):
        style = element.get("style")
        if style:
            declared = list(_declared(style, (1, 0, 0, 0), 0, wanted))
            found.setdefault(element, []).extend(declared)
    styles = {
        element: {declaration.name: declaration.value for declaration in sorted(declarations)}
        for element, declarations in found.items()
    }
    for element in [element for element, style in styles.items() if _is_backdrop(element, style)]:
        styles.setdefault(element.getparent(), {})[BEHIND] = ""
    return styles


def _is_backdrop(element: Any, style: dict[str, str]) -> bool:
    """Whether an element is an empty box that is placed freely and may colour what is around it."""
    placed = style.get("position") in ("absolute", "fixed") and "background-color" in style
    return placed and element.getparent() is not None and not "".join(element.itertext()).strip()


def _behind(pseudo_element: Any, declared: list[_Declaration]) -> list[_Declaration]:
    """Return that something may lie behind an element, if what stands before or after it may."""
    names = {declaration.name for declaration in declared}
    placed = {"position", "background-color"} <= names and pseudo_element in ("before", "after")
    return [declared[0]._replace(name=BEHIND)] if placed else []


def _rules(page: Any) -> Iterator[_Rule]:
    """Yield the rules of a page's style sheets that apply on a screen, in order."""
    for sheet in page.iter("style"):
        if _applies(sheet.get("media", "")):
            yield from _within(tinycss2.parse_stylesheet(sheet.text or "", True, True))


def _within(nodes: Sequence[Any]) -> Iterator[_Rule]:
    waiting = [("", node) for node in reversed(nodes)]
    while waiting:
        around, node = waiting.pop()
        if node.type == "qualified-rule":
            selectors = _nested(tinycss2.serialize(node.prelude), around)
            yield _Rule(selectors, node.content)
            within = _rules_in(node.content) if selectors.count(":is(") < DEPTH else []
            waiting += [(selectors, inner) for inner in reversed(within)]
        elif node.type == "at-rule" and _is_in_force(node):
            inside = tinycss2.parse_blocks_contents(node.content, True, True)
            waiting += [(around, inner) for inner in reversed(inside) if inner.type in RULES]


def _rules_in(content: Any) -> list[Any]:
    """Return the rules that stand within a rule; most hold none, which a glance tells."""
    if not any(node.type == "{} block" for node in content):
        return []
    inside = tinycss2.parse_blocks_contents(content, True, True)
    return [node for node in inside if node.type in RULES]


def _nested(selectors: str, around: str) -> str:
    """Return selectors that stand within a rule as they would stand outside of it.

    CSS Nesting Module Level 1: `&` is what the rule around it selects.
    """
    if not around:
        return selectors
    parent = f":is({around.strip()})"
    alone = [selector.strip() for selector in selectors.split(",")]
    return ", ".join(
        selector.replace("&", parent) if "&" in selector else f"{parent} {selector}"
        for selector in alone
    )


def _is_in_force(node: Any) -> bool:
    """Return whether the rules within an at-rule hold."""
    if node.content is None or node.lower_at_keyword not in CONDITIONAL:
        return False
    return _applies(tinycss2.serialize(node.prelude))


def _applies(query: str) -> bool:
    """Return whether one of the alternatives of a media query holds on an ordinary screen."""
    return any(_holds(alternative) for alternative in query.lower().split(","))


def _holds(alternative: str) -> bool:
    if ELSEWHERE.search(alternative):
        return False
    for bound, number, unit in WIDTH.findall(alternative):
        width = float(number) * (1.0 if unit == "px" else EM)
        if (width > SCREEN) if bound == "min" else (width < SCREEN):
            return False
    return True


def _parsed(prelude: str) -> list[Any]:
    """Return the selectors of a rule that hold at rest."""
    try:
        return list(cssselect.parse(prelude))
    except cssselect.SelectorError:
        return []


def _selected(page: Any, selector: Any) -> Iterator[Any]:
    try:
        yield from page.xpath(_selectors.selector_to_xpath(selector))
    except (cssselect.SelectorError, etree.XPathError):
        return


def _declared(
    content: Any, specificity: tuple[int, ...], order: int, wanted: frozenset[str]
) -> Iterator[_Declaration]:
    for position, node in enumerate(tinycss2.parse_blocks_contents(content, True, True)):
        if node.type != "declaration":
            continue
        name = SHORTHANDS.get(node.lower_name, node.lower_name)
        if name in wanted or name.startswith("--"):
            value = tinycss2.serialize(node.value).strip().lower()
            yield _Declaration(node.important, specificity, order, position, name, value)
