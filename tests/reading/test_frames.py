"""Rulers of Windows enclose a title, and the headings below it, in any language."""

from netstat_parse import parse

RULER = "=" * 75 + "\n"
ROUTE = "          0.0.0.0          0.0.0.0      192.168.0.1     192.168.0.52     25\n"


def test_unknown_title_and_headings_below_a_ruler_are_headings() -> None:
    dump = parse(f"{RULER}Titolo\nCelo Masko Pordo Interfaco Kosto\n{ROUTE}{RULER}")
    assert (dump.lines.headings, dump.lines.foreign, len(dump.routes)) == (4, 0, 1)


def test_text_after_a_blank_line_below_a_ruler_is_foreign() -> None:
    dump = parse(f"{RULER}Titolo\nCelo Masko Pordo Interfaco Kosto\n{ROUTE}{RULER}\nsome text\n")
    assert dump.lines.foreign == 1
