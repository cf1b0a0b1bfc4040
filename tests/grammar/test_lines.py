"""Expressions are compiled for whole lines, and explain why a line does not match."""

from netstat_parse.grammar.lines import compile_any_line, compile_line, compile_start, compile_terms, explain_mismatch
from netstat_parse.tokens import integer, word

ROUTE = word("interface") + integer("metric")


def test_the_start_of_a_line_may_be_followed_by_other_text() -> None:
    assert compile_start(ROUTE).pattern.match("eth0 5 and more\n")


def test_a_whole_line_ends_with_the_expression() -> None:
    fused = compile_line(ROUTE)
    assert fused.pattern.match("eth0 5  \n")
    assert not fused.pattern.match("eth0 5 and more\n")


def test_the_first_expression_that_matches_the_whole_line_reads_it() -> None:
    fused = compile_any_line([word("name"), ROUTE])
    found = fused.pattern.match("eth0 5\n")
    assert found is not None
    assert fused.columns([found.groups()]) == {"interface": ["eth0"], "metric": [5]}


def test_a_mismatch_counts_the_terms_before_it() -> None:
    assert explain_mismatch(compile_terms(ROUTE), "eth0   five")[:3] == (1, "metric", 7)


def test_a_line_that_matches_has_no_expected_term() -> None:
    assert explain_mismatch(compile_terms(ROUTE), "eth0 5")[:3] == (2, "", 6)
