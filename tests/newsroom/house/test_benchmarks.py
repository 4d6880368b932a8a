"""How figures become the tables, drawings and sums of docs/performance.md. What they are is measured elsewhere."""

import pytest
from defusedxml import ElementTree

from benchmarks import svg
from benchmarks.load import Outcome
from benchmarks.paper import Costs
from benchmarks.tables import PAGE, TABLES, between_marks, pages

SVG = "{http://www.w3.org/2000/svg}"


def run(articles, cpu):
    empty = {"name": "empty view", "cpu": 0.1, "p99": 1, "rate": 9000, "queries": 0, "bytes": 0}
    front = {"name": "front", "cpu": cpu, "p99": 9, "rate": 900, "queries": 3, "bytes": 9600}
    how = {
        "what": "pages",
        "taken": "2026-11-22T20:00",
        "commit": "abc",
        "processors": 2,
        "cpu": "EPYC",
        "load": 0.5,
    }
    return {"stories": articles, "rows": [empty, front], "rounds": 5, "seconds": 3, "generator": "wrk", **how}


def test_a_table_tells_what_a_page_costs_at_each_size_and_over_an_empty_view():
    table = pages("PostgreSQL", [run(1000, 0.8), run(1_000_000, 0.9)])

    assert "| front | 0.80 | 0.90 | 9.0 | 9.0 | 900 | 3 | 9.6 |" in table


def test_only_what_is_between_the_marks_is_written():
    text = "before\n<!-- pages -->\nold\n<!-- /pages -->\nafter"

    assert between_marks(text, "pages", "new") == "before\n<!-- pages -->\nnew\n<!-- /pages -->\nafter"


def test_the_page_has_a_place_for_every_table():
    text = PAGE.read_text()

    assert [between_marks(text, name, "") for name in [*TABLES, "paper"]]
    with pytest.raises(ValueError, match="no place"):
        between_marks(text, "nothing", "")


def test_a_bar_is_as_long_as_its_value():
    drawn = ElementTree.fromstring(
        svg.bars("Pages & views", {"front": 5.0, "a < b": 10.0}, mark=10, marked="goal")
    )

    short, long = (float(bar.get("width")) for bar in drawn.iter(f"{SVG}rect"))
    assert long == 2 * short


def test_a_curve_that_does_not_grow_is_drawn_level():
    drawn = ElementTree.fromstring(svg.curves("Growth", {"front": [(1000, 2.0), (1_000_000, 2.0)]}))

    (curve,) = drawn.iter(f"{SVG}polyline")
    first, last = (point.split(",") for point in curve.get("points").split())
    assert first[1] == last[1]
    assert float(first[0]) < float(last[0])


def test_a_page_costs_what_kept_and_new_ones_cost_by_their_shares():
    assert Costs(kept=0.04, made=2.0, hits=0.98, sent=9000).page == pytest.approx(0.0792)


def test_percentiles_are_milliseconds():
    outcome = Outcome.of([number / 1000 for number in range(1, 101)], seconds=2)

    assert (outcome.rate, round(outcome.p50), round(outcome.p99)) == (50, 50, 100)
