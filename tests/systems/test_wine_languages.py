"""Wine's netstat in each of its languages has the same records as in English.

Wine prints in the code pages of Windows, with other words than those of Microsoft.
"""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

import netstat_parse as np
from netstat_parse import Connection, Dump
from netstat_parse.live.locate import locate_command
from netstat_parse.systems import lookup
from support.records import exact

LANGUAGES = {
    "ar": ("ar_SA", "cp720"),
    "ast": ("ast_ES", "cp850"),
    "ca": ("ca_ES", "cp850"),
    "cs": ("cs_CZ", "cp852"),
    "de": ("de_DE", "cp850"),
    "es": ("es_ES", "cp850"),
    "fi": ("fi_FI", "cp850"),
    "fr": ("fr_FR", "cp850"),
    "hr": ("hr_HR", "cp852"),
    "ja": ("ja_JP", "cp932"),
    "ko": ("ko_KR", "cp949"),
    "lt": ("lt_LT", "cp775"),
    "nb": ("nb_NO", "cp850"),
    "nl": ("nl_NL", "cp850"),
    "pl": ("pl_PL", "cp852"),
    "pt-BR": ("pt_BR", "cp850"),
    "pt-PT": ("pt_PT", "cp850"),
    "ro": ("ro_RO", "cp852"),
    "ru": ("ru_RU", "cp866"),
    "si": ("si_LK", "utf-8"),  # Windows has no code page for it
    "sv": ("sv_SE", "cp850"),
    "tr": ("tr_TR", "cp857"),
    "uk": ("uk_UA", "cp866"),
    "zh-CN": ("zh_CN", "cp936"),
    "zh-TW": ("zh_TW", "cp950"),
}
"""The languages of Wine's netstat, each with a locale and its code page on Windows."""

PROGRAM = r"C:\windows\system32\netstat.exe"
"""Wine loads it itself. A name without its folder is started by Wine's start.exe, which fails once in a while if several
start at once: `ShellExecuteEx failed: Internal error`."""

OPTIONS = ("-a", "-s", "-e")
ALIKE = {("pt-BR", "-a"): "pt", ("pt-PT", "-a"): "pt"}
"""Output that is the same in two variants of a language."""

each_language = pytest.mark.parametrize("language", LANGUAGES)
each_option = pytest.mark.parametrize("option", OPTIONS)


class Printed(NamedTuple):
    """The output by option: in one language, and in English right before and after."""

    before: Mapping[str, bytes]
    data: Mapping[str, bytes]
    after: Mapping[str, bytes]

    def dumps(self, option: str) -> tuple[Dump, Dump, Dump]:
        before, found, after = (np.parse(data[option]) for data in self)
        return before, found, after


