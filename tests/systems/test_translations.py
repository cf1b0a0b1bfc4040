"""Words of net-tools' own translations and of distributions', in whole rows."""

import pytest

import netstat_parse as np


@pytest.mark.parametrize(
    ("text", "language", "fact"),
    [
        (
            "tcp        0      0 192.0.2.1:38197         198.51.100.2:80         ESTABLECIDO 4379/dropbox     apagado (0.00/0/0)\n",
            "es",
            ("established", "off"),
        ),
        (
            "tcp        0      0 192.0.2.1:38197         198.51.100.2:80         STÄNG       4379/dropbox     av (0.00/0/0)\n",
            "sv",
            ("closed", "off"),
        ),
    ],
)
def test_states_and_timers_of_a_translation_are_known(text: str, language: str, fact: tuple[str, str]) -> None:
    dump = np.parse(text)
    assert (dump.connections[0].state, dump.connections[0].timer) == fact
    assert dump.snapshots[0].language == language
    assert dump.diagnostics == []


def test_a_title_of_a_translation_tells_the_language() -> None:
    title = "Таблица маршутизации ядра протокола IP\n"
    headings = "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n"
    row = "0.0.0.0         192.0.2.1       0.0.0.0         UG    100    0        0 eth0\n"
    dump = np.parse(title + headings + row)
    assert (dump.lines.headings, dump.snapshots[0].language) == (2, "ru")


@pytest.mark.parametrize(
    ("language", "text", "kernel_name"),
    [
        ("sv", "Ip:\n    12 totalt antal mottagna paket\n    3 med ogiltiga rubriker\n", "Ip.InHdrErrors"),
        ("ca", "Ip:\n    3 amb capçaleres no vàlides\n", "Ip.InHdrErrors"),
        ("ka", "Ip:\n    3 არასწორი თავსართით\n", "Ip.InHdrErrors"),
    ],
)
def test_labels_of_a_translation_are_known(language: str, text: str, kernel_name: str) -> None:
    dump = np.parse(text)
    assert (dump.counters[-1].kernel_name, dump.snapshots[0].language) == (kernel_name, language)
