"""Control characters are found and removed."""

import pytest

from netstat_parse.logs import controls


@pytest.mark.parametrize("line", ["\x1b[01;32mtcp\x1b[0m", "t\x08tc\x08cp\x08p", "\x1b]0;title\x07tcp"])
def test_colours_and_overstrikes_are_removed(line: str) -> None:
    assert controls.has_control(line)
    assert controls.strip_control(line) == "tcp"
