"""The filters of the collection in a real Ansible, and its parser for ansible.utils.cli_parse."""

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from netstat_parse.ansible.plugins.plugin_utils import tables
from netstat_parse.ansible.plugins.plugin_utils.documents import read
from support.ansible import Ansible

SAMPLES = Path(__file__).parents[2] / "samples"
LINUX = SAMPLES / "linux/net-tools-2.10.debian-12.cs.anepo.txt"
STATISTICS = SAMPLES / "windows/windows-10.de.s.cp850.txt"
GERMAN = SAMPLES / "windows/windows-10.de.ano.cp850.txt"

HOSTILE = "tcp  0  0 0.0.0.0:22  0.0.0.0:*  LISTEN  1/{{ 6 * 7 }}\n"

WRITE = """
    - ansible.builtin.copy:
        content: "{{ given | to_json }}"
        dest: given.json
        mode: "0600"
"""


@pytest.fixture(scope="module")
def ansible(tmp_path_factory: pytest.TempPathFactory) -> Ansible:
    return Ansible(tmp_path_factory.mktemp("ansible")).link()


def played(ansible: Ansible, tasks: str, **environment: str) -> object:
    """What the tasks have left in the variable `given`."""
    ran = ansible.play(tasks + WRITE.replace("given.json", str(ansible.folder / "given.json")), **environment)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    given: object = json.loads((ansible.folder / "given.json").read_text("utf-8"))
    return given


def refused(ran: subprocess.CompletedProcess[str]) -> str:
    """What a play was refused with, which is to be no traceback."""
    assert ran.returncode == 2
    assert "Traceback" not in ran.stdout + ran.stderr
    (line,) = [line for line in ran.stdout.splitlines() if line.startswith("fatal: ")]
    return str(json.loads(line.partition(" => ")[2])["msg"])


@pytest.fixture(scope="module")
def given(ansible: Ansible, tmp_path_factory: pytest.TempPathFactory) -> object:
    """What the filters give, of text and of the document, out of one play."""
    statistics = tmp_path_factory.mktemp("statistics") / "s.txt"
    statistics.write_text(STATISTICS.read_bytes().decode("cp850"), "utf-8", newline="")
    tasks = f"""
    - ansible.builtin.set_fact:
        document: "{{{{ lookup('file', '{LINUX}') | netstat.parse.from_netstat(name='web1') }}}}"
    - ansible.builtin.set_fact:
        given:
          from_netstat: "{{{{ document }}}}"
          listeners: "{{{{ document | netstat.parse.listeners }}}}"
          by_process: "{{{{ document | netstat.parse.by_process }}}}"
          listeners_of_text: "{{{{ lookup('file', '{LINUX}') | netstat.parse.listeners(snapshot=-1) }}}}"
          counters: "{{{{ lookup('file', '{statistics}') | netstat.parse.counters(system='windows') }}}}"
    """
    return played(ansible, tasks)


DOCUMENT = read(LINUX.read_bytes(), name="web1")
EXPECTED = {
    "from_netstat": DOCUMENT,
    "listeners": tables.listeners(DOCUMENT),
    "by_process": tables.by_process(DOCUMENT),
    "listeners_of_text": tables.listeners(DOCUMENT),
    "counters": tables.counters(read(STATISTICS.read_bytes())),
}


@pytest.mark.parametrize("answer", EXPECTED)
def test_ansible_gets_what_the_filter_gives(answer: str, given: dict[str, Any]) -> None:
    assert given[answer] == EXPECTED[answer]


def test_a_program_cannot_make_ansible_run_its_name(ansible: Ansible) -> None:
    dump = ansible.folder / "hostile.txt"
    dump.write_text(HOSTILE)
    tasks = f"""
    - ansible.builtin.command: cat {dump}
      register: result
    - ansible.builtin.set_fact:
        listeners: "{{{{ result.stdout | netstat.parse.listeners }}}}"
    - ansible.builtin.set_fact:
        given: "{{{{ listeners[0].program }}}}"
    """
    assert played(ansible, tasks) == "{{ 6 * 7 }}"


