"""Each output format has a writer."""

from netstat_parse.formats.registry import WRITERS, find_writer


def test_every_format_has_a_writer() -> None:
    assert all(callable(find_writer(form)) for form in WRITERS)
