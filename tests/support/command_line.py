"""Run the command line as a user does."""

import subprocess
import sys

LISTING = (
    "Active Internet connections (only servers)\n"
    "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
    "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     \n"
)
CUT = "tcp        0      0 10.0.0.1:22\n"


def netstat_parse(*arguments: str, text: str | bytes = "") -> subprocess.CompletedProcess[str]:
    data = text if isinstance(text, bytes) else text.encode()
    ran = subprocess.run(
        [sys.executable, "-m", "netstat_parse", *arguments], input=data, capture_output=True, timeout=60, check=False
    )
    return subprocess.CompletedProcess(ran.args, ran.returncode, ran.stdout.decode(), ran.stderr.decode())
