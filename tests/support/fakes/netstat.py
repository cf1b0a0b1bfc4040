"""A netstat that misbehaves as its option says. It notes its process id in the file that FAKE_PIDS names."""

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
LISTING = TITLE + HEADING + ROW
INTERFACES = (
    "Kernel Interface table\nIface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"
)


def say(text: str | bytes) -> None:
    sys.stdout.buffer.write(text.encode() if isinstance(text, str) else text)
    sys.stdout.buffer.flush()


def complain(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


def note(pid: int) -> None:
    if path := os.environ.get("FAKE_PIDS"):
        with Path(path).open("a", encoding="ascii") as file:
            file.write(f"{pid}\n")


def hang() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    say(LISTING)
    time.sleep(60)


def hang_silently() -> None:
    time.sleep(60)


def close_and_hang() -> None:
    say(LISTING)
    os.close(1)
    os.close(2)
    time.sleep(60)


def flood() -> None:
    say(TITLE + HEADING)
    while True:
        say(ROW * 1000)


def flood_errors() -> None:
    while True:
        complain("out of memory, or so it seems\n" * 1000)


def say_much_on_both() -> None:
    say(TITLE + HEADING)
    for _ in range(20):
        complain("warning, got bogus tcp line.\n" * 2000)
        say(ROW * 1000)


def die() -> None:
    say(LISTING + ROW[:30])
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))


def fail() -> None:
    say(LISTING)
    sys.exit(3)


def only_complain() -> None:
    complain("netstat: something is wrong\nnetstat: very wrong\n")
    sys.exit(1)


def print_bytes() -> None:
    say(LISTING.encode() + ROW.rstrip().encode() + b"      7/\xff\xfe\x1b[2J\n" + ROW.encode())


def linger() -> None:
    """End, and leave a child that holds the pipes."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    note(child.pid)
    say(LISTING)


def show_surroundings() -> None:
    say(LISTING)
    complain(
        "".join(f"{name}={os.environ.get(name)}\n" for name in ("LC_ALL", "PATH")) + f"stdin={sys.stdin.read()!r}\n"
    )


def count() -> None:
    """An interface whose figures go up by 1000 packets a second."""
    packets = int(time.time() * 1000) % 10**9
    say(
        f"{INTERFACES}eth0             1500 {packets:8}      0      0 0      {2 * packets:8}      0      0      0 BMRU\n"
    )


def fail_later() -> None:
    """Fail in all runs but the first."""
    if len(Path(os.environ["FAKE_PIDS"]).read_text("ascii").split()) > 1:
        only_complain()
    say(LISTING)


def repeat() -> None:
    """What ``-c`` does, only faster."""
    while True:
        say(LISTING)
        time.sleep(0.1)


BEHAVIOURS: dict[str, Callable[[], None]] = {
    "list": lambda: say(LISTING),
    "nothing": lambda: None,
    "prose": lambda: say("This is no table.\n"),
    "hang": hang,
    "hang-silently": hang_silently,
    "close-and-hang": close_and_hang,
    "flood": flood,
    "flood-errors": flood_errors,
    "say-much-on-both": say_much_on_both,
    "die": die,
    "fail": fail,
    "only-complain": only_complain,
    "print-bytes": print_bytes,
    "linger": linger,
    "show-surroundings": show_surroundings,
    "count": count,
    "fail-later": fail_later,
    "-V": lambda: say("net-tools 2.10\n"),
}

if "-V" not in sys.argv:
    note(os.getpid())
if "-c" in sys.argv:
    repeat()
else:
    BEHAVIOURS[sys.argv[1]]()
