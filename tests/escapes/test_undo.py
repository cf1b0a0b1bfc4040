"""The effects of terminals, pagers, log daemons and markup are undone before anything is recognized."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netstat_parse import parse
from netstat_parse.decode.text import TextBlock, number_lines
from netstat_parse.escapes.line_block import LineBlock, SharedLine, from_text
from netstat_parse.escapes.undo import undo
from support.linear import grows_faster, measure

HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n"
SSHD = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      12/sshd\n"
MAIL = "tcp        0      0 0.0.0.0:25              0.0.0.0:*               LISTEN      13/master\n"
TABLE = "Active Internet connections (only servers)\n" + HEADINGS + SSHD + MAIL
ROUTES = "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n"
ROUTE = "0.0.0.0         10.0.0.1        0.0.0.0         UG        0 0          0 eth0\n"
WINDOWS = "  Proto  Local Address          Foreign Address        State           PID\n"
LISTENING = "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       948\n"


def make_block(text: str, first: int = 1) -> TextBlock:
    return TextBlock(text, number_lines(text, first))


def undo_text(text: str) -> list[LineBlock]:
    return list(undo([make_block(text)]))


def undone(text: str) -> str:
    return "".join(block.text for block in undo_text(text))


def undo_pieces(pieces: list[str]) -> list[LineBlock]:
    """Undo text that comes in blocks of whole lines."""

    def blocks() -> Iterator[TextBlock]:
        line = 1
        for piece in pieces:
            yield make_block(piece, line)
            line += piece.count("\n")

    return list(undo(blocks()))


def split_lines(text: str) -> list[str]:
    """Split text at line feeds alone."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []


def merge(blocks: list[LineBlock]) -> tuple[Any, ...]:
    """Return all that blocks hold, whatever their sizes."""
    lines = [
        (line, number, block.origin)
        for block in blocks
        for line, number in zip(split_lines(block.text), block.numbers, strict=True)
    ]
    originals = {number: line for block in blocks for number, line in block.originals.items()}
    shared = {number: line for block in blocks for number, line in block.shared.items()}
    return lines, originals, shared


@pytest.mark.parametrize(
    "text", ["", "\n", TABLE, ROUTES + ROUTE, WINDOWS + LISTENING, "eth0: flags=4163<UP,BROADCAST>\n"]
)
def test_text_without_escapes_stays_as_it_is(text: str) -> None:
    assert undo_text(text) == [from_text(make_block(text))]


OWN = [
    "        inet6 fe80::1  prefixlen 64  scopeid 0x20<link>\n",
    "unix  2      [ ACC ]     STREAM     LISTENING     19966    1/systemd            /run/a\n",
    " [svchost.exe]\n",
    "eth0: flags=2099<UP,BROADCAST>  mtu 1500\x20\n",
    "? (192.0.2.1) at <incomplete> on eth0\n",
    "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      281/\x1b[31mred\n",
    "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      281/a\rb   \n",
    "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      281/a\xa0b  \n",
    "===========================================================================\n",
    "unix  2      [ ]         DGRAM                    1234     /run/systemd/\\x2dfoo\n",
    "C:\\>netstat -an\n",
    "C:\\Users\\_x>netstat -an\n",
    "--More--\n",
    "[code]\n",
    "<h3>netstat</h3>\n",
    "</pre>\n",
    '{"level":"info","msg":"done","path":"C:\\\\new"}\n',
    "Authorization: Basic YWJjOmRlZg==\n",
    "Fixed issue #012 in release\n",
    "GET /?a=1&b=2 HTTP/1.1\n",
    "  at com.example.Foo.<init>(Foo.java:1)\n",
]


@pytest.mark.parametrize("line", OWN)
def test_what_netstat_and_others_print_is_not_an_escape(line: str) -> None:
    assert undone(line) == line


