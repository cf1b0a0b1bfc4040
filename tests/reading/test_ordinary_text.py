"""Text of other programs below and between the rows of a table is foreign: it is neither a damaged row nor a row."""

import pytest

from netstat_parse import parse
from netstat_parse.schema.dump import Dump
from support.ordinary_text import KINDS, make_text
from support.samples import ROOT

LINES = 300

TABLES = {
    "an": "linux/net-tools-2.10.debian-12.an",
    "anp": "linux/net-tools-2.10.debian-12.pt-BR.anp",
    "x": "linux/net-tools-2.10.debian-12.axp",
    "rn": "linux/net-tools-git-2026.rn",
    "r": "linux/net-tools-2.10.debian-12.r",
    "6rn": "linux/net-tools-1.60.rhel-5.A-inet6-rn",
    "i": "linux/net-tools-2.10.debian-12.in",
    "ie": "linux/net-tools-git-2026.ie",
    "g": "linux/net-tools-2.10.debian-12.g",
    "s": "linux/net-tools-2.10.debian-12.s",
    "M": "linux/net-tools-git-2018.debian-10.invented-legacy.M",
    "Windows ano": "windows/windows-10.en.ano.utf-8",
    "Windows b": "windows/windows-10.en.b.utf-8",
    "Windows r": "windows/windows-10.en.r.utf-8",
    "Windows e": "windows/windows-10.en.e.utf-8",
    "Windows s": "windows/windows-10.en.s.utf-8",
}

FALSE_ALARMS = {"unparsed-line", "truncated-row", "unread-table", "possible-row"}


def count_faults(dump: Dump) -> int:
    return sum(found.code in FALSE_ALARMS for found in dump.diagnostics)


def list_faults(dump: Dump) -> list[str]:
    return [
        f"{found.code}: {found.text!r}: {found.message}" for found in dump.diagnostics if found.code in FALSE_ALARMS
    ]


def read(table: str) -> str:
    return (ROOT / "samples" / f"{TABLES[table]}.txt").read_text("utf-8", "replace")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_text_below_a_table_is_foreign(table: str, kind: str) -> None:
    text = read(table).rstrip() + "\n"
    alone, noise = parse(text), make_text(kind, LINES)
    for between in ("", "\n"):
        dump = parse(text + between + noise)
        assert list_faults(dump)[count_faults(alone) :][:5] == []
        assert dump.lines.records == alone.lines.records


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("table", TABLES)
def test_text_between_two_rows_is_foreign(table: str, kind: str) -> None:
    text = read(table).rstrip() + "\n"
    above, _, last = text.removesuffix("\n").rpartition("\n")
    alone = parse(text)
    dump = parse(f"{above}\n{make_text(kind, LINES)}{last}\n")
    assert list_faults(dump)[count_faults(alone) :][:5] == []
