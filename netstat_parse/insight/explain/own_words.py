"""Words of this program: codes of diagnostics, and the fields of answers with their values."""

from collections.abc import Iterator

from netstat_parse.insight.explain.term_data import read_data
from netstat_parse.insight.explain.words import Known
from netstat_parse.schema.explanation import Explanation, TermKind, TermNames


def load_own_words() -> Iterator[Known]:
    """Load the words, each with its meaning."""
    data = read_data("own_words.toml")
    for code, meaning in data["diagnostics"].items():
        yield _make_known(code, "diagnostic", f"diagnostics.code: {code}", meaning)
    for field, meaning in data["fields"].items():
        yield _make_known(field, "field", field, meaning)
    for field, values in data["values"].items():
        for value, meaning in values.items():
            yield _make_known(value, "word", f"{field}: {value}", meaning)


def _make_known(text: str, kind: TermKind, schema_name: str, meaning: str) -> Known:
    names = TermNames(schema=schema_name)
    return Known(Explanation(term="", kind=kind, names=names, meaning=meaning, sources=["netstat-parse"]), (text,))
