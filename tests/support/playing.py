"""What the tests of the Ansible collection share: Ansible, of which nothing is set up but what a test says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COLLECTION = ROOT / "netstat_parse" / "ansible"

LEFT_OUT = ("ANSIBLE", "PYTHON", "LC_", "LANG")


class Ansible:
    """The programs of ansible-core beside the Python that runs the tests, with a home in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        if not self._program("playbook").exists():
            pytest.skip("ansible-core is not installed; pip install --group test does it, but for Windows")
        self.folder = folder
        self.collections = folder / "collections"
        (folder / "ansible.cfg").touch()

    @staticmethod
    def _program(name: str) -> Path:
        return Path(sys.executable).with_name(f"ansible-{name}")

    def link(self) -> "Ansible":
        """Show it the collection as it lies in the tree, which is how the collection's README says to do it."""
        place = self.collections / "ansible_collections" / "netstat"
        place.mkdir(parents=True)
        (place / "parse").symlink_to(COLLECTION)
        return self

    def run(self, program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ``ansible-<program>``."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
        own = {
            "HOME": str(self.folder),
            "ANSIBLE_HOME": str(self.folder / "home"),
            "ANSIBLE_CONFIG": str(self.folder / "ansible.cfg"),
            "ANSIBLE_COLLECTIONS_PATH": str(self.collections),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_NOCOLOR": "true",
            "LC_ALL": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        return subprocess.run(
            [str(self._program(program)), *arguments],
            cwd=self.folder,
            env=inherited | own | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    def play(self, tasks: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run tasks on this machine; on it alone, without an inventory, Ansible runs modules with its own Python."""
        playbook = self.folder / "playbook.yml"
        playbook.write_text(f"- hosts: localhost\n  gather_facts: false\n  tasks:\n{tasks}", "utf-8")
        return self.run("playbook", str(playbook), **environment)
