"""Run the command line in a new process."""

import subprocess
import sys

MAX_SECONDS = 120
"""Maximum time to wait for something on a busy machine. Wrong code would wait for ever."""

COMMAND = f"{sys.executable} -m netstat_parse"
"""The command line, as a shell calls it."""

LISTING = (
    "Active Internet connections (only servers)\n"
    "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
    "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     \n"
)
CUT = "tcp        0      0 10.0.0.1:22\n"


def netstat_parse(*arguments: object, text: str | bytes = b"", code: str = "") -> subprocess.CompletedProcess[str]:
    """Run the command line, or code instead of it, with text on standard input."""
    command = [sys.executable, *(["-c", code] if code else ["-m", "netstat_parse"]), *map(str, arguments)]
    data = text if isinstance(text, bytes) else text.encode()
    ran = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False)
    return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())


def sh(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script of the shell."""
    return subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)  # noqa: S607 - any sh
