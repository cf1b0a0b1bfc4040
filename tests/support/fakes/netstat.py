"""A fake netstat: its first argument selects how it misbehaves. It appends its process id to the file FAKE_PID_FILE."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

TITLE = "Active Internet connections (servers and established)\n"
HEADING = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
ROW = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN     \n"
CONNECTIONS = TITLE + HEADING + ROW
INTERFACE_HEADING = (
    "Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"
)


def write(text: str | bytes) -> None:
    sys.stdout.buffer.write(text.encode() if isinstance(text, str) else text)
    sys.stdout.buffer.flush()


def write_error(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def record_pid(pid: int) -> None:
    if path := os.environ.get("FAKE_PID_FILE"):
        with Path(path).open("a", encoding="ascii") as file:
            file.write(f"{pid}\n")


def hang() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    write(CONNECTIONS)
    time.sleep(60)


def hang_silently() -> None:
    time.sleep(60)


def close_and_hang() -> None:
    write(CONNECTIONS)
    os.close(1)
    os.close(2)
    time.sleep(60)


def flood() -> None:
    write(TITLE + HEADING)
    while True:
        write(ROW * 1000)


def flood_errors() -> None:
    while True:
        write_error("out of memory, or so it seems\n" * 1000)


def flood_both_streams() -> None:
    write(TITLE + HEADING)
    for _ in range(20):
        write_error("warning, got bogus tcp line.\n" * 2000)
        write(ROW * 1000)


def die() -> None:
    write(CONNECTIONS + ROW[:30])
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def fail() -> None:
    write(CONNECTIONS)
    sys.exit(3)


def only_errors() -> None:
    write_error("netstat: something is wrong\nnetstat: very wrong\n")
    sys.exit(1)


def print_bytes() -> None:
    write(CONNECTIONS.encode() + ROW.rstrip().encode() + b"      7/\xff\xfe\x1b[2J\n" + ROW.encode())


def linger() -> None:
    """Exit while a child still holds the pipes open."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    record_pid(child.pid)
    write(CONNECTIONS)


def show_environment() -> None:
    write(CONNECTIONS)
    write_error(
        "".join(f"{name}={os.environ.get(name)}\n" for name in ("LC_ALL", "PATH")) + f"stdin={sys.stdin.read()!r}\n"
    )


def count() -> None:
    """Print an interface that receives 1000 packets per second and sends 2000."""
    packets = int(time.time() * 1000) % 10**9
    write(
        f"{INTERFACE_HEADING}eth0             1500 {packets:8}      0      0 0      {2 * packets:8}      0      0      0 BMRU\n"
    )


def count_runs() -> int:
    return len(Path(os.environ["FAKE_PID_FILE"]).read_text("ascii").split())


def grow() -> None:
    """Print 60 listeners, and from the second run on a connection that is another one in each run."""
    rows = [ROW.replace("0.0.0.0:22  ", f"0.0.0.0:{1000 + number}") for number in range(60)]
    if (run := count_runs()) > 1:
        rows.append(
            f"tcp6       0      0 2001:db8::1:443         2001:db8:aaaa:bbbb:cccc:dddd:eeee:1:{50_000 + run} ESTABLISHED\n"
        )
    write(TITLE + HEADING + "".join(rows))


def hang_later() -> None:
    """Print a table in the first run, and hang in all later ones."""
    if count_runs() > 1:
        hang()
    write(CONNECTIONS)


def fail_later() -> None:
    """Print a table in the first run, and fail in all later ones."""
    if count_runs() > 1:
        only_errors()
    write(CONNECTIONS)


def repeat() -> None:
    """Repeat the output, as ``-c`` does but faster."""
    while True:
        write(CONNECTIONS)
        time.sleep(0.1)


BEHAVIOURS: dict[str, Callable[[], None]] = {
    "list": lambda: write(CONNECTIONS),
    "nothing": lambda: None,
    "prose": lambda: write("This is no table.\n"),
    "hang": hang,
    "hang-silently": hang_silently,
    "close-and-hang": close_and_hang,
    "flood": flood,
    "flood-errors": flood_errors,
    "flood-both-streams": flood_both_streams,
    "die": die,
    "fail": fail,
    "print-damaged-row": lambda: write(CONNECTIONS + ROW[:30] + "\n" + ROW),
    "only-errors": only_errors,
    "print-bytes": print_bytes,
    "linger": linger,
    "show-environment": show_environment,
    "count": count,
    "fail-later": fail_later,
    "grow": grow,
    "hang-later": hang_later,
    "-V": lambda: write("net-tools 2.10\n"),
}

if "-V" not in sys.argv:
    record_pid(os.getpid())
if "-c" in sys.argv:
    repeat()
else:
    BEHAVIOURS[sys.argv[1]]()
