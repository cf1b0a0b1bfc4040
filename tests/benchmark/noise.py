"""Generate a log: ordinary noise around dumps of netstat, the same for the same seed.

The noise is what stands in the logs of customers: application logs, sshd, HTTP access logs, JSON lines, stack traces, a
kernel log, other commands, and prose in several languages. None of its lines is a row of netstat, though many have
addresses, ports and the words of netstat.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from dumps import SEED, make_address, make_endpoint

SAMPLES = Path(__file__).parents[2] / "samples"

SAMPLE_NAMES = (
    "linux/busybox-1.35.an",
    "linux/busybox-1.35.full.tulpn",
    "linux/busybox-1.35.rne",
    "linux/net-tools-1.60.pt-BR.lnt",
    "linux/net-tools-1.60.rhel-5.anepo",
    "linux/net-tools-1.60.rhel-6.at",
    "linux/net-tools-1.60.rhel-6.gn",
    "linux/net-tools-1.60.rhel-6.ia",
    "linux/net-tools-2.10.debian-12.a",
    "linux/net-tools-2.10.debian-12.an",
    "linux/net-tools-2.10.debian-12.ane",
    "linux/net-tools-2.10.debian-12.anepo",
    "linux/net-tools-2.10.debian-12.ano",
    "linux/net-tools-2.10.debian-12.anpW",
    "linux/net-tools-2.10.debian-12.axp",
    "linux/net-tools-2.10.debian-12.cs.ie",
    "linux/net-tools-2.10.debian-12.cs.st",
    "linux/net-tools-2.10.debian-12.de.s",
    "linux/net-tools-2.10.debian-12.de.t",
    "linux/net-tools-2.10.debian-12.et.r",
    "windows/windows-10.en.ano.utf-8",
    "windows/windows-10.en.e.utf-8",
    "windows/windows-10.en.r.utf-8",
    "windows/windows-10.en.s.utf-8",
    "windows/windows-11.en.anod.utf-8",
    "windows/windows-2019.en.ant.utf-8",
    "windows/windows-10.en.s-p-tcp.utf-8",
    "windows/windows-10.en.any.utf-8",
    "windows/windows-10.en.an-p-tcp.utf-8",
    "windows/windows-10.en.b.utf-8",
)
"""The samples that the benchmark hides in a log: 30, all in UTF-8."""

PROSE = """\
Dear support team, since the update on Monday the connection to the database is lost every night.
We have already restarted the server twice, without success. The local address has not changed.
Please find the output of the commands below; the state of the service was running at that time.
Sehr geehrte Damen und Herren, seit dem Update bricht die Verbindung jede Nacht ab.
Die Adresse ist erreichbar, der Port 443 antwortet aber nicht (siehe Protokoll).
Bonjour, depuis la mise à jour, le serveur ne répond plus ; l'état de la connexion est inconnu.
Merci de vérifier l'adresse locale et l'adresse distante, ainsi que le pare-feu.
Hola, el servicio se detiene cada noche; el estado de la conexión es desconocido.
Здравствуйте, после обновления сервер не отвечает, состояние соединения неизвестно.
Пожалуйста, проверьте локальный адрес и порт 8080.
お世話になっております。更新後、毎晩接続が切断されます。
ローカル アドレスは変わっていません。ご確認をお願いします。
您好，更新之后每天晚上连接都会断开，本地地址没有变化。
Det är samma fel på alla servrar: porten svarar inte och tjänsten startar om.
> On Tuesday you wrote: which process listens on port 8443 of the proxy?
TCP connections are reset, UDP works; 3 of 10 interfaces are down.
1. Open a terminal.  2. Run the command.  3. Send us what it prints.
""".splitlines()

METHODS = ("GET /api/v1/items/{}", "POST /login?next={}", "GET /static/app.{}.js", "PUT /api/v1/sessions/{}")
COMPONENTS = ("c.a.orders.OrderService", "c.a.net.ConnectionPool", "o.h.engine.jdbc.spi.SqlExceptionHelper", "main")
EVENTS = (
    "connection from {} to {} established in {} ms",
    "lost connection to {}, retrying {} in {} s",
    "listening on {} (backlog of {}: {})",
    "request of {} to {} took {} ms: 200 OK",
    "tcp socket {} -> {} closed after {} bytes",
)
KERNEL = (
    "eth0: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: RX/TX",
    "TCP: request_sock_TCP: Possible SYN flooding on port {}. Sending cookies.",
    "IPv6: ADDRCONF(NETDEV_CHANGE): veth{}: link becomes ready",
    "[UFW BLOCK] IN=eth0 OUT= SRC={} DST={} LEN=60 TTL=51 PROTO=TCP SPT=44321 DPT=22",
)


class NoisyLog(NamedTuple):
    """A log, and where the dumps are in it."""

    text: str
    dump_lines: list[range]
    """The numbers of the lines of each dump, from 1; without the prompt above it."""


def read_sample(name: str) -> str:
    """Return the text of a sample with the line ends of Unix."""
    return (SAMPLES / f"{name}.txt").read_bytes().decode(errors="replace").replace("\r\n", "\n")


def make_noisy_log(dumps: Sequence[str], noise_lines: int, seed: int = SEED) -> NoisyLog:
    """Return a log with at least this number of lines of noise, spread evenly before, between and after the dumps."""
    chance = Random(seed)
    lines: list[str] = []
    dump_lines = []
    for dump in dumps:
        lines += _make_noise(chance, noise_lines // (len(dumps) + 1))
        lines += chance.choice([[], [""], ["", "[root@web1 ~]# netstat"], ["C:\\>netstat"]])
        rows = dump.rstrip("\n").split("\n")
        dump_lines.append(range(len(lines) + 1, len(lines) + 1 + len(rows)))
        lines += rows
        lines += chance.choice([[], [""]])
    lines += _make_noise(chance, noise_lines // (len(dumps) + 1))
    return NoisyLog("\n".join([*lines, ""]), dump_lines)


def _make_noise(chance: Random, count: int) -> Iterator[str]:
    """Yield at least this number of lines: blocks of one kind after the other."""
    done = 0
    while done < count:
        block = list(chance.choice(KINDS)(chance, chance.randint(3, 60)))
        done += len(block)
        yield from block


def _make_time(chance: Random) -> str:
    return f"{chance.randrange(24):02}:{chance.randrange(60):02}:{chance.randrange(60):02}"


def application(chance: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        event = chance.choice(EVENTS).format(make_endpoint(chance), make_endpoint(chance), chance.randint(1, 999))
        level = chance.choice(["INFO ", "WARN ", "ERROR", "DEBUG"])
        yield (
            f"2024-03-0{chance.randint(1, 9)} {_make_time(chance)},{chance.randrange(1000):03} {level}"
            f" [pool-{chance.randint(1, 9)}-thread-{chance.randint(1, 64)}] {chance.choice(COMPONENTS)} - {event}"
        )


def sshd(chance: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        user = chance.choice(["root", "admin", "oracle", "invalid user test"])
        verb = chance.choice(["Failed password", "Accepted publickey", "Connection closed"])
        yield (
            f"Mar {chance.randint(1, 28):>2} {_make_time(chance)} web1 sshd[{chance.randint(300, 32000)}]:"
            f" {verb} for {user} from {make_address(chance)} port {chance.randint(1024, 65535)} ssh2"
        )


def access(chance: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        request = chance.choice(METHODS).format(chance.randint(1, 99999))
        yield (
            f"{make_address(chance)} - - [05/Mar/2024:{_make_time(chance)} +0100]"
            f' "{request} HTTP/1.1" {chance.choice([200, 304, 404, 502])} {chance.randint(100, 99999)} "-" "curl/8.5.0"'
        )


def json_lines(chance: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield (
            f'{{"ts":{1709600000 + chance.randrange(10**6)}.{chance.randrange(1000):03},"level":"info","host":"web1",'
            f'"remote":"{make_endpoint(chance)}","bytes":{chance.randint(1, 10**6)},"state":"ESTABLISHED"}}'
        )


def processes(chance: Random, count: int) -> Iterator[str]:
    yield "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND"
    for _ in range(count):
        command = chance.choice(
            ["/usr/sbin/sshd -D", "nginx: worker process", "[kworker/0:1-events]", "java -Xmx4g -jar a.jar"]
        )
        yield (
            f"{chance.choice(['root', 'www-data', 'postgres']):<8} {chance.randint(1, 32000):>7}  0.{chance.randrange(9)}  "
            f"{chance.randrange(9)}.{chance.randrange(9)} {chance.randint(1000, 999999):>6} {chance.randint(100, 99999):>5} "
            f"?        Ss   {chance.randrange(24):02}:{chance.randrange(60):02}   0:0{chance.randrange(9)} {command}"
        )


def stack_trace(chance: Random, count: int) -> Iterator[str]:
    yield f'Exception in thread "main" java.net.ConnectException: Connection refused: {make_endpoint(chance)}'
    for _ in range(count):
        yield f"\tat com.acme.{chance.choice(['net', 'db', 'web'])}.Client.call(Client.java:{chance.randint(10, 900)})"
    yield f"Caused by: java.io.IOException: connection reset ... {chance.randint(3, 40)} more"


def prose(chance: Random, count: int) -> Iterator[str]:
    for _ in range(count):
        yield chance.choice(PROSE)
        if not chance.randrange(5):
            yield ""


def kernel(chance: Random, count: int) -> Iterator[str]:
    for number in range(count):
        event = chance.choice(KERNEL).format(make_address(chance), make_address(chance))
        yield f"[{number * 17.25 + 100:>12.6f}] {event}"


def disks(chance: Random, count: int) -> Iterator[str]:
    yield "Filesystem      Size  Used Avail Use% Mounted on"
    for number in range(count):
        used = chance.randint(1, 99)
        yield f"/dev/sda{number:<6}  100G   {used:>2}G   {100 - used:>2}G  {used:>2}% /srv/{number}"


KINDS: tuple[Callable[[Random, int], Iterator[str]], ...] = (
    application,
    sshd,
    access,
    json_lines,
    processes,
    stack_trace,
    prose,
    kernel,
    disks,
)
