"""Run the command line with a terminal as its standard error."""

import os
import subprocess
import sys
from collections.abc import Mapping


def run_on_terminal(
    *arguments: object, code: str = "", text: bytes | None = None, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command line, or code instead of it; standard error is a terminal of 80 columns, standard output a pipe."""
    import pty

    main, terminal = pty.openpty()
    command = [sys.executable, *(["-c", code] if code else ["-m", "netstat_parse"]), *map(str, arguments)]
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL if text is None else subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env=os.environ | {"TERM": "xterm", "COLUMNS": "80"} | dict(environment or {}),
    ) as running:
        os.close(terminal)
        if running.stdin:
            running.stdin.write(text or b"")
            running.stdin.close()
        printed = b""
        try:
            while data := os.read(main, 65536):
                printed += data
        except OSError:  # Linux reports the end of a terminal as EIO
            pass
        os.close(main)
        status = running.wait(timeout=60)
    return subprocess.CompletedProcess(command, status, "", printed.decode().replace("\r\n", "\n"))