def test_output_that_is_no_utf_8_is_read_where_ansible_lets_it_through(ansible: Ansible) -> None:
    tasks = f"""
    - ansible.builtin.command: cat {GERMAN}
      register: result
    - ansible.builtin.set_fact:
        given: "{{{{ (result.stdout | netstat.parse.from_netstat).connections[0].state_text }}}}"
    """
    assert played(ansible, tasks, ANSIBLE_MODULE_STRICT_UTF8_RESPONSE="false") == "ABHÖREN"


NO_TABLE = "no netstat table in 1 line of text (looked for Windows and Linux tables in any language)"


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("'dear support' | netstat.parse.from_netstat", NO_TABLE),
        ("'dear support' | netstat.parse.listeners(name=inventory_hostname)", f"localhost: {NO_TABLE}"),
        ("'dear support' | netstat.parse.by_process(system='vms')", "unknown system 'vms' (there are linux, windows)"),
        ("['tcp'] | netstat.parse.counters", "not a list; hand over .stdout and not .stdout_lines"),
        ("{'stdout': ''} | netstat.parse.from_netstat", "not a dictionary; hand over its .stdout"),
        ("nothing | netstat.parse.from_netstat", "'nothing' is undefined"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(ansible: Ansible, expression: str, message: str) -> None:
    ran = ansible.play(f"""
    - ansible.builtin.debug:
        msg: "{{{{ {expression} }}}}"
    """)
    assert message in refused(ran).splitlines()[0]


@pytest.mark.parametrize("lacking", ["netstat_parse", "pyparsing"])
def test_without_the_python_package_the_filters_say_what_to_install(
    ansible: Ansible, lacking: str, tmp_path: Path
) -> None:
    (tmp_path / f"{lacking}.py").write_text(f"raise ModuleNotFoundError(\"No module named '{lacking}'\")")
    tasks = """
    - ansible.builtin.debug:
        msg: "{{ 'tcp 0 0 0.0.0.0:22 0.0.0.0:* LISTEN' | netstat.parse.from_netstat }}"
    """
    message = refused(ansible.play(tasks, PYTHONPATH=str(tmp_path)))
    assert "needs netstat-parse: pip install netstat-parse" in message
    assert f"No module named '{lacking}'" in message


@pytest.fixture
def cli_parse(ansible: Ansible) -> Ansible:
    if find_spec("ansible_collections") is None or find_spec("ansible_collections.ansible.utils") is None:
        pytest.skip("the collection ansible.utils is not installed; pip install --group ansible does it")
    return ansible


def test_cli_parse_reads_what_it_runs(cli_parse: Ansible) -> None:
    tasks = f"""
    - ansible.utils.cli_parse:
        command: cat {LINUX}
        parser:
          name: netstat.parse.netstat
          vars:
            name: web1
        set_fact: given
    """
    assert played(cli_parse, tasks) == DOCUMENT


def test_cli_parse_reads_text(cli_parse: Ansible) -> None:
    tasks = f"""
    - ansible.utils.cli_parse:
        text: "{{{{ lookup('file', '{LINUX}') }}}}"
        parser:
          name: netstat.parse.netstat
          command: netstat -anepo
        set_fact: given
    """
    assert played(cli_parse, tasks) == DOCUMENT | {"source": None}


@pytest.mark.parametrize(
    ("options", "message"),
    [("{}", NO_TABLE), ("{codec: x}", "there is no option codec; there are encoding, system, name")],
)
def test_cli_parse_tells_what_is_wrong_in_one_line(cli_parse: Ansible, options: str, message: str) -> None:
    ran = cli_parse.play(f"""
    - ansible.utils.cli_parse:
        text: dear support
        parser:
          name: netstat.parse.netstat
          command: netstat -an
          vars: {options}
    """)
    assert refused(ran) == message
