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

SCREEN = 1280.0  # pixels: the width at which a page is read
EM = 16.0  # pixels in an em of a media query
WIDTH = re.compile(r"\b(min|max)-(?:device-)?width\s*:\s*([\d.]+)(px|em|rem)")
ELSEWHERE = re.compile(r"\b(?:print|speech|not)\b|prefers-color-scheme\s*:\s*dark")
CONDITIONAL = ("media", "supports", "layer", "container")
SHORTHANDS = {"background": "background-color", "font": "font-size"}

_selectors = cssselect.HTMLTranslator()


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
        for selector in _parsed(tinycss2.serialize(rule.prelude)):
            specificity = (0, *selector.specificity())
            declared = list(_declared(rule.content, specificity, order, wanted))
            for element in _selected(page, selector) if declared else ():
                found.setdefault(element, []).extend(declared)
    for element in page.iter(etree.Element):
        style = element.get("style")
        if style:
            declared = list(_declared(style, (1, 0, 0, 0), 0, wanted))
            found.setdefault(element, []).extend(declared)
    return {
        element: {declaration.name: declaration.value for declaration in sorted(declarations)}
        for element, declarations in found.items()
    }


def _rules(page: Any) -> Iterator[Any]:
    """Yield the rules of a page's style sheets that apply on a screen, in order."""
    for sheet in page.iter("style"):
        if _applies(sheet.get("media", "")):
            yield from _within(tinycss2.parse_stylesheet(sheet.text or "", True, True))


def _within(nodes: Sequence[Any]) -> Iterator[Any]:
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and _is_in_force(node):
            waiting.extend(reversed(tinycss2.parse_rule_list(node.content, True, True)))


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
    """Return the selectors of a rule that hold at rest, of whole elements."""
    try:
        selectors = cssselect.parse(prelude)
    except cssselect.SelectorError:
        return []
    return [selector for selector in selectors if selector.pseudo_element is None]


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
