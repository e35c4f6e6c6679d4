"""Charts as inline SVG: no script, nothing loaded, for light, dark, print and screen readers.

Colours are the page's own variables, text is `currentColor`, and series differ in dash or mark as
well as in colour. Every chart carries a title and a description; the page puts a table under it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from zlib import crc32

from markupsafe import Markup

WIDTH = 560.0
FONT = 14.0
COLOURS = ("#1f5fa8", "#2b8a7e", "#8563ad", "#a8682a")
DASHES = ("", "7 4", "2 3", "9 3 2 3")
MARKS = ("circle", "square", "diamond", "triangle")


@dataclass(frozen=True, slots=True)
class Labels:
    """What a chart says in words: `description` tells the finding to those who cannot see it."""

    title: str
    description: str
    x: str
    y: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A series of points from left to right; `low` and `high` are its band, or empty."""

    name: str
    x: Sequence[float]
    y: Sequence[float]
    low: Sequence[float] = ()
    high: Sequence[float] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its interval, on its own row. Rows of one `series` share colour and mark."""

    label: str
    value: float
    low: float
    high: float
    series: int = 0


@dataclass(frozen=True, slots=True)
class Histogram:
    """Counts between `edges`, which are one more than the counts."""

    name: str
    edges: Sequence[float]
    counts: Sequence[float]


@dataclass(frozen=True, slots=True)
class Reference:
    """A value that the others are read against, such as the four-fifths line."""

    value: float
    label: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """Maps values from `low` to `high` to positions from `start` to `end`."""

    low: float
    high: float
    start: float
    end: float
    doubling: bool = False
    """Whether equal steps are equal ratios; values are then above 0."""

    def __call__(self, value: float) -> float:
        if self.doubling:
            share = math.log(value / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + min(max(share, 0.0), 1.0) * (self.end - self.start)


def lines(
    series: Sequence[Line],
    labels: Labels,
    *,
    reference: Reference | None = None,
    diagonal: str = "",
    y_range: tuple[float, float] | None = None,
    doubling: bool = False,
) -> Markup:
    """Return a chart of curves with their bands.

    Args:
        series: at least one line with at least one point.
        labels: the words of the chart.
        reference: a horizontal line that the curves are read against.
        diagonal: the name of the line y = x, where one belongs in the chart.
        y_range: lowest and highest y shown; by default all points and bands.
        doubling: whether equal steps along x are equal ratios, with a tick at each x.
    """
    xs = [x for line in series for x in line.x]
    ys = [y for line in series for y in (*line.y, *line.low, *line.high)]
    ys += [reference.value] if reference else []
    bottom, top = y_range or _padded(min(ys), max(ys))
    legend = _legend([line.name for line in series])
    head = 20.0 * len(legend) + 12
    height = head + 300
    across = _Scale(*_padded(min(xs), max(xs), 0), 62, WIDTH - 16, doubling)
    up = _Scale(bottom, top, height - 48, head)
    marked = sorted(set(xs)) if doubling else ticks(across.low, across.high)
    parts = [_axes(across, up, labels, height, marked), *_placed_legend(legend)]
    if diagonal:
        ends = max(across.low, bottom), min(across.high, top)
        parts += [
            _stroke([(across(e), up(e)) for e in ends], "currentColor", "3 4", 1),
            _text(across.end - 6, up.start - 8, f"dotted: {diagonal}", "end", muted=True),
        ]
    parts += [_band(line, across, up, i) for i, line in enumerate(series)]
    parts += [_curve(line, across, up, i) for i, line in enumerate(series)]
    if reference:
        y = up(reference.value)
        parts += [
            _stroke([(across.start, y), (across.end, y)], "currentColor", "3 4", 1.25),
            _text(across.end - 4, y - 5, reference.label, "end", muted=True),
        ]
    return _svg(parts, labels, height)


def intervals(
    rows: Sequence[Interval],
    labels: Labels,
    *,
    names: Sequence[str] = (),
    reference: Reference | None = None,
    x_range: tuple[float, float] | None = None,
) -> Markup:
    """Return a chart with one row per value: a mark, its interval as a line, and the number.

    Args:
        rows: at least one, from top to bottom.
        labels: the words of the chart.
        names: what the `series` of the rows stand for; shown as a legend where there are several.
        reference: a vertical line that the values are read against.
        x_range: lowest and highest value shown; by default all intervals.
    """
    values = [v for row in rows for v in (row.low, row.high, row.value)]
    values += [reference.value] if reference else []
    legend = _legend(names) if len(names) > 1 else []
    head = 20.0 * len(legend) + (30 if reference else 14)
    height = head + 28 * len(rows) + 44
    margin = min(270.0, 18 + max(_wide(row.label) for row in rows))
    across = _Scale(*(x_range or _padded(min(values), max(values))), margin, WIDTH - 82)
    up = _Scale(0, len(rows), height - 44, head)
    parts = [_axis_across(across, up, labels, height), *_placed_legend(legend, marks=True)]
    if reference:
        x = across(reference.value)
        anchor = "middle" if margin + 60 < x < WIDTH - 146 else "end" if x > WIDTH / 2 else "start"
        parts += [
            _stroke([(x, head - 6), (x, height - 44)], "currentColor", "3 4", 1.25),
            _text(x, head - 11, reference.label, anchor, muted=True),
        ]
    for i, row in enumerate(rows):
        y = head + 28 * i + 14
        ends = [(across(row.low), y), (across(row.high), y)]
        parts += [
            _text(margin - 12, y + 5, _cut(row.label), "end"),
            _stroke(ends, _colour(row.series), "", 2.5),
            _mark(across(row.value), y, row.series),
            _text(WIDTH - 70, y + 5, f"{row.value:.3g}", "start"),
        ]
    return _svg(parts, labels, height)


def histograms(series: Sequence[Histogram], labels: Labels) -> Markup:
    """Return one histogram above the other on a shared axis, each as shares of its own total."""
    low = min(h.edges[0] for h in series)
    high = max(h.edges[-1] for h in series)
    height = 82.0 * len(series) + 52
    margin = min(270.0, 18 + max(_wide(h.name) for h in series))
    across = _Scale(*_padded(low, high, 0), margin, WIDTH - 16)
    parts = [_axis_across(across, _Scale(0, 1, height - 44, 8), labels, height)]
    for i, one in enumerate(series):
        floor = 82.0 * (i + 1)
        tallest = max(one.counts) or 1
        points = [(across(one.edges[0]), floor)]
        for left, right, count in zip(one.edges, one.edges[1:], one.counts, strict=False):
            level = floor - 66 * count / tallest
            points += [(across(left), level), (across(right), level)]
        points.append((across(one.edges[-1]), floor))
        parts += [
            f'<path d="{_path(points)}Z" fill="{_colour(i)}" fill-opacity=".3" '
            f'stroke="{_colour(i)}" stroke-width="1.5"/>',
            _text(margin - 12, floor - 24, _cut(one.name), "end"),
        ]
    return _svg(parts, labels, height)


def ticks(low: float, high: float, about: int = 6) -> list[float]:
    """Return round numbers (1, 2 or 5 times a power of ten) from `low` to `high`."""
    rough = (high - low) / about
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(m * power for m in (1, 2, 5, 10) if m * power >= rough * 0.999)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 12) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def _padded(low: float, high: float, share: float = 0.04) -> tuple[float, float]:
    spread = high - low
    if spread <= 0:
        return low - 0.5, high + 0.5
    return low - share * spread, high + share * spread


def _svg(parts: Sequence[str], labels: Labels, height: float) -> Markup:
    key = f"chart-{crc32(f'{labels.title}{labels.description}'.encode()):08x}"
    return Markup(  # every piece of text in it went through `escape`
        f'<div class="scroll" tabindex="0"><svg viewBox="0 0 {WIDTH:g} {height:g}" role="img" '
        f'aria-labelledby="{key}-title {key}-text" font-size="{FONT:g}" '
        f'style="min-width:27rem;max-width:42rem">'
        f'<title id="{key}-title">{escape(labels.title)}</title>'
        f'<desc id="{key}-text">{escape(labels.description)}</desc>{"".join(parts)}</svg></div>'
    )


def _axes(
    across: _Scale, up: _Scale, labels: Labels, height: float, marked: Sequence[float]
) -> str:
    parts = [_axis_across(across, up, labels, height, marked)]
    for value in ticks(up.low, up.high):
        y = up(value)
        parts += [
            _stroke([(across.start, y), (across.end, y)], "var(--line, #ccc)", "", 1),
            _text(across.start - 8, y + 5, f"{value:g}", "end", muted=True),
        ]
    middle = (up.start + up.end) / 2
    parts.append(
        f'<text transform="translate(14 {middle:.1f}) rotate(-90)" text-anchor="middle" '
        f'fill="currentColor">{escape(labels.y)}</text>'
    )
    return "".join(parts)


def _axis_across(
    across: _Scale, up: _Scale, labels: Labels, height: float, marked: Sequence[float] = ()
) -> str:
    parts = [_text((across.start + across.end) / 2, height - 6, labels.x, "middle")]
    for value in marked or ticks(across.low, across.high):
        x = across(value)
        parts += [
            _stroke([(x, up.start), (x, up.end)], "var(--line, #ccc)", "", 1),
            _text(x, up.start + 18, f"{value:g}", "middle", muted=True),
        ]
    return "".join(parts)


def _curve(line: Line, across: _Scale, up: _Scale, index: int) -> str:
    points = [(across(x), up(y)) for x, y in zip(line.x, line.y, strict=True)]
    drawn = _stroke(points, _colour(index), _dash(index), 2.5)
    if len(points) <= 12:
        drawn += "".join(_mark(x, y, index) for x, y in points)
    return drawn


def _band(line: Line, across: _Scale, up: _Scale, index: int) -> str:
    if not len(line.low):
        return ""
    upper = [(across(x), up(y)) for x, y in zip(line.x, line.high, strict=True)]
    lower = [(across(x), up(y)) for x, y in zip(line.x, line.low, strict=True)]
    shape = _path([*upper, *reversed(lower)])
    return f'<path d="{shape}Z" fill="{_colour(index)}" fill-opacity=".15"/>'


def _legend(names: Sequence[str]) -> list[list[tuple[float, int, str]]]:
    """Rows of (left edge, series, name) that fit the width."""
    rows: list[list[tuple[float, int, str]]] = []
    left = WIDTH
    for index, name in enumerate(names):
        shown = _cut(name)
        if left + 44 + _wide(shown) > WIDTH:
            rows.append([])
            left = 8.0
        rows[-1].append((left, index, shown))
        left += 56 + _wide(shown)
    return rows


def _placed_legend(rows: list[list[tuple[float, int, str]]], marks: bool = False) -> list[str]:
    parts = []
    for row, entries in enumerate(rows):
        y = 12.0 + 20 * row
        for x, index, name in entries:
            dash = "" if marks else _dash(index)
            parts += [
                _stroke([(x, y), (x + 28, y)], _colour(index), dash, 2.5),
                _mark(x + 14, y, index) if marks else "",
                _text(x + 36, y + 5, name, "start"),
            ]
    return parts


def _mark(x: float, y: float, index: int) -> str:
    paint = f'fill="{_colour(index)}" stroke="var(--paper, #fff)" stroke-width="1.5"'
    shape = MARKS[index % len(MARKS)]
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="5.5" {paint}/>'
    if shape == "square":
        return f'<rect x="{x - 5:.1f}" y="{y - 5:.1f}" width="10" height="10" {paint}/>'
    corners = (
        [(0, -7), (7, 0), (0, 7), (-7, 0)] if shape == "diamond" else [(0, -7), (7, 6), (-7, 6)]
    )
    path = _path([(x + dx, y + dy) for dx, dy in corners])
    return f'<path d="{path}Z" {paint}/>'


def _stroke(points: Sequence[tuple[float, float]], colour: str, dash: str, width: float) -> str:
    pattern = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<path d="{_path(points)}" fill="none" stroke="{colour}" stroke-width="{width:g}" '
        f'stroke-linejoin="round"{pattern}/>'
    )


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _text(x: float, y: float, text: str, anchor: str, *, muted: bool = False) -> str:
    colour = "var(--muted, currentColor)" if muted else "currentColor"
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">'
        f"{escape(text)}</text>"
    )


def _colour(index: int) -> str:
    return f"var(--series-{index % len(COLOURS) + 1}, {COLOURS[index % len(COLOURS)]})"


def _dash(index: int) -> str:
    return DASHES[(index + index // len(DASHES)) % len(DASHES)]


def _wide(text: str) -> float:
    """About how wide a text is drawn: six tenths of the type size per character."""
    return 0.6 * FONT * min(len(text), 32)


def _cut(text: str) -> str:
    return text if len(text) <= 32 else text[:31] + "…"
