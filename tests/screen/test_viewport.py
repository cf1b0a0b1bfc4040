"""The visible columns and cells of a screen."""

import pytest

from netstat_parse.screen.columns import Column
from netstat_parse.screen.pairs import Row
from netstat_parse.screen.tracker import TableRound
from netstat_parse.screen.viewport import Viewport

HEADINGS = {"Proto": 5, "Local": 44, "Remote": 44, "State": 11, "Timer": 30}


def table(widths: dict[str, int]) -> TableRound:
    columns = [Column(heading, (heading.lower(),)) for heading in widths]
    row = Row((), {}, cells=[heading[0] * width for heading, width in widths.items()])
    return TableRound("connections", "Connections", columns, [*widths.values()], [row])


@pytest.mark.parametrize("width", range(1, 160, 3))
@pytest.mark.parametrize("widths", [HEADINGS, {"value": 300}, {"Proto": 5, "State": 11}, {}], ids=len)
def test_every_character_is_visible_at_one_of_the_stops(width: int, widths: dict[str, int]) -> None:
    found = Viewport(table(widths), width)
    assert found.stops == sorted({*found.stops})
    cells = [*found.table.rows[0].cells]
    seen: set[tuple[int, int]] = set()
    for at in found.stops:
        line = found.draw(cells, at)
        seen |= {(place, number) for place, text in line.fixed for number in range(len(text.rstrip()))}
        position = 0
        for place, text in line.moving:
            visible = range(max(at - position, 0), max(min(at + found.body - position, len(text)), 0))
            seen |= {(place, number) for number in visible if text[number] != " "}
            position += len(text)
    assert len(seen) == sum(map(len, cells))


@pytest.mark.parametrize("width", range(50, 160, 3))
def test_no_cell_is_cut_that_fits_on_the_screen(width: int) -> None:
    found = Viewport(table(HEADINGS), width)
    for at in found.stops:
        position = 0
        for place, text in found.draw(found.table.rows[0].cells, at).moving:
            is_inside = at <= position and position + found.table.widths[place] <= at + found.body
            assert is_inside or not text.strip()
            position += len(text)


def test_a_table_that_fits_has_no_stop_and_its_columns_in_order() -> None:
    found = Viewport(table(HEADINGS), 160)
    line = found.draw([*HEADINGS], 0)
    assert [cell.text.strip() for cell in line.moving] == [*HEADINGS]
    assert (found.stops, line.is_cut_left, line.is_cut_right) == ([0], False, False)
