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


def test_text_above_the_first_ruler_is_not_part_of_the_snapshot() -> None:
    interfaces = "  1...........................Software Loopback Interface 1\n"
    text = f"one\ntwo\n\n{RULER}Interface List\n{interfaces}{RULER}"
    assert [parse(lines).snapshots[0].first_line for lines in (text, text.replace("\n\n", "\n"))] == [4, 3]


def test_text_above_a_title_in_an_unknown_language_is_not_part_of_the_snapshot() -> None:
    dump = parse(f"one\ntwo\n\n{RULER}Titolo\nCelo Masko Pordo Interfaco Kosto\n{ROUTE}{RULER}")
    assert (dump.snapshots[0].first_line, dump.lines.foreign) == (4, 2)
