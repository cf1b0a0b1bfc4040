"""Markdown is read back by markdown-it."""

from pathlib import Path

import pytest
from hypothesis import given, settings

from support.hostile import told
from support.printed import Told, document, name, printed
from support.read_back import from_markdown, tables_for_people
from support.samples import representatives

some_samples = pytest.mark.parametrize("sample", representatives(), ids=name)

with_any_text = settings(max_examples=150, deadline=None, derandomize=True)


@some_samples
def test_markdown_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    assert from_markdown(printed("markdown", sample).decode()) == tables_for_people(document(sample))


@with_any_text
@given(told())
def test_markdown_keeps_any_text_and_escapes_all_markup(source: Told) -> None:
    assert from_markdown(printed("markdown", source).decode()) == tables_for_people(document(source))