LINES = {
    "carriage return of more": ("--More--\r        \r" + SSHD, SSHD),
    "more with a percentage": ("--More--(12%)\r             \r" + SSHD, SSHD),
    "more in reverse": ("\x1b[7m--More--\x1b[27m\r\x1b[K" + SSHD, SSHD),
    "more of a switch": ("<--- More --->\r              \r" + SSHD, SSHD),
    "more erased by backspaces": ("--More--" + "\b" * 8 + " " * 8 + "\b" * 8 + SSHD, SSHD),
    "more whose erasing is lost": ("--More--" + SSHD, SSHD),
    "more of Windows": ("-- More  --\r              \r" + LISTENING, LISTENING),
    "less": (":\x1b[K\r\x1b[K" + SSHD, SSHD),
    "end of less": ("\x1b[7m(END)\x1b[27m\x1b[K\r\x1b[K" + SSHD, SSHD),
    "lines of less": ("lines 1-23\r\x1b[K" + SSHD, SSHD),
    "percentage of less": ("50%\r\x1b[K" + SSHD, SSHD),
    "pause": ("Press any key to continue . . . " + SSHD, SSHD),
    "cursor forward": ("udp        0      0 10.0.0.5:68\x1b[13C0.0.0.0:*\x1b[27C12/x\n", "udp        0      0 10.0.0.5:68             0.0.0.0:*                           12/x\n"),
    "erased characters": ("tcp\x1b[8X\x1b[8C0\n", "tcp        0\n"),
    "column": ("tcp\x1b[12G0\n", "tcp        0\n"),
    "typed": ("$ netsat\b \b\b \btat -tln\n", "$ netstat -tln\n"),
    "overstrike": ("t\bt" + SSHD[1:], SSHD),
    "colours": (f"\x1b[01;32m{SSHD[:-1]}\x1b[0m\n", SSHD),
    "title": ("\x1b]0;web1: ~\x07" + SSHD, SSHD),
    "title with ST": ("\x1b]0;web1: ~\x1b\\" + SSHD, SSHD),
    "APC": ("\x1b_bk;t=1587079182000\x07" + SSHD, SSHD),
    "DCS": ("\x1bP1$r0m\x1b\\" + SSHD, SSHD),
    "PM": ("\x1b^x\x1b\\" + SSHD, SSHD),
    "SOS": ("\x1bXx\x1b\\" + SSHD, SSHD),
    "CSI of C1": ("\x9b31m" + SSHD, SSHD),
    "OSC of C1": ("\x9d0;x\x9c" + SSHD, SSHD),
    "character sets": ("\x1b(B\x0f" + SSHD, SSHD),
    "caret at the end": (SSHD[:-1] + "^M\n", SSHD),
    "end in cat -A": (SSHD[:-1] + "^M$\n", SSHD),
    "caret of colours": (f"^[[31m{SSHD[:-1]}^[[0m^M\n", SSHD),
    "caret of backspaces": ("$ netsat^H ^H^H ^Htat\n", "$ netstat\n"),
    "caret of a title": ("^[]0;x^G" + SSHD, SSHD),
    "meta": ("ABHM-CM-^VREN M-BM-  x\n", "ABHÖREN   x\n"),
    "tag behind": (SSHD[:-1] + "[/code]\n", SSHD),
    "tag before": ("[code]" + SSHD, SSHD),
    "code": (f"<code>{SSHD[:-1]}</code>\n", SSHD),
    "line break": (SSHD[:-1] + "<br />\n", SSHD),
    "Jira": ("{noformat}" + SSHD, SSHD),
    "span": (f'<span class="x">{SSHD[:-1]}</span>\n', SSHD),
    "entities": ("C:\\&gt;netstat&nbsp;-an\n", "C:\\>netstat -an\n"),
    "letters as entities": ("ABH&Ouml;REN &#65;\n", "ABHÖREN A\n"),
    "Markdown's star": ("tcp 0 0 0.0.0.0:22 0.0.0.0:\\* LISTEN -\n", "tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN -\n"),
    "Markdown's brackets": (" \\[svchost.exe\\]\n", " [svchost.exe]\n"),
    "Markdown's underscore": ("tcp 0 0 1.2.3.4:22 1.2.3.5:9 TIME\\_WAIT -\n", "tcp 0 0 1.2.3.4:22 1.2.3.5:9 TIME_WAIT -\n"),
    "Markdown's prompt": ("PS C:\\x\\> **netstat -ano**\n", "PS C:\\x> netstat -ano\n"),
    "bold row": ("**" + LISTENING.strip() + "**\n", LISTENING.strip() + "\n"),
    "marked row": ("==" + LISTENING.strip() + "==\n", LISTENING.strip() + "\n"),
    "continued line": (SSHD[:-1] + "\\\\\n", SSHD),
    "encoded blank": (SSHD[:-1] + "           =20\n", SSHD[:-1] + "            \n"),
    "encoded equals sign": ("eth0: flags=3D4163<UP>  mtu 1500\n", "eth0: flags=4163<UP>  mtu 1500\n"),
    "soft break": (SSHD[:71] + "=\n" + SSHD[71:], SSHD),
    "no-break spaces": (SSHD.replace("  ", "\xa0 "), SSHD),
    "ideographic spaces": (SSHD.replace("  ", "\u3000 "), SSHD),
    "no-break spaces between all cells": ("tcp\xa00\xa00\xa00.0.0.0:22\xa00.0.0.0:*\xa0LISTEN\n", "tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN\n"),
    "zero-width space": ("\u200b" + SSHD, SSHD),
    "source code": ('    output.push_str("' + SSHD[:-1] + '\\n");\n', SSHD),
    "joined literals": ('    "' + SSHD[:-1] + '\\n" +\n', SSHD),
    "log of a container": (json.dumps({"log": SSHD, "stream": "stdout"}) + "\n", SSHD),
    "JSON": (json.dumps({"stdout": TABLE}) + "\n", TABLE),
    "JSON of Windows": (json.dumps({"out": "\r\nAktive Verbindungen\r\n\r\n" + LISTENING}) + "\n", "\nAktive Verbindungen\n\n" + LISTENING),
    "JSON with colours": (json.dumps({"out": f"\x1b[32m{SSHD[:-1]}\x1b[0m"}) + "\n", SSHD),
    "JSON in JSON": (json.dumps({"message": json.dumps({"stdout": TABLE})}) + "\n", TABLE),
    "list in JSON": (json.dumps({"stdout_lines": TABLE.splitlines()}) + "\n", TABLE),
    "string and its lines": (json.dumps({"stdout": TABLE, "stdout_lines": TABLE.splitlines()}) + "\n", TABLE),
    "Python": (f"b'{SSHD[:-1]}\\n{MAIL[:-1]}'\n", SSHD + MAIL),
    "escaped line feeds": ("h mon: " + (SSHD + MAIL)[:-1].replace("\n", "\\n") + "\n", "h mon: " + SSHD + MAIL),
    "rsyslog": ("h mon: " + (SSHD + MAIL)[:-1].replace("\n", "#012") + "\n", "h mon: " + SSHD + MAIL),
    "rsyslog of Windows": ("h mon: " + SSHD[:-1] + "#015#012" + MAIL, "h mon: " + SSHD + MAIL),
    "screen": ("\x1b[H\x1b[J" + "".join(f"\x1b[{row};1H{line}" for row, line in enumerate(TABLE.splitlines(), 1)) + "\n", TABLE),
}  # fmt: skip


