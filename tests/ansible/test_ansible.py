"""The filters of the collection run by ansible-core, and its parser run by ansible.utils.cli_parse."""

import json
import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from netstat_parse.ansible.plugins.plugin_utils import tables
from netstat_parse.ansible.plugins.plugin_utils.comparisons import compare_documents, judge_document
from netstat_parse.ansible.plugins.plugin_utils.documents import read
from support.ansible import Ansible

ROOT = Path(__file__).parents[2]

SAMPLES = ROOT / "samples"
LINUX = SAMPLES / "linux/net-tools-2.10.debian-12.cs.anepo.txt"
STATISTICS = SAMPLES / "windows/windows-10.de.s.cp850.txt"
GERMAN = SAMPLES / "windows/windows-10.de.ano.cp850.txt"

LATER = "tcp  0  0 0.0.0.0:2323  0.0.0.0:*  LISTEN  1/telnetd"
"""A later output of the same host."""

HOSTILE = "tcp  0  0 0.0.0.0:22  0.0.0.0:*  LISTEN  1/{{ 6 * 7 }}\n"

WRITE = """
    - ansible.builtin.copy:
        content: "{{ result | to_json }}"
        dest: %s
        mode: "0600"
"""


@pytest.fixture(scope="module")
def ansible(tmp_path_factory: pytest.TempPathFactory) -> Ansible:
    return Ansible(tmp_path_factory.mktemp("ansible")).link()


