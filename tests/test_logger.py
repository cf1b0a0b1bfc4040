"""The library writes to a logger and prints nothing."""

import logging
import subprocess
import sys
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse import logger
from netstat_parse.live.process import NetstatProcess
from netstat_parse.store.fleet import to_parquet
from support.stored import ROW, write_dumps

BROKEN = "[netstat_parse.grammars]\nrouter = router_that_is_not_there\n"
PARSE = f"import logging, netstat_parse as np; np.parse({ROW.format(22)!r})"


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """Create a folder with a distribution whose grammars cannot be loaded."""
    info = tmp_path / "router-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: router\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(BROKEN)
    return tmp_path


def run(*command: str, place: Path | None = None, text: str = "") -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(place)} if place else {}
    ran = [sys.executable, *command]
    return subprocess.run(ran, input=text, env=environment, capture_output=True, text=True, check=True)


def test_the_encoding_of_an_input_is_logged_with_its_grounds(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "netstat_parse"):
        np.parse(ROW.format(22).encode(), name="dump.txt")
    assert caplog.messages == ["dump.txt: read as ascii (nothing but ASCII)"]


def test_the_number_of_files_already_in_a_dataset_is_logged(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    folder = write_dumps(tmp_path / "dumps", 3)
    to_parquet(str(folder), str(tmp_path / "out"))
    with caplog.at_level(logging.INFO, "netstat_parse"):
        to_parquet(str(folder), str(tmp_path / "out"))
    assert caplog.messages == ["3 of 3 files are done already and are not read again"]


def test_without_logging_nothing_is_printed(broken: Path) -> None:
    ran = run("-c", PARSE, place=broken)
    assert (ran.stdout, ran.stderr) == ("", "")


def test_a_program_that_configures_logging_gets_warnings(broken: Path) -> None:
    ran = run("-c", f"import logging; logging.basicConfig(); {PARSE}", place=broken)
    assert ran.stderr.startswith("WARNING:netstat_parse:cannot load the grammars router = router_that_is_not_there: ")


def test_the_command_line_prints_warnings_in_its_own_format(broken: Path) -> None:
    ran = run("-m", "netstat_parse", place=broken, text=ROW.format(22))
    assert ran.stderr.startswith("netstat-parse: cannot load the grammars router = router_that_is_not_there: ")
    assert ran.stderr.count("\n") == 1


def test_a_message_does_not_import_logging() -> None:
    code = "import sys; from netstat_parse import logger; logger.debug('x'); print('logging' in sys.modules)"
    assert run("-c", code).stdout == "False\n"


def test_the_logger_has_no_handler_that_prints() -> None:
    logger.info("done")
    assert [type(handler) for handler in logging.getLogger("netstat_parse").handlers] == [logging.NullHandler]


def test_a_command_is_logged_with_its_exit_status(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "netstat_parse"), NetstatProcess([sys.executable, "-c", "print()"]) as running:
        while running.read1():
            pass
    start, end = caplog.messages
    assert start == f"running {[sys.executable, '-c', 'print()']}"
    assert end.startswith(f"{sys.executable} ended with 0 after ")
