"""Styles on a terminal."""

import io

import pytest
from rich.console import Console
from rich.text import Text

from netstat_parse.formats import styles
from netstat_parse.formats.styles import paint

ALL = {styles.TITLE, styles.HEADING, styles.NOTE}.union(
    styles.SEVERITIES.values(), styles.STATES.values(), styles.EXPOSURES.values(), styles.CHANGES.values()
)


@pytest.mark.parametrize("style", sorted(ALL))
def test_rich_writes_the_same_style(style: str) -> None:
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard", no_color=False)
    with console.capture() as capture:
        console.print(Text("text", style), end="")
    assert paint("text", style) == capture.get()


@pytest.mark.parametrize("style", sorted(ALL))
def test_text_is_readable_on_a_light_and_a_dark_terminal(style: str) -> None:
    words = {*style.split()}
    assert not words & {"white", "black", "blue"}
    assert "yellow" not in words or "bold" in words


def test_no_style_writes_no_escape_sequence() -> None:
    assert paint("text", "") == "text"
