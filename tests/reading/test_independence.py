"""The result of an input is the same in any order of inputs, and in any number of threads."""

import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import netstat_parse as np
from support.samples import SAMPLES

COMMENTED = """\
# Active Internet connections (servers and established)
# Proto Recv-Q Send-Q Local Address               Foreign Address             State       PID/Program name
# tcp        0      0 0.0.0.0:22                  0.0.0.0:*                   LISTEN      734/sshd
# tcp        0      0 127.0.0.1:25                0.0.0.0:*                   LISTEN      900/master
"""

INTERFACES = """\
Kernel Interface table
lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
        inet 127.0.0.1  netmask 255.0.0.0
        loop  txqueuelen 1000  (Local Loopback)
"""

IN_PROCESS = "import sys, netstat_parse; sys.stdout.buffer.write(netstat_parse.to_json(sys.stdin.buffer.read()))"


def read(data: bytes) -> bytes:
    """Return the document, or the message of the error."""
    try:
        return np.to_json(data)
    except np.NetstatParseError as error:
        return str(error).encode()


def test_inputs_give_the_same_in_threads_and_in_any_order() -> None:
    chosen = random.Random(13).sample(sorted(SAMPLES), 80)
    inputs = [path.read_bytes() for path in chosen] + [COMMENTED.encode(), INTERFACES.encode(), b"some text\n"]
    expected = dict(zip(inputs, map(read, inputs), strict=True))
    shuffled = random.Random(31).sample(inputs * 2, len(inputs) * 2)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(read, shuffled))
    assert [data for data, document in zip(shuffled, found, strict=True) if document != expected[data]] == []


def test_an_input_gives_the_same_in_a_new_process() -> None:
    for before, data in ((INTERFACES, COMMENTED), (COMMENTED, INTERFACES)):
        alone = subprocess.run(
            [sys.executable, "-c", IN_PROCESS], input=data.encode(), capture_output=True, check=False
        )
        read(before.encode())
        assert alone.stdout == (read(data.encode()) if alone.returncode == 0 else b"")