@pytest.mark.parametrize(("escaped", "text"), LINES.values(), ids=LINES.keys())
def test_an_escape_is_undone(escaped: str, text: str) -> None:
    assert undone(escaped) == text


@pytest.mark.parametrize("escaped", [escaped for escaped, text in LINES.values() if escaped.count("\n") == 1])
def test_the_input_s_line_is_kept(escaped: str) -> None:
    block = undo_text("x\n" + escaped)[-1]
    assert block.originals == {2: escaped[:-1]}
    assert set(block.numbers) <= {1, 2}


def test_a_repaint_gives_the_whole_screen_again() -> None:
    paint = "\x1b[H\x1b[JEvery 2s\x1b[3;1Hone\x1b[4;1Htwo\x1b[5;1Hthree\x1b[1;7H3s\x1b[4;1HTWO\x1b[24;1H\n"
    assert undone(paint).split("\n") == [
        "Every 2s",
        "",
        "one",
        "two",
        "three",
        "Every 3s",
        "",
        "one",
        "TWO",
        "three",
        "",
    ]


ANSIBLE = [
    "ok: [web1] => {\n",
    '    "result.stdout_lines": [\n',
    f'        "{SSHD[:-1]}",\n',
    f'        "{MAIL[:-1]}"\n',
    "    ]\n",
    "}\n",
]


