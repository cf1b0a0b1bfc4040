"""Standard input is read as it comes, in constant memory."""

import json
import subprocess
import sys

from support.stored import ROW


def test_a_row_from_a_pipe_is_printed_before_the_next_is_written() -> None:
    command = [sys.executable, "-m", "netstat_parse", "-f", "ndjson"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as running:
        assert running.stdin
        assert running.stdout
        for port in (22, 80, 443):
            running.stdin.write(ROW.format(port).encode())
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["local_port"] == port
        running.stdin.close()


def test_a_long_stream_needs_no_more_memory_than_a_short_one() -> None:
    script = (
        "import io, resource, sys, netstat_parse as np\n"
        "def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        f"row = {ROW.format(22)!r}.encode()\n"
        "for _ in np.stream(row for _ in range(2000)): pass\n"
        "before = peak()\n"
        "for _ in np.stream(row * 100 for _ in range(1000)): pass\n"
        "sys.exit(peak() - before > 10_000)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
