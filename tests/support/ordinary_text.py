"""Ordinary text of other programs, of many kinds, to place below and between the rows of tables."""

from collections.abc import Callable
from random import Random

RANDOM = Random(7)


def _number(most: int = 99_999) -> int:
    return RANDOM.randrange(most)


def _address() -> str:
    return f"10.{_number(255)}.{_number(255)}.{_number(255)}"


SERVICES = """
ftp             21/tcp
ssh             22/tcp                          # SSH Remote Login Protocol
domain          53/udp
http            80/tcp          www             # WorldWideWeb HTTP
echo            7/tcp
echoes          7/tcp
"""

PIP_LIST = """
Package            Version
------------------ ---------
click              1.2.4
numpy              1.26.4
typing_extensions  4.9.0
ruff               0.3
setuptools         68
pip                23.0.1
"""

IOSTAT = """
avg-cpu:  %user   %nice %system %iowait  %steal   %idle
           5.26    0.00    2.13    0.35    0.00   92.26
Device             tps    kB_read/s    kB_wrtn/s    kB_dscd/s    kB_read    kB_wrtn    kB_dscd
sda              12.34       123.45       678.90         0.00    1234567    7654321          0
nvme0n1           3.04        12.11         8.23         0.00      14567      65432          0
"""

ETHTOOL = """
NIC statistics:
     rx_packets: 1234567
     tx_packets: 7654321
     rx_queue_0_bytes: 88123
     tx_errors: 0
Settings for eth0:
	Speed: 1000Mb/s
	Port: Twisted Pair
	MDI-X: on (auto)
"""

RPCINFO = """
   program vers proto   port  service
    100000    4   tcp    111  portmapper
    100000    3   udp    111  portmapper
    100024    1   tcp  39405  status
"""

STACK_TRACES = """
goroutine 1 [running]:
main.main()
	/go/src/app/main.go:42 +0x1d
Exception in thread "main" java.lang.IllegalStateException: 3 of 4
	at java.base/java.lang.Thread.run(Thread.java:829)
	at com.acme.Main.main(Main.java:17)
Traceback (most recent call last):
  File "/srv/app.py", line 12, in <module>
    main(1)
ValueError: 3
"""

PROSE = """
TCP und UDP sind offen.
Der Server antwortet seit 3 Tagen nicht mehr.
Bitte melden Sie sich bei Herrn Kraus, Zimmer 12.
The local address has not changed since 2019.
it is 3 o'clock
Running 5 tests
commit 3602aca0277
done in 3 seconds
"""

INI = """
[server]
port = 80
host = 10.0.0.1
[client]
timeout=30
retries = 5
name = web
"""

CPUINFO = """
processor	: 0
vendor_id	: GenuineIntel
cpu family	: 6
model name	: Intel(R) Xeon(R) CPU E5-2680 v4 @ 2.40GHz
cpu MHz		: 2399.998
cache size	: 35840 KB
bogomips	: 4799.99
"""

PSQL = """
 id |   name    | count
----+-----------+-------
  1 | orders    |    12
 22 | customers |   430
(2 rows)
"""

MEMORY = """
               total        used        free      shared  buff/cache   available
Mem:         8008788      400012     7000100        1024      608676     7400000
Swap:        2097148           0     2097148
"""

TOTALS = """
Total: 12
Passed: 10
rc: 0
Failed: 2
exit 1
"""

LS = """
total 48
drwxr-xr-x  5 root root  4096 Mar  3 12:00 .
-rw-r--r--  1 root root   220 Jan 12  2024 .bashrc
lrwxrwxrwx  1 root root    11 Feb  2 08:00 run -> /run
"""

PS = """
USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND
root           1  0.0  0.1 167744 11868 ?        Ss   Mar02   0:04 /sbin/init
www-data    2231  1.2  3.4 987654 54321 ?        Sl   11:58   1:02 nginx: worker process
    PID TTY          TIME CMD
   4021 pts/0    00:00:00 bash
"""

MADE: dict[str, Callable[[], str]] = {
    "http": lambda: (
        f'{_address()} - - [03/Mar/2026:12:00:{_number(60):02}] "GET /{_number()} HTTP/1.1" 200 {_number()}'
    ),
    "application": lambda: (
        f"2026-03-03 12:00:{_number(60):02},{_number(999):03} INFO [pool-{_number(9)}] took {_number()} ms"
    ),
    "sshd": lambda: (
        f"Mar  3 12:00:{_number(60):02} web1 sshd[{_number()}]: Accepted publickey for root from {_address()} port {_number()} ssh2"
    ),
    "dpkg": lambda: f"2026-03-03 12:00:{_number(60):02} status installed libc6:amd64 2.36-9+deb12u{_number(9)}",
    "json": lambda: f'{{"level": "info", "port": {_number()}, "remote": "{_address()}"}}',
    "kernel": lambda: f"[{_number()}.{_number(999_999):06}] eth0: link up, {_number()} Mbps, full duplex",
}
"""A maker of the next line of each kind."""

WRITTEN = {
    "ls": LS,
    "ps": PS,
    "pip": PIP_LIST,
    "services": SERVICES,
    "iostat": IOSTAT,
    "ethtool": ETHTOOL,
    "rpcinfo": RPCINFO,
    "stack traces": STACK_TRACES,
    "prose": PROSE,
    "ini": INI,
    "cpuinfo": CPUINFO,
    "psql": PSQL,
    "free": MEMORY,
    "totals": TOTALS,
}
"""Texts that are repeated."""

KINDS = [*MADE, *WRITTEN]


def make_text(kind: str, count: int) -> str:
    """Make this many lines of ordinary text of a kind, the same each time."""
    if kind in MADE:
        RANDOM.seed(kind)
        return "".join(f"{MADE[kind]()}\n" for _ in range(count))
    lines = WRITTEN[kind].strip("\n").split("\n")
    return "".join(f"{line}\n" for line in (lines * (count // len(lines) + 1))[:count])