def test_a_list_in_a_log_of_ansible_has_the_host_as_origin() -> None:
    assert [block.text for block in undo_text("".join(ANSIBLE)) if block.origin == "web1"] == [SSHD + MAIL]


def test_a_result_of_ansible_on_one_line_has_the_host_as_origin() -> None:
    text = "changed: [web1] => " + json.dumps({"stdout": TABLE, "stdout_lines": TABLE.splitlines()}) + "\n"
    assert [(block.text, block.origin) for block in undo_text(text)] == [(TABLE, "web1")]


def test_a_list_that_repeats_a_string_is_not_read_twice() -> None:
    text = "ok: [web1] => " + json.dumps({"stdout": TABLE, "stdout_lines": TABLE.splitlines()}, indent=4) + "\n"
    assert [row.local_port for row in parse(text).connections] == [22, 25]
    assert parse(text).snapshots[0].origin == "web1"


def test_all_strings_with_the_same_code_around_them_are_read() -> None:
    texts = ["Ip:", "    12 total packets received", "", "Tcp:", "    3 active connection openings"]
    code = "".join(f'    out += "{text}\\n";\n' for text in texts)
    assert undone(code + 'print("end");\n') == "\n".join(texts) + '\nprint("end");\n'


def test_a_block_in_yaml_loses_its_indent() -> None:
    text = "ok: [web1] =>\n  stdout: |-\n" + "".join(f"    {line}\n" for line in TABLE.splitlines()) + "  rc: 0\n"
    assert [block.text for block in undo_text(text) if block.origin] == [TABLE]


def test_a_list_in_yaml_is_read() -> None:
    text = "stdout_lines:\n" + "".join(f"  - '{line}'\n" for line in TABLE.splitlines()) + "x: 1\n"
    assert undone(text) == f"stdout_lines:\n{TABLE}x: 1\n"


FOLDED = [
    'stdout: "Active Connections\\r\\n\\r\\n  Proto  Local Address          Foreign Address\\\n',
    "  \\        State           PID\\r\\n  TCP    0.0.0.0:135            0.0.0.0:0      \\\n",
    '  \\        LISTENING       948\\r\\n"\n',
]


def test_a_folded_string_in_yaml_is_joined() -> None:
    assert undone("".join(FOLDED)) == f"Active Connections\n\n{WINDOWS}{LISTENING}"
    assert undo_text("".join(FOLDED))[0].shared == {1: SharedLine(4, 2)}


DECORATED = (
    [escaped for escaped, _ in LINES.values()]
    + OWN
    + ["".join(ANSIBLE), "".join(FOLDED), *FOLDED, TABLE, "\n", "text\n", "key: |\n  a\n"]
)


@given(st.lists(st.sampled_from(DECORATED), max_size=8), st.data())
def test_pieces_of_any_size_give_the_same(texts: list[str], data: st.DataObject) -> None:
    lines = split_lines("".join(texts))
    pieces: list[str] = []
    while lines:
        count = data.draw(st.integers(1, len(lines)))
        pieces.append("".join(lines[:count]))
        del lines[:count]
    assert merge(undo_pieces(pieces)) == merge(undo_text("".join(texts)))


