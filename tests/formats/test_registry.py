"""The registry has a writer for each output format."""

from netstat_parse.cli.options import PRINTED
from netstat_parse.formats.registry import WRITERS, find_writer


def test_every_format_of_the_command_line_has_a_writer() -> None:
    assert tuple(WRITERS) == PRINTED
    assert all(callable(find_writer(form)) for form in WRITERS)
