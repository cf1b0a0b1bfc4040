"""What tests of several modules share."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from netstat_parse.live.locate import NoNetstatError, find_command

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.iterdir()
    return built


@pytest.fixture(scope="session")
def wine() -> Iterator[dict[str, str]]:
    """What Wine runs with: a prefix of its own, which ends with the tests, for it takes most of a gigabyte."""
    try:
        program, server = find_command("wine"), find_command("wineserver")
    except NoNetstatError as error:
        pytest.skip(f"{error}; on Debian: apt install wine")
    with TemporaryDirectory(prefix="wine-", ignore_cleanup_errors=True) as folder:
        told = {
            "WINEPREFIX": str(Path(folder, "prefix")),
            "TMPDIR": folder,  # where its server leaves folders behind
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree,mshtml=",  # which it would offer to download
            "DISPLAY": "",
        }
        environment = {**os.environ, **told}
        command = [*program, "wineboot", "--init"]
        booted = subprocess.run(command, check=False, env=environment, capture_output=True, timeout=300)
        if booted.returncode:
            pytest.skip(f"wine does not run here: {booted.stderr.decode(errors='replace')}")
        try:
            yield told
        finally:
            for option in ("--kill", "--wait"):
                subprocess.run([*server, option], check=False, env=environment, timeout=60)