def play(ansible: Ansible, tasks: str, **environment: str) -> dict[str, Any]:
    """Run the tasks, and return the value of their variable `result`."""
    file = ansible.folder / "result.json"
    ran = ansible.play(tasks + WRITE % file, **environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return dict(json.loads(file.read_text("utf-8")))


def failures(ran: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the error messages of the failed tasks of a play, none of which may be a traceback."""
    assert "Traceback" not in ran.stdout + ran.stderr
    lines = [line for line in ran.stdout.splitlines() if line.startswith("fatal: ")]
    return [str(json.loads(line.partition(" => ")[2])["msg"]) for line in lines]


@pytest.fixture(scope="module")
def results(ansible: Ansible, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Results of the filters, all from one play."""
    folder = tmp_path_factory.mktemp("dumps")
    statistics, hostile = folder / "statistics.txt", folder / "hostile.txt"
    statistics.write_text(STATISTICS.read_bytes().decode("cp850"), "utf-8", newline="")
    hostile.write_text(HOSTILE)
    tasks = f"""
    - ansible.builtin.command: cat {hostile}
      register: hostile
    - ansible.builtin.set_fact:
        hostile_listeners: "{{{{ hostile.stdout | netstat.parse.listeners }}}}"
    - ansible.builtin.command: cat {GERMAN}
      register: german
    - ansible.builtin.set_fact:
        document: "{{{{ lookup('file', '{LINUX}') | netstat.parse.from_netstat(name='web1') }}}}"
    - ansible.builtin.set_fact:
        result:
          from_netstat: "{{{{ document }}}}"
          listeners: "{{{{ document | netstat.parse.listeners }}}}"
          by_process: "{{{{ document | netstat.parse.by_process }}}}"
          listeners_of_text: "{{{{ lookup('file', '{LINUX}') | netstat.parse.listeners(snapshot=-1) }}}}"
          changes: "{{{{ document | netstat.parse.changes('{LATER}', seconds=10) }}}}"
          findings: "{{{{ '{LATER}' | netstat.parse.findings(before=document, baseline=['tcp 0.0.0.0:1']) }}}}"
          findings_of_text: "{{{{ '{LATER}' | netstat.parse.findings(before=document, baseline='tcp 0.0.0.0:1') }}}}"
          counters: "{{{{ lookup('file', '{statistics}') | netstat.parse.counters(system='windows') }}}}"
          hostile_program: "{{{{ hostile_listeners[0].program }}}}"
          german_state: "{{{{ (german.stdout | netstat.parse.from_netstat).connections[0].state_text }}}}"
    """
    return play(ansible, tasks, ANSIBLE_MODULE_STRICT_UTF8_RESPONSE="false")


DOCUMENT = read(LINUX.read_bytes(), name="web1")
EXPECTED = {
    "from_netstat": DOCUMENT,
    "listeners": tables.select_listeners(DOCUMENT),
    "by_process": tables.group_by_process(DOCUMENT),
    "listeners_of_text": tables.select_listeners(DOCUMENT),
    "changes": compare_documents(DOCUMENT, read(LATER), 10),
    "findings": judge_document(read(LATER), DOCUMENT, baseline=["tcp 0.0.0.0:1"]),
    "findings_of_text": judge_document(read(LATER), DOCUMENT, baseline=["tcp 0.0.0.0:1"]),
    "counters": tables.index_counters(read(STATISTICS.read_bytes())),
}


@pytest.mark.parametrize("key", EXPECTED)
def test_a_filter_returns_the_same_in_ansible(key: str, results: dict[str, Any]) -> None:
    assert results[key] == EXPECTED[key]


def test_the_name_of_a_program_is_not_run_as_a_template(results: dict[str, Any]) -> None:
    assert results["hostile_program"] == "{{ 6 * 7 }}"


def test_output_that_is_not_utf_8_is_parsed_if_ansible_passes_it_on(results: dict[str, Any]) -> None:
    assert results["german_state"] == "ABHÖREN"


NO_TABLE = "no netstat table in 1 line of text (looked for Windows and Linux tables in any language)"

INVALID = {
    "'dear support' | netstat.parse.from_netstat": NO_TABLE,
    "'dear support' | netstat.parse.listeners(name=inventory_hostname)": f"localhost: {NO_TABLE}",
    "'dear support' | netstat.parse.by_process(system='vms')": "unknown system 'vms' (there are linux, windows)",
    "['tcp'] | netstat.parse.counters": "not a list; use .stdout instead of .stdout_lines",
    "{'stdout': ''} | netstat.parse.from_netstat": "not a dictionary; use its .stdout",
    "'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN' | netstat.parse.changes('dear support')": NO_TABLE,
    "'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN' | netstat.parse.findings(rules='missing.toml')": "No such file",
    "'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN' | netstat.parse.findings(baseline=['sshd'])": "expected protocol, address:port",
    "'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN' | netstat.parse.findings(baseline='sshd')": "baseline is neither the output",
    "'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN' | netstat.parse.findings(baseline=3)": "baseline: the output of netstat must be text",
    "nothing | netstat.parse.from_netstat": "'nothing' is undefined",
}
"""Expressions that cannot be evaluated, and what the message of each contains."""


@pytest.fixture(scope="module")
def messages(ansible: Ansible) -> dict[str, str]:
    """Error messages by expression, all from one play."""
    tasks = [
        f"""
    - ansible.builtin.debug:
        msg: "{{{{ {expression} }}}}"
      ignore_errors: true
    """
        for expression in INVALID
    ]
    return dict(zip(INVALID, failures(ansible.play("".join(tasks))), strict=True))


@pytest.mark.parametrize("expression", INVALID)
def test_an_error_is_one_line(expression: str, messages: dict[str, str]) -> None:
    assert INVALID[expression] in messages[expression].splitlines()[0]


@pytest.mark.parametrize("missing", ["netstat_parse", "pyparsing"])
def test_without_the_python_package_the_error_says_what_to_install(
    ansible: Ansible, missing: str, tmp_path: Path
) -> None:
    (tmp_path / f"{missing}.py").write_text(f"raise ModuleNotFoundError(\"No module named '{missing}'\")")
    tasks = """
    - ansible.builtin.debug:
        msg: "{{ 'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN' | netstat.parse.from_netstat }}"
    """
    ran = ansible.play(tasks, PYTHONPATH=f"{tmp_path}{os.pathsep}{ROOT}")  # a wheel needs no pyparsing
    (message,) = failures(ran)
    assert ran.returncode == 2
    assert "needs netstat-parse: pip install netstat-parse" in message
    assert f"No module named '{missing}'" in message


@pytest.fixture
def cli_parse(ansible: Ansible) -> Ansible:
    if find_spec("ansible_collections") is None or find_spec("ansible_collections.ansible.utils") is None:
        pytest.skip("the collection ansible.utils is not installed: pip install --group ansible")
    return ansible


def test_cli_parse_parses_the_output_of_a_command(cli_parse: Ansible) -> None:
    tasks = f"""
    - ansible.utils.cli_parse:
        command: cat {LINUX}
        parser:
          name: netstat.parse.netstat
          vars:
            name: web1
        set_fact: result
    """
    assert play(cli_parse, tasks) == DOCUMENT


def test_cli_parse_parses_text(cli_parse: Ansible) -> None:
    tasks = f"""
    - ansible.utils.cli_parse:
        text: "{{{{ lookup('file', '{LINUX}') }}}}"
        parser:
          name: netstat.parse.netstat
          command: netstat -anepo
        set_fact: result
    """
    assert play(cli_parse, tasks) == DOCUMENT | {"source": None}


@pytest.mark.parametrize(
    ("options", "message"),
    [("{}", NO_TABLE), ("{codec: x}", "unknown option codec (there are encoding, system, name)")],
)
def test_an_error_of_cli_parse_is_one_line(cli_parse: Ansible, options: str, message: str) -> None:
    ran = cli_parse.play(f"""
    - ansible.utils.cli_parse:
        text: dear support
        parser:
          name: netstat.parse.netstat
          command: netstat -an
          vars: {options}
    """)
    assert failures(ran) == [message]
