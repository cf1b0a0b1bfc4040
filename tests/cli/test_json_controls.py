"""No command writes a character into JSON that a terminal interprets or does not draw, or that reverses its text."""

import json
import re
from pathlib import Path

import pytest

from support.command_line import netstat_parse

CONTROLS = "\x7f\x9b\u2028\u202e\u2066\u3164\U000e0041"
NAMES = [f"a{control}b" for control in CONTROLS]
HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n"
LISTENING = "tcp      129      0 0.0.0.0:{}              0.0.0.0:*               LISTEN      77/{}\n"
ROWS = "".join(LISTENING.format(port, name) for port, name in enumerate(NAMES, 22))
DUMP = f"Active Internet connections (servers and established)\n{HEADINGS}{ROWS}"
AFTER = f"Active Internet connections (servers and established)\n{HEADINGS}{LISTENING.format(9, NAMES[0])}"

RAW = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\u3164\U000e0041]")

COMMANDS = [
    "-f json dump.txt",
    "-f ndjson dump.txt",
    "-f json --fields program dump.txt",
    "-f json --count-by program dump.txt",
    "-f ndjson --count-by program dump.txt",
    "listeners -f json dump.txt",
    "listeners -f ndjson dump.txt",
    "states -f json dump.txt",
    "compare -f json dump.txt after.txt",
    "compare -f ndjson dump.txt after.txt",
    "check -f json dump.txt",
    *(f"explain -f json dump.txt:{line}" for line in range(3, 3 + len(NAMES))),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_json_has_no_character_that_a_terminal_interprets(command: str, tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(DUMP, "utf-8")
    (tmp_path / "after.txt").write_text(AFTER, "utf-8")
    words = [str(tmp_path / word) if word.startswith(("dump", "after")) else word for word in command.split()]
    output = netstat_parse(*words).stdout
    assert RAW.findall(output) == []
    documents = list(map(json.loads, output.splitlines() if "ndjson" in words else [output]))
    text = json.dumps(documents, ensure_ascii=False)
    assert any(control in text for control in CONTROLS)