PARTS = st.sampled_from(
    [
        *DECORATED,
        *"\r\b\t\x1b\x07\\\"'^M[]#=<>&{}|:\xa0\x9b",
        "\x1b[2A",
        "\x1b[3;4H",
        "\x1b[J",
        "\\n",
        "#012",
        "=> {",
        "lines:",
        "\n",
    ]
)


@given(st.lists(PARTS, max_size=12).map("".join))
@example("\x1b[J")
@example("\r")
def test_each_line_of_the_input_is_counted_once(text: str) -> None:
    blocks = undo_text(text)
    numbers = [number for block in blocks for number in block.numbers]
    shared = {number: line for block in blocks for number, line in block.shared.items()}
    joined = {first + more for first, line in shared.items() for more in range(1, line.joined + 1)}
    total = text.count("\n") + (not text.endswith("\n") and text != "")
    assert sorted({*numbers, *joined}) == list(range(1, total + 1))
    assert numbers == sorted(numbers)
    assert all(len(split_lines(block.text)) == len(block.numbers) for block in blocks)
    assert all(numbers.count(number) == (shared[number].held if number in shared else 1) for number in numbers)
    for block in blocks:
        count = block.text.count("\n") + (not block.text.endswith("\n") and block.text != "")
        assert len(block.numbers) == count


@given(st.lists(PARTS, max_size=6).map("".join))
def test_sums_of_lines_hold_in_the_document(text: str) -> None:
    lines = parse(TABLE + text).lines
    counts = (lines.records, lines.headings, lines.blank, lines.foreign, lines.unparsed)
    assert sum(counts) == lines.total


HOSTILE = [
    "\x1b",
    "\x1b]",
    "\x1bP\x1b",
    "\x1b[99@x",
    "\x1b[1;1Hx\x1b[9;1Hy",
    "\x1b[999C",
    "a\b",
    '"\\"',
    "^M",
    "^[[",
    "\\n",
    "\\_",
    "\\",
]
HOSTILE += [
    "<b ",
    "&a",
    "#012 ",
    "=20",
    "**",
    "M-B",
    "[/code",
    "{code",
    "\xa0 ",
    "\u200b",
    "\x90",
    "`",
    "x",
    "lines:",
    "--More--",
    '"tcp 0 0 ',
]


NEGLIGIBLE_SECONDS = 0.05
"""Time for a line of 60,000 characters, in which the clock is too coarse for a ratio; a quadratic search takes longer."""


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("start", ["", SSHD[:40]])
def test_a_hostile_line_takes_linear_time_and_space(start: str, unit: str) -> None:
    quarter, whole = ((start + unit * chars)[:chars] + "[\n" for chars in (15_000, 60_000))
    assert len(undone(whole)) < 40 * len(whole)
    assert measure(undone, whole) < NEGLIGIBLE_SECONDS or not grows_faster(undone, quarter, whole)


@pytest.mark.parametrize("row", [SSHD, f"\x1b[32m{SSHD[:-1]}\x1b[m\n", SSHD[:-1] + "^M\n", "[code]" + SSHD, ANSIBLE[2]])
def test_a_row_of_a_live_pipe_does_not_wait_for_the_next(row: str) -> None:
    def blocks() -> Iterator[TextBlock]:
        yield make_block(row)
        pytest.fail("the row is held back")

    assert SSHD[:-1] in next(undo(blocks())).text


@pytest.mark.parametrize("address", ["[b::1]:5000", "[B::1]:5000", "[b:1:2:3::]:*", "[::1]:445"])
def test_an_ipv6_address_in_brackets_is_no_tag(address: str) -> None:
    line = f"  TCP    {address:<22} {address:<22} ESTABLISHED     12\n"
    assert [block.text for block in undo([TextBlock(line, range(1, 2))])] == [line]