@pytest.fixture(scope="module")
def locales(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder of locales: one locale with many names, because Wine only checks that a locale exists."""
    if shutil.which("localedef") is None:
        pytest.skip("no localedef here; on Debian it is in libc-bin")
    folder = tmp_path_factory.mktemp("locales")
    command = ["localedef", "--no-archive", "-i", "en_US", "-f", "UTF-8", str(folder / "en_US.UTF-8")]
    ran = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    if ran.returncode:
        pytest.skip(f"localedef cannot make a locale; on Debian: apt install locales: {ran.stderr}")
    for name, _ in LANGUAGES.values():
        (folder / f"{name}.UTF-8").symlink_to("en_US.UTF-8")
    return folder


@pytest.fixture(scope="module")
def ports() -> Iterator[set[int]]:
    """Return ports of sockets in several states; Wine prints no listeners."""
    with ExitStack() as held:
        server = held.enter_context(socket.create_server(("127.0.0.1", 0)))
        datagram = held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        datagram.bind(("127.0.0.1", 0))
        used = {server.getsockname()[1], datagram.getsockname()[1]}
        for closes_first in ("neither", "server", "client"):
            client = held.enter_context(socket.create_connection(server.getsockname()))
            accepted = held.enter_context(server.accept()[0])
            used.add(client.getsockname()[1])
            if closes_first == "server":
                accepted.close()
            elif closes_first == "client":
                client.close()
                accepted.recv(1)
                accepted.close()
        yield used


@pytest.fixture(scope="module")
def printed(wine: dict[str, str], locales: Path, ports: set[int]) -> Callable[[str], Printed]:
    """Return a function that runs Wine in a language."""
    assert ports

    def run(locale: str) -> Mapping[str, bytes]:
        environment = {**os.environ, **wine, "LOCPATH": str(locales), "LC_ALL": f"{locale}.UTF-8"}
        started = {
            option: subprocess.Popen(
                [*locate_command("wine"), PROGRAM, option],
                env=environment,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            for option in OPTIONS
        }
        ended = {option: (*process.communicate(timeout=60), process.returncode) for option, process in started.items()}
        failed = {option: end for option, end in ended.items() if end[2] or not end[0]}
        assert failed == {}, f"wine netstat failed in {locale}"
        return {option: output for option, (output, _, _) in ended.items()}

    english = [run("en_US")]

    @cache
    def printed(language: str) -> Printed:
        data = run(LANGUAGES[language][0])
        english.append(run("en_US"))
        return Printed(english[-2], data, english[-1])

    return printed


def is_between(*values: int | None) -> bool:
    """Return whether a counter of 32 bits may have grown from the first to the second to the third value."""
    before, value, after = (value for value in values if value is not None)
    return (value - before) % 2**32 <= (after - before) % 2**32


def facts(dump: Dump, ports: set[int]) -> set[tuple[object, ...]]:
    """Return the facts about connections with these ports."""

    def fact(found: Connection) -> tuple[object, ...]:
        local, remote = (found.local_address, found.local_port), (found.remote_address, found.remote_port)
        return found.protocol, found.family, *local, *remote, found.state

    return {fact(found) for found in dump.connections if found.local_port in ports}


def test_wine_prints_several_states(printed: Callable[[str], Printed], ports: set[int]) -> None:
    english = facts(printed("de").dumps("-a")[0], ports)
    assert {state for *_, state in english} == {"established", "close_wait", "time_wait", None}


@each_language
def test_connections_are_those_of_english(printed: Callable[[str], Printed], ports: set[int], language: str) -> None:
    before, found, after = (facts(dump, ports) for dump in printed(language).dumps("-a"))
    assert before & after <= found <= before | after
    assert found


@each_language
def test_counters_are_those_of_english(printed: Callable[[str], Printed], language: str) -> None:
    before, found, after = (dump.counters for dump in printed(language).dumps("-s"))
    names = [(c.protocol, c.family, c.name, c.kernel_name, c.known) for c in before]
    assert [(c.protocol, c.family, c.name, c.kernel_name, c.known) for c in found] == names
    assert len(names) == 12
    grown = zip(before, found, after, strict=True)
    wrong = [b for a, b, c in grown if b.name != "curr_estab" and not is_between(a.value, b.value, c.value)]
    assert wrong == []  # curr_estab may fall


@each_language
def test_every_counter_has_its_label_and_value(printed: Callable[[str], Printed], language: str) -> None:
    data = printed(language).data["-s"]
    rows = [line.partition(" = ") for line in data.decode(LANGUAGES[language][1]).split("\n") if " = " in line]
    counters = np.parse(data).counters
    assert [(c.label, c.value) for c in counters] == [(label.strip(), int(value)) for label, _, value in rows]


@each_language
def test_interface_counters_are_those_of_english(printed: Callable[[str], Printed], language: str) -> None:
    (before,), (found,), (after,) = (dump.interfaces for dump in printed(language).dumps("-e"))
    names = [name for name in type(found).model_fields if name.startswith(("in_", "out_"))]
    printed_names = [name for name in names if getattr(before, name) is not None]
    assert [name for name in names if getattr(found, name) is not None] == printed_names
    assert len(printed_names) == 11
    assert all(is_between(*(getattr(record, name) for record in (before, found, after))) for name in printed_names)


@each_option
@each_language
def test_the_code_page_is_identified(printed: Callable[[str], Printed], language: str, option: str) -> None:
    data = printed(language).data[option]
    (snapshot,) = np.parse(data).snapshots
    assert data.decode(snapshot.encoding or "") == data.decode(LANGUAGES[language][1])


@each_option
@each_language
def test_the_language_is_identified(printed: Callable[[str], Printed], language: str, option: str) -> None:
    (snapshot,) = np.parse(printed(language).data[option]).snapshots
    assert snapshot.language == ALIKE.get((language, option), language)


@each_option
@each_language
def test_no_line_gets_a_diagnostic(printed: Callable[[str], Printed], language: str, option: str) -> None:
    dump = np.parse(printed(language).data[option])
    assert (dump.diagnostics, dump.lines.unparsed, dump.lines.foreign) == ([], 0, 0)


@each_language
def test_no_other_program_is_identified(printed: Callable[[str], Printed], language: str) -> None:
    data = printed(language).data
    assert {np.parse(data[option]).snapshots[0].tool for option in OPTIONS} <= {"wine", None}


@pytest.mark.parametrize(("language", "option"), [("de", "-a"), ("de", "-s"), ("ja", "-a"), ("zh-TW", "-a")])
def test_words_identify_wine_if_those_of_windows_are_known(
    printed: Callable[[str], Printed], language: str, option: str
) -> None:
    assert np.parse(printed(language).data[option]).snapshots[0].tool == "wine"


@each_language
def test_an_unknown_language_is_read_by_the_order_of_counters(
    printed: Callable[[str], Printed], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    data, (_, codec) = printed(language).data["-s"], LANGUAGES[language]
    known = exact(np.parse(data).counters)
    monkeypatch.setattr(lookup, "meanings", lambda *_: {})
    assert exact(np.parse(data, encoding=codec).counters) == known
