"""Generate records with text that a reader could misinterpret: markup, terminal escapes, formulas, YAML keywords."""

from typing import Any

from hypothesis import strategies as st

from netstat_parse.records.rows import Rows
from support.rendering import RowSource

WORDS = [
    *("no", "Yes", "on", "off", "~", "null", "true", "1:30", "0x1F", "0o17", "017", "1e5", "1_000", ".5", "-", "=1+1"),
    *(
        "2026-11-22",
        "2026-11-22T10:00:00Z",
        "<<",
        "=",
        "!!int 3",
        "&a",
        "*a",
        "? a",
        "- a",
        "a: b",
        "a #b",
        "%YAML",
        "---",
    ),
    *(
        "...",
        "'",
        '"',
        '"a',
        "''",
        '""',
        "{}",
        "[]",
        "a,b",
        "a\tb",
        "a\nb",
        "a\r\nb",
        "\\",
        "\\t",
        "\\x1b",
        "a\\",
        "\x1b[31m",
    ),
    *(
        "\x00",
        "\x7f",
        "\x85",
        "\x9b31m",
        "\u2028",
        "\u202eexe",
        "\ufeff",
        "a|b",
        "`a`",
        "``",
        "<b>",
        "<!--",
        "&amp;",
        "*a*",
    ),
    *(
        "_a_",
        "[a](b)",
        "![a](b)",
        "~~a~~",
        "http://a.b",
        "www.a.b",
        "a@b.c",
        "$x$",
        "# a",
        "1. a",
        "\U0001f600",
        "日本語",
    ),
    *("  a", "a  ", "+1", "-1", "@SUM(A1)", "\t=1", "＝1", "\\|", "|", "| a |", "--- | ---", "a\\|b", "kind", "é"),
]

TEXT = st.one_of(
    st.sampled_from(WORDS),
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20),
    st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map("".join),
)
MAYBE = st.one_of(st.none(), TEXT)


@st.composite
def connection_rows(draw: st.DrawFn) -> Rows:
    count = draw(st.integers(1, 4))

    def column(values: st.SearchStrategy[object]) -> list[object]:
        return draw(st.lists(values, min_size=count, max_size=count))

    return Rows(
        "connections",
        {
            "snapshot": [0] * count,
            "line": list(range(1, count + 1)),
            "protocol": ["tcp"] * count,
            "local_port": column(st.integers(0, 65535)),
            "program": column(MAYBE),
            "user": column(MAYBE),
            "local_host": column(MAYBE),
            "state_text": column(MAYBE),
            "timer_seconds": column(st.integers(0, 10**6).map(lambda number: number / 100)),
            "components": column(st.lists(TEXT, max_size=3)),
            "extra": column(st.dictionaries(TEXT, TEXT, max_size=2)),
        },
    )


@st.composite
def counter_rows(draw: st.DrawFn) -> Rows:
    texts = {"name": [draw(TEXT)], "label": [draw(TEXT)], "protocol": ["tcp"]}
    numbers: dict[str, list[Any]] = {
        "snapshot": [0],
        "line": [9],
        "known": [draw(st.booleans())],
        "value": [draw(st.integers(0, 2**70))],
    }
    return Rows("counters", {**numbers, **texts})


def row_sources() -> st.SearchStrategy[RowSource]:
    """Generate sources of up to four blocks; the same table can occur several times."""
    return st.builds(RowSource, st.lists(st.one_of(connection_rows(), counter_rows()), min_size=1, max_size=4), MAYBE)
