"""Aligned columns on a narrow terminal."""

from collections.abc import Container, Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.formats.text_layout import Grid, draw_lines, measure_column, narrow

ROWS = [
    ["Change", "Local", "Remote", "State"],
    ["added", "10.0.0.1:22", "10.0.0.2:5", "established"],
    ["added", "[2001:db8::7]:22", "10.0.0.2:5", "listen"],
]


def align_rows(rows: Sequence[Sequence[str]], width: int, right: Container[str] = ()) -> Iterator[str]:
    """Yield the lines of rows, the first of which has the headings."""
    columns = list(zip(*rows, strict=True))
    sizes = narrow([measure_column(cells) for cells in columns], width)
    grid = Grid(sizes, [heading in right for heading in rows[0]], [False] * len(sizes), [None] * len(sizes), width)
    yield from draw_lines(columns, grid)


def test_columns_are_aligned() -> None:
    assert list(align_rows(ROWS, 80)) == [
        "Change  Local             Remote      State",
        "added   10.0.0.1:22       10.0.0.2:5  established",
        "added   [2001:db8::7]:22  10.0.0.2:5  listen",
    ]


def test_a_cell_that_is_too_wide_moves_the_rest_below_their_headings() -> None:
    assert list(align_rows(ROWS, 44)) == [
        "Change  Local        Remote      State",
        "added   10.0.0.1:22  10.0.0.2:5  established",
        "added   [2001:db8::7]:22",
        "                     10.0.0.2:5  listen",
    ]


def test_rows_after_a_row_of_several_lines_are_in_order() -> None:
    rows = [ROWS[0], ROWS[2], ROWS[1], ROWS[2], ROWS[1]]
    lines = list(align_rows(rows, 44))
    assert [line.split()[1] for line in lines if line.startswith("added")] == [row[1] for row in rows[1:]]
    assert [line.split()[-1] for line in lines if not line.endswith(":22")] == [row[-1] for row in rows]


def test_numbers_are_aligned_to_the_right() -> None:
    assert list(align_rows([["Name", "After"], ["a", "1"], ["b", "1,000"]], 80, {"After"})) == [
        "Name  After",
        "a         1",
        "b     1,000",
    ]


@given(
    st.integers(2, 4).flatmap(
        lambda columns: st.lists(
            st.lists(st.text("ab", max_size=12), min_size=columns, max_size=columns), min_size=1, max_size=4
        )
    ),
    st.integers(12, 40),
)
def test_no_cell_is_broken_and_no_line_too_wide(rows: list[list[str]], width: int) -> None:
    lines = list(align_rows(rows, width))
    assert all(len(line) <= width for line in lines)
    assert [word for line in lines for word in line.split()] == [cell for row in rows for cell in row if cell]
