"""Two kinds of drawings, legible on light and on dark paper: bars, and curves over a scale of tens."""

from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, log10

WIDTH, LABELS, LINE, CURVES = 760, 230, 26, 320  # pixels
STYLE = """
    text { font: 13px system-ui, sans-serif; fill: #1d1d1d } .quiet { fill: #6a6a6a } .title { font-weight: 600 }
    .bar { fill: #1f6f8b } .axis { stroke: #c8c8c8 } .mark { stroke: #b3261e; stroke-dasharray: 4 3 }
    polyline { fill: none } polyline, line[class^="c"] { stroke-width: 2 }
    .c0 { stroke: #1f6f8b } .c1 { stroke: #b3541e } .c2 { stroke: #5b7f2b } .c3 { stroke: #7b4fa3 }
    .c4 { stroke: #a3324f } .c5 { stroke: #8a7a2b } .c6 { stroke: #555 }
    @media (prefers-color-scheme: dark) {
        text { fill: #ececec } .quiet { fill: #a5a5a5 } .bar { fill: #58b3d0 } .axis { stroke: #555 }
        .mark { stroke: #ff8a80 } .c0 { stroke: #58b3d0 } .c1 { stroke: #f0a06a } .c2 { stroke: #a8cf72 }
        .c3 { stroke: #c5a3e6 } .c4 { stroke: #f08aa5 } .c5 { stroke: #d9c766 } .c6 { stroke: #bbb }
    }
"""


def bars(title: str, values: Mapping[str, float], *, mark: float, marked: str) -> str:
    """A bar for each value, and a line at `mark`."""
    room, most = WIDTH - LABELS - 70, max([*values.values(), mark])
    drawn = []
    for number, (label, value) in enumerate(values.items()):
        y = 44 + number * LINE
        drawn += [
            text(LABELS - 8, y + 14, label, anchor="end"),
            f'<rect class="bar" x="{LABELS}" y="{y}" width="{value / most * room:.1f}" height="{LINE - 8}" rx="2"/>',
            text(LABELS + value / most * room + 6, y + 14, f"{value:.1f}", "quiet"),
        ]
    height = 44 + len(values) * LINE
    x = LABELS + mark / most * room
    drawn += [line(x, 36, x, height, "mark"), text(x, height + 16, marked, "quiet", anchor="middle")]
    return paper(title, drawn, height + 28)


def curves(
    title: str, values: Mapping[str, Sequence[tuple[float, float]]], *, mark: float = 0, marked: str = ""
) -> str:
    """A curve for each series of (stories, figure); the stories' scale is one of tens."""
    points = [point for series in values.values() for point in series]
    first, last = log10(min(x for x, _y in points)), log10(max(x for x, _y in points))
    most = nice(max([mark, *(y for _x, y in points)]))
    left, right, top, bottom = 60, WIDTH - LABELS - 20, 50, CURVES

    def place(x: float, y: float) -> tuple[float, float]:
        return left + (log10(x) - first) / ((last - first) or 1) * (right - left), bottom - y / most * (
            bottom - top
        )

    drawn = [line(left, place(1, y)[1], right, place(1, y)[1], "axis") for y in steps(most)]
    drawn += [text(left - 8, place(1, y)[1] + 4, f"{y:g}", "quiet", anchor="end") for y in steps(most)]
    for exponent in range(round(first), round(last) + 1):
        drawn.append(
            text(
                place(10**exponent, 0)[0], bottom + 20, f"{10**exponent:,} stories", "quiet", anchor="middle"
            )
        )
    if mark:
        y = place(1, mark)[1]
        drawn += [line(left, y, right, y, "mark"), text(left + 6, y - 5, marked, "quiet")]
    for number, (label, series) in enumerate(values.items()):
        path = " ".join("{:.1f},{:.1f}".format(*place(*point)) for point in series)
        y = top + number * 22
        drawn += [f'<polyline class="c{number % 7}" points="{path}"/>', text(right + 40, y + 4, label)]
        drawn.append(line(right + 14, y, right + 34, y, f"c{number % 7}"))
    return paper(title, drawn, bottom + 34)


def nice(most: float) -> float:
    """The top of a scale that holds it."""
    ten = 10 ** ceil(log10(most or 1))
    return next(top for top in (ten / 5, ten / 2, ten) if top >= most)


def steps(most: float) -> list[float]:
    return [most * part / 5 for part in range(6)]


def line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def text(x: float, y: float, words: str, kind: str = "", *, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def paper(title: str, drawn: Sequence[str], height: float) -> str:
    lines = "\n".join([f"<style>{STYLE}</style>", text(8, 20, title, "title"), *drawn])
    size = f'viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" height="{height:.0f}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label="{escape(title)}">\n{lines}\n</svg>\n'
