"""Charts are plain geometry."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from webapp.monitor.charts import bar_chart, nice_step, sparkline

DAYS = [date(2030, 6, 1) + timedelta(days=n) for n in range(30)]


@pytest.mark.parametrize(
    ("top", "step"), [(0, 1), (1, 1), (5, 1), (6, 2), (10, 2), (11, 5), (25, 5), (26, 10), (999, 200)]
)
def test_an_axis_has_few_round_lines(top: int, step: int) -> None:
    assert nice_step(top) == step


def test_bars_stand_on_the_base_and_stay_inside() -> None:
    chart = bar_chart(DAYS, [[n % 7 for n in range(30)], [3] * 30])
    assert len(chart.bars) == 60
    assert all(abs(bar.y + bar.height - chart.base) < 0.2 for bar in chart.bars)
    assert all(chart.left <= bar.x and bar.x + bar.width <= chart.width for bar in chart.bars)
    assert chart.grid[0].y == chart.base
    assert chart.labels[-1].on == DAYS[-1]


def test_nothing_happened_is_drawn_too() -> None:
    chart = bar_chart(DAYS, [[0] * 30, [0] * 30])
    assert {bar.height for bar in chart.bars} == {0}
    assert [line.value for line in chart.grid] == [0, 1]


def test_a_sparkline_goes_from_the_lowest_to_the_highest() -> None:
    line = sparkline([0, 5, 10])
    assert line.points == "0.0,33.0 60.0,18.0 120.0,3.0"
    assert sparkline([]).points == ""
    assert sparkline([4]).points == "0.0,33.0"
