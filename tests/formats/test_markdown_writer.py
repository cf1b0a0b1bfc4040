"""Markdown is read back by markdown-it."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings

from netstat_parse.formats.cells import CUT_NOTE
from netstat_parse.formats.markdown_writer import escape
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.rows import Columns, Rows
from support.hostile import row_sources
from support.read_back import from_markdown, tables_for_people
from support.rendering import RowSource, render, render_document
from support.samples import choose_representatives, sample_id

ROW = "tcp        0      0 10.0.0.1:22             10.0.0.2:50000          ESTABLISHED\n"

some_samples = pytest.mark.parametrize("sample", choose_representatives(), ids=sample_id)

with_any_text = settings(max_examples=150, derandomize=True)


@some_samples
def test_markdown_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    assert from_markdown(render("markdown", sample).decode()) == tables_for_people(render_document(sample))


@with_any_text
@given(row_sources())
def test_markdown_keeps_any_text_and_escapes_all_markup(source: RowSource) -> None:
    assert from_markdown(render("markdown", source).decode()) == tables_for_people(render_document(source))


def test_a_table_without_a_title_has_no_empty_heading() -> None:
    log = f"$ netstat -an\n{ROW}$ netstat -ant\n{ROW}tcp        0\n".encode()
    text = render("markdown", Reading(log), only="connections,diagnostics,snapshots").decode()
    assert "## Diagnostics\n" in text
    assert re.search(r"^#+ *$", text, re.MULTILINE) is None
    assert "\n\n\n" not in text


def test_a_truncated_value_is_explained_only_if_it_is_printed() -> None:
    columns: Columns = {
        "snapshot": [0],
        "local_address": ["2001:db8:aaaa:b"],
        "program": ["a"],
        "truncated": [["local_address"]],
    }
    source = RowSource([Rows("connections", columns)])
    assert CUT_NOTE in render("markdown", source).decode()
    assert CUT_NOTE not in render("markdown", source, fields="program").decode()


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("@user", "@<!-- -->user"),
        ("fixes #1", "fixes #<!-- -->1"),
        ("owner/project#12", "owner/project#<!-- -->12"),
        ("@/run/x.sock", "@/run/x.sock"),
        ("sshd@host #a", "sshd@host #a"),
        ("root@host.example", "root@<!-- -->host.example"),
        ("GH-12 and gh-1", "GH-<!-- -->12 and gh-<!-- -->1"),
        ("high-1", "high-1"),
        ("!1 &2 $3 ~4", r"!<!-- -->1 \&<!-- -->2 \$<!-- -->3 \~<!-- -->4"),
    ],
)
def test_text_mentions_nobody_and_refers_to_no_issue(text: str, written: str) -> None:
    assert escape(text) == written
