"""Fixtures that tests of several packages use."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

import pytest
from hypothesis import HealthCheck, settings

from netstat_parse.live.locate import NoNetstatError, locate_command
from support.shared import make_once

ROOT = Path(__file__).parents[1]

for variable in ("COLUMNS", "LINES", "NO_COLOR", "NETSTAT_PARSE_PAGER", "PAGER", "LESS", "LV"):
    os.environ.pop(variable, None)  # the outputs that tests expect depend on them

# The time of an example is that of the machine, on which other programs may run.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the tests of the whole project first, which take longest: one worker would run them at the end, alone."""
    items.sort(key=lambda item: item.path.parent != Path(__file__).parent)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this tree, once for all workers of pytest-xdist."""

    def build(folder: Path) -> None:
        command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)

    (built,) = make_once(tmp_path_factory, "wheel", build).iterdir()
    return built


@pytest.fixture(scope="session")
def wine() -> Iterator[dict[str, str]]:
    """Boot Wine in a new prefix, and return the environment variables to run it with.

    The prefix takes most of a gigabyte and is deleted when the tests end. Each worker of pytest-xdist boots its own. The
    server is made persistent: otherwise it exits with the last program, and a program that starts at that moment may fail.
    """
    try:
        program, server = locate_command("wine"), locate_command("wineserver")
    except NoNetstatError as error:
        pytest.skip(f"{error}; on Debian: apt install wine")
    with TemporaryDirectory(prefix="wine-", ignore_cleanup_errors=True) as folder:
        prefix = Path(folder, "prefix")
        prefix.mkdir()
        variables = {
            "WINEPREFIX": str(prefix),
            "TMPDIR": folder,  # the server leaves folders in it
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # do not offer to download Mono and Gecko
            "DISPLAY": "",
        }
        environment = {**os.environ, **variables}
        try:
            for command in ([*server, "--persistent=600"], [*program, "wineboot", "--init"]):
                # Write to a file: the server stays, and would keep a pipe open.
                with TemporaryFile() as output:
                    ran = subprocess.run(
                        command, check=False, env=environment, stdout=output, stderr=output, timeout=300
                    )
                    output.seek(0)
                    if ran.returncode:
                        pytest.skip(f"wine does not run here: {output.read().decode(errors='replace')}")
            yield variables
        finally:
            for option in ("--kill", "--wait"):
                subprocess.run([*server, option], check=False, env=environment, timeout=60)
