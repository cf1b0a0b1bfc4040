"""A template matches the prefixes that the same tool writes before other lines, and names the origin."""

import re

import pytest

from netstat_parse.reading import templates
from support.linear import measure


@pytest.mark.parametrize(
    ("prefix", "other"),
    [
        ("[5]", "[12]"),
        ("[21:45:14]", "[21:45:15]"),
        ("12/15/2017 9:45:14 PM", "12/16/2017 10:45:14 AM"),
        ("[15/Dec/2017:21:45:14 +0000]", "[01/Jan/2018:01:45:14 +0000]"),
        ("1513374314", "1513374315"),
        ("<30>Dec 15 21:45:14 web1 app[12]:", "<30>Jan  5 21:45:14 web2 sshd[9]:"),
        ("2017-12-15 21:45:14,123 INFO", "2017-12-15 21:45:15,7 WARN"),
        ("web_1  |", "database_1 |"),
        ("[web1]", "[pod/web-2/nginx]"),
        ("logs/a.txt:12:", "b.txt:7:"),
        ("a.txt-12-", "logs/b.txt-7-"),
        ("job 3fa9c01 >", "job 00deadbeef1 >"),
        ("+", "-"),
        ("-", " "),
        (">", "> > >"),
        ("> >", ">"),
        ("12:", "13-"),
        ("b.txt-12-", "b.txt:13:"),
    ],
)
def test_a_template_matches_the_prefix_of_another_line(prefix: str, other: str) -> None:
    pattern = templates.learn(prefix).pattern
    assert re.fullmatch(pattern, prefix)
    assert re.fullmatch(pattern, other)


@pytest.mark.parametrize(
    ("prefix", "other"), [("stdout F", "stderr F"), ("# +", "# -"), ("out:", "err:"), ("12.", "12-")]
)
def test_a_template_does_not_match_another_prefix(prefix: str, other: str) -> None:
    assert not re.fullmatch(templates.learn(prefix).pattern, other)


@pytest.mark.parametrize(
    ("prefix", "origin"),
    [
        ("web_1  |", "web_1"),
        ("[web1]", "web1"),
        ("[10.0.0.5] out:", "10.0.0.5"),
        ("Dec 15 21:45:14 web1 mon:", "web1 mon"),
        ("host app[12]:", "host app"),
        ("host1:", "host1"),
        ("C:\\logs\\host 1.txt:", "C:\\logs\\host 1.txt"),
        ("a/b.txt:12:", "a/b.txt"),
        ("b.txt-12-", "b.txt"),
        ("[pod/web-1/nginx]", "pod/web-1/nginx"),
        ("2017-12-15 21:45:14 | 1330 |", None),
        ("[15/Dec/2017:21:45:14]", None),
        ("[INFO]", None),
        ("1513374314.123:", None),
        ("level=info msg=", None),
        ("# //", None),
    ],
)
def test_a_name_in_a_prefix_is_the_origin(prefix: str, origin: str | None) -> None:
    assert templates.learn(prefix).origin == origin


@pytest.mark.parametrize(
    "prefix", ["#", "> >", "[9]", "2017-12-15T21:45:14Z stdout F", "&gt;", "web_1 |", "a.txt:3:", "**"]
)
def test_marks_and_time_stamps_are_evident(prefix: str) -> None:
    assert templates.learn(prefix).is_evident


@pytest.mark.parametrize("prefix", ["he wrote:", "see", "level=info msg=", "host1:", "2017-12-15 got"])
def test_words_are_not_evident(prefix: str) -> None:
    assert not templates.learn(prefix).is_evident


@pytest.mark.parametrize(("prefix", "counts"), [("12", True), ("  12:", True), ("12.", False), ("1513374314", False)])
def test_a_line_number_alone_counts(prefix: str, counts: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert templates.learn(prefix).counts is counts


MAX_SECONDS = 0.1
"""Time for one prefix of 300 characters on a busy machine: linear patterns take less than a hundredth."""


@pytest.mark.parametrize("beginning", ["", "1 ", "[", "a:", "C:\\"])
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "é",
        "_",
        ".",
        "-",
        "/",
        "@",
        ":",
        "|",
        "[",
        "\\",
        "a.",
        "a-",
        "-1",
        "1-",
        "a:",
        "a ",
        "a|",
        "a/b:",
        "a:1",
        "&#",
        "T",
    ],
)
def test_an_awkward_prefix_takes_linear_time(beginning: str, unit: str) -> None:
    for prefix in (beginning + unit * 300, (beginning + unit * 300)[: templates.MAX_PREFIX_CHARS]):
        assert measure(templates.learn, prefix, 3) < MAX_SECONDS


@pytest.mark.parametrize(
    "prefix",
    ["Note:", "Output:", "Ausgabe:", "0.003 s:", "remote:", "[1006kB]", "[0b5b3a7c-1d2e-4f60-8a9b-0c1d2e3f4a5b]"],
)
def test_a_word_before_a_colon_and_a_number_in_brackets_are_no_origins(prefix: str) -> None:
    assert templates.learn(prefix).origin is None
