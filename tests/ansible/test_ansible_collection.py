"""The collection in Ansible's tools: installation, documentation, archives and playbooks."""

import ast
import json
import re
import shutil
import socket
import tarfile
import tomllib
from pathlib import Path
from textwrap import indent
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from pytest_regressions.file_regression import FileRegressionFixture

import netstat_parse
from netstat_parse.records.fields import document_schema
from support.ansible import COLLECTION, ROOT, Ansible
from support.ansible_fields import document_fields
from support.documents import copy_tree

FILTERS = ["by_process", "changes", "counters", "findings", "from_netstat", "listeners"]
GERMAN = ROOT / "samples/windows/windows-10.de.ano.cp850.txt"

WIN_COMMAND = """
from pathlib import Path

from ansible.plugins.action import ActionBase


class ActionModule(ActionBase):
    def run(self, tmp=None, task_vars=None):
        text = Path({sample!r}).read_bytes().decode("cp850")
        return super().run(tmp, task_vars) | {{"stdout": text, "rc": 0, "changed": True}}
"""
"""Replacement of ansible.windows.win_command that returns what a Windows host printed."""


@pytest.fixture
def ansible(tmp_path: Path) -> Ansible:
    return Ansible(tmp_path)


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Documentation of the filters by ansible-doc."""
    names = [f"netstat.parse.{name}" for name in FILTERS]
    ran = Ansible(tmp_path_factory.mktemp("doc")).link().run("doc", "--json", "--type", "filter", *names)
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def galaxy_metadata() -> dict[str, Any]:
    return dict(yaml.safe_load((COLLECTION / "galaxy.yml").read_text("utf-8")))


def test_the_version_is_that_of_the_package() -> None:
    assert galaxy_metadata()["version"] == netstat_parse.__version__


def test_the_licence_is_that_of_the_package() -> None:
    assert (COLLECTION / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()


def test_the_oldest_supported_ansible_is_the_oldest_tested_one() -> None:
    supported = yaml.safe_load((COLLECTION / "meta/runtime.yml").read_text("utf-8"))["requires_ansible"]
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    (tested,) = [re.match("ansible-core(>=[0-9.]+)", wanted) for wanted in groups["test"] if "ansible" in wanted]
    assert tested is not None
    assert supported == f"{tested[1]}.0"


@pytest.mark.parametrize("plugin", sorted(COLLECTION.glob("plugins/**/*.py")), ids=lambda path: path.name)
def test_the_oldest_python_of_that_ansible_can_parse_a_plugin(plugin: Path) -> None:
    ast.parse(plugin.read_text("utf-8"), feature_version=(3, 9))


def test_ansible_finds_the_collection_of_an_installed_wheel(ansible: Ansible, wheel: Path) -> None:
    shutil.unpack_archive(wheel, ansible.folder / "site", "zip")
    ran = ansible.play(
        """
    - ansible.builtin.debug:
        msg: "{{ 'tcp  0  0 0.0.0.0:22  0.0.0.0:*  LISTEN' | netstat.parse.listeners | map(attribute='state') }}"
    """,
        PYTHONPATH=str(ansible.folder / "site"),
    )
    assert '"listen"' in ran.stdout, ran.stderr


def test_a_wheel_contains_no_other_collection(wheel: Path) -> None:
    names = [name for name in ZipFile(wheel).namelist() if name.startswith("ansible_collections")]
    assert [name for name in names if not name.startswith("ansible_collections/netstat/parse/")] == []


def test_a_wheel_contains_the_collection_once(wheel: Path) -> None:
    assert [name for name in ZipFile(wheel).namelist() if name.startswith("netstat_parse/ansible")] == []


def test_all_filters_are_listed(ansible: Ansible) -> None:
    ran = ansible.link().run("doc", "--json", "--list", "--type", "filter", "netstat.parse")
    assert sorted(json.loads(ran.stdout)) == [f"netstat.parse.{name}" for name in FILTERS]


@pytest.mark.parametrize("name", FILTERS)
def test_the_documentation_of_a_filter_is_complete(name: str, docs: dict[str, Any]) -> None:
    assert all(docs[f"netstat.parse.{name}"][section] for section in ("doc", "examples", "return"))


@pytest.mark.parametrize("name", FILTERS)
def test_the_options_of_a_filter_are_documented(name: str, docs: dict[str, Any]) -> None:
    comparing = {"changes": {"after", "seconds"}, "findings": {"before", "seconds", "rules", "baseline"}}
    own = {"from_netstat": set[str](), **comparing}.get(name, {"snapshot"})
    options = {"_input", "encoding", "name", "system"} | own
    assert docs[f"netstat.parse.{name}"]["doc"]["options"].keys() == options


def test_the_examples_of_the_filters_and_of_the_readme_run(docs: dict[str, Any], ansible: Ansible) -> None:
    readme = re.findall(r"^```yaml\n(.*?)^```", (COLLECTION / "README.md").read_text("utf-8"), re.MULTILINE | re.DOTALL)
    examples = "".join([*(docs[f"netstat.parse.{name}"]["examples"] for name in FILTERS), *readme])
    ran = ansible.link().play(indent(examples, "    "), PATH=f"{make_netstat(ansible.folder)}:/bin:/usr/bin")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert len(readme) == 2


def make_netstat(folder: Path) -> Path:
    """Write a netstat that prints what the examples need, and return its folder."""
    lines = [
        "Active Internet connections (servers and established)",
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name",
        "tcp        0      0 0.0.0.0:443             0.0.0.0:*               LISTEN      700/nginx",
        "tcp        0      0 10.0.0.1:443            10.0.0.2:50000          ESTABLISHED 700/nginx",
        "Tcp:",
        "    100 segments sent out",
        "    7 segments retransmitted",
    ]
    (folder / "netstat").write_text("#!/bin/sh\ncat <<'.'\n" + "\n".join(lines) + "\n.\n")
    (folder / "netstat").chmod(0o755)
    return folder


def test_the_fields_are_documented_as_in_the_json_schema(file_regression: FileRegressionFixture) -> None:
    path = COLLECTION / "plugins/filter/from_netstat.yml"
    documented = document_fields(path.read_text("utf-8"))
    file_regression.check(documented, fullpath=path, extension="", encoding="utf-8", newline="\n")


def test_ansible_doc_shows_the_fields_of_records(docs: dict[str, Any]) -> None:
    tables = docs["netstat.parse.from_netstat"]["return"]["_value"]["contains"]
    meaning = document_schema()["$defs"]["Connection"]["properties"]["local_port"]["description"]
    assert tables["connections"]["contains"]["local_port"] == {"description": meaning, "type": "int"}


@pytest.fixture
def archive(ansible: Ansible) -> Path:
    """Archive of the collection, built from the files of a clone."""
    tree = copy_tree(ansible.folder / "tree")
    ran = ansible.run("galaxy", "collection", "build", str(tree / "netstat_parse/ansible"))
    assert ran.returncode == 0, ran.stderr
    return ansible.folder / f"netstat-parse-{netstat_parse.__version__}.tar.gz"


def test_a_galaxy_archive_contains_all_files(archive: Path, ansible: Ansible) -> None:
    tree = ansible.folder / "tree/netstat_parse/ansible"
    files = {path.relative_to(tree).as_posix() for path in tree.rglob("*") if path.is_file()}
    with tarfile.open(archive) as built:
        names = {member.name for member in built if member.isfile()}
    assert names == files - {"galaxy.yml"} | {"MANIFEST.json", "FILES.json"}


def test_a_galaxy_archive_can_be_installed(archive: Path, ansible: Ansible) -> None:
    ansible.run("galaxy", "collection", "install", str(archive), "--collections-path", str(ansible.collections))
    ran = ansible.run("galaxy", "collection", "list", "netstat.parse")
    assert re.search(rf"netstat\.parse +{re.escape(netstat_parse.__version__)}", ran.stdout), ran.stderr


@pytest.mark.skipif(not shutil.which("netstat"), reason="netstat is not installed; on Debian: apt install net-tools")
def test_the_linux_playbook_prints_the_listeners_of_the_real_netstat(ansible: Ansible) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        ran = ansible.link().run("playbook", "netstat.parse.linux", "--extra-vars", "target=localhost")
    assert f"tcp 127.0.0.1 {port} " in ran.stdout, ran.stdout + ran.stderr


@pytest.mark.parametrize(("allowed", "status"), [([80], 2), ([80, 443], 0)])
def test_the_linux_playbook_fails_if_a_port_is_not_allowed(allowed: list[int], status: int, ansible: Ansible) -> None:
    variables = json.dumps({"target": "localhost", "allowed_ports": allowed})
    path = f"{make_netstat(ansible.folder)}:/bin:/usr/bin"
    ran = ansible.link().run("playbook", "netstat.parse.linux", "--extra-vars", variables, PATH=path)
    assert ran.returncode == status, ran.stdout + ran.stderr


def test_the_windows_playbook_prints_the_listeners(ansible: Ansible) -> None:
    place = ansible.link().collections / "ansible_collections/ansible/windows/plugins/action"
    place.mkdir(parents=True)
    (place / "win_command.py").write_text(WIN_COMMAND.format(sample=str(GERMAN)))
    ran = ansible.run("playbook", "netstat.parse.windows", "--extra-vars", "target=localhost")
    assert (ran.returncode, "tcp 0.0.0.0 135 of process 4492" in ran.stdout) == (0, True), ran.stdout + ran.stderr
