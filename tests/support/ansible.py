"""Run ansible-core with its own home folder and configuration."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COLLECTION = ROOT / "netstat_parse" / "ansible"

EXCLUDED_VARIABLES = ("ANSIBLE", "PYTHON", "LC_", "LANG")
"""Prefixes of environment variables that are not passed on."""


class Ansible:
    """The programs of ansible-core that are installed with the Python of the tests; their home is in `folder`."""

    def __init__(self, folder: Path) -> None:
        if not self._program("playbook").exists():
            pytest.skip("ansible-core is not installed: pip install --group test (not available for Windows)")
        self.folder = folder
        self.collections = folder / "collections"
        (folder / "ansible.cfg").touch()

    @staticmethod
    def _program(name: str) -> Path:
        return Path(sys.executable).with_name(f"ansible-{name}")

    def link(self) -> "Ansible":
        """Install the collection as a link to the source tree, as its README describes."""
        place = self.collections / "ansible_collections" / "netstat"
        place.mkdir(parents=True)
        (place / "parse").symlink_to(COLLECTION)
        return self

    def run(self, program: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run ``ansible-<program>``."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(EXCLUDED_VARIABLES)}
        bytecode = os.environ.get("PYTHONPYCACHEPREFIX", "")
        own = {
            "HOME": str(self.folder),
            "ANSIBLE_HOME": str(self.folder / "home"),
            "ANSIBLE_CONFIG": str(self.folder / "ansible.cfg"),
            "ANSIBLE_COLLECTIONS_PATH": str(self.collections),
            "ANSIBLE_LOCALHOST_WARNING": "false",
            "ANSIBLE_INVENTORY_UNPARSED_WARNING": "false",
            "ANSIBLE_NOCOLOR": "true",
            "LC_ALL": "C.UTF-8",
            "PYTHONPYCACHEPREFIX": bytecode,
            "PYTHONDONTWRITEBYTECODE": "" if bytecode else "1",  # else it would be written among the sources
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
        """Run tasks on localhost. Without an inventory Ansible runs its modules there with its own Python."""
        playbook = self.folder / "playbook.yml"
        playbook.write_text(f"- hosts: localhost\n  gather_facts: false\n  tasks:\n{tasks}", "utf-8")
        return self.run("playbook", str(playbook), **environment)
