"""A table is recognized by its title, by its headings or by a row."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from netstat_parse import NetstatParseError, to_json
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.recognizers import load_recognizer
from support.samples import SAMPLES, parse_options, sample_id


def forget_inputs() -> None:
    """Forget all inputs, as in a new process."""
    load_recognizer.cache_clear()


@pytest.fixture
def _fresh() -> Iterator[None]:
    yield
    forget_inputs()


def outcome(sample: Path) -> bytes | str:
    try:
        return to_json(sample.read_bytes(), **parse_options(sample))
    except NetstatParseError as error:
        return str(error)


@pytest.mark.usefixtures("_fresh")
def test_earlier_inputs_do_not_change_the_result() -> None:
    first = {}
    for sample in SAMPLES:
        forget_inputs()
        first[sample] = outcome(sample)
    _ = load_recognizer(None).index.by_system  # imports all grammars
    assert [sample_id(sample) for sample in SAMPLES if outcome(sample) != first[sample]] == []


@pytest.mark.parametrize(
    "line",
    [
        "Active Internet connections (only servers)",
        "Aktive Internetverbindungen (Nur Server)",
        "  Proto  Lokale Adresse         Remoteadresse          Status",
        "  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         1712",
        "C:\\>netstat -ano",
    ],
)
def test_a_title_headings_a_row_and_a_command_are_lines_of_netstat(line: str) -> None:
    assert TableRecognizer().is_netstat_line(line)


@pytest.mark.parametrize("line", ["", "some text", "12:", "Proto", "1 of 2 local addresses"])
def test_other_text_is_not_a_line_of_netstat(line: str) -> None:
    assert not TableRecognizer().is_netstat_line(line)


@pytest.mark.parametrize("title", ["Active Connections", "Active  Connections:", "Active Connections (w/o servers)"])
def test_a_title_is_found_without_its_colon_and_parentheses(title: str) -> None:
    assert TableRecognizer("windows").examine(title).titles


def test_a_recognizer_of_one_system_ignores_the_titles_of_others() -> None:
    assert not TableRecognizer("linux").examine("Active Connections").titles
