"""Sockets: what netstat prints without -r, -i and -s, and with -M."""

from typing import Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt

from netstat_parse.schema.model import Count, Family, Port, Record

State = Literal[
    "closed",
    "listen",
    "syn_sent",
    "syn_received",
    "established",
    "fin_wait_1",
    "fin_wait_2",
    "close_wait",
    "last_ack",
    "closing",
    "time_wait",
    "delete_tcb",
    "bound",
]
UnixFlag = Literal["accept", "wait_data", "no_space"]
UnixState = Literal["free", "listening", "unconnected", "connecting", "connected", "disconnecting"]
UnixType = Literal["stream", "dgram", "raw", "rdm", "seqpacket", "dccp", "packet"]


class Connection(Record):
    """A socket of the network: TCP, UDP, SCTP, raw, and those of amateur radio, X.25, IPX, Bluetooth."""

    protocol: str
    """The protocol in lower case, without 4 or 6 of its family: tcp, udp, udplite, sctp, raw, ax25, l2cap."""
    family: Family | None = None
    """The socket's family: ipv6 for `tcp6` with an IPv4 address; null where either may be (1.60's `tcp`)."""
    local_address: str | None = None
    """Own address in canonical text (RFC 5952), without brackets and zone; a call sign or MAC elsewhere."""
    local_port: Port | None = None
    """Own port; the protocol's number for a raw socket, the socket number for IPX."""
    local_zone: str | None = None
    """What stands after `%` in own address: the index or name of an interface (RFC 4007)."""
    more_local_addresses: list[str] = Field(default_factory=list)
    """Own further addresses of a multi-homed SCTP socket (RFC 9260)."""
    more_remote_addresses: list[str] = Field(default_factory=list)
    """The peer's further addresses of a multi-homed SCTP association."""
    local_host: str | None = None
    """The name that netstat printed for own address, which is then null."""
    local_service: str | None = None
    """The name that netstat printed for own port, which is then null: `ssh`; `icmp` for a raw socket."""
    remote_address: str | None = None
    """The peer's address in canonical text; null where there is no peer (`0.0.0.0:*`, `[::]:0`, `*:*`)."""
    remote_port: Port | None = None
    """The peer's port; null where there is no peer."""
    remote_zone: str | None = None
    """What stands after `%` in the peer's address."""
    remote_host: str | None = None
    """The name that netstat printed for the peer's address, which is then null."""
    remote_service: str | None = None
    """The name that netstat printed for the peer's port, which is then null."""
    state: State | None = None
    """The state (RFC 9293, RFC 4022; `bound` of Windows -q); null for none, or for a word not known."""
    state_text: str | None = None
    """The word as printed, in its language; the number of a raw socket."""
    recv_q: NonNegativeInt | None = None
    """Bytes received and not yet read; for a Linux listener the connections that wait to be accepted."""
    send_q: NonNegativeInt | None = None
    """Bytes sent and not yet acknowledged."""
    user: str | None = None
    """The owner's name; null where a number was printed, see `uid`."""
    uid: int | None = None
    """The owner's number; above 2147483647 net-tools prints it as a negative one (-2 for 4294967294)."""
    inode: Count | None = None
    """The socket's inode; 0 where none is left, as in time_wait."""
    pid: NonNegativeInt | None = None
    """The process that owns the socket, the first found of several; null for `-`."""
    program: str | None = None
    """Its program, whole, with blanks, slashes and brackets; net-tools cuts pid and program to 19 bytes."""
    components: list[str] = Field(default_factory=list)
    """Windows -b: the lines above `[program.exe]`, in order: services, on XP the modules."""
    ownership: Literal["denied"] | None = None
    """Windows -b: `denied` where netstat could not obtain the ownership information."""
    timer: Literal["off", "on", "keepalive", "timewait", "probe"] | None = None
    """Linux -o: what the timer waits for: `on` is a retransmission, `probe` a closed window (RFC 9293)."""
    timer_seconds: NonNegativeFloat | None = None
    """Linux -o: seconds until it expires."""
    timer_retransmits: NonNegativeInt | None = None
    """Linux -o: retransmissions so far."""
    timer_probes: NonNegativeInt | None = None
    """Linux -o: probes sent that no answer came to."""
    offload_state: str | None = None
    """Windows -t: whether the network card handles the connection, as printed: InHost (it does not), Offloaded."""
    template: str | None = None
    """Windows -y: the TCP template, as printed: `Internet`, `Not Applicable`."""
    state_milliseconds: NonNegativeInt | None = None
    """Windows -i: milliseconds since the state was entered."""
    dscp: NonNegativeInt | None = None
    """Windows -d: the differentiated services code point (RFC 2474)."""
    security_context: str | None = None
    """Linux -Z: the SELinux context of the process; net-tools keeps its last 49 bytes."""
    truncated: list[str] = Field(default_factory=list)
    """Names of the fields that netstat cut (an IPv6 address without -W): what they hold is not the whole."""
    extra: dict[str, str] = Field(default_factory=dict)
    """Columns without a field, text by heading: Vr/Vs of AX.25, PSM of L2CAP, Mode of Windows -x."""


class UnixSocket(Record):
    """A socket of the UNIX domain."""

    protocol: Literal["unix"] | None = None
    """unix; null for the `??` of a socket whose protocol is not 0."""
    ref_count: NonNegativeInt | None = None
    """How many references the kernel holds to the socket."""
    flags: list[UnixFlag] = Field(default_factory=list)
    """The flags ACC, W and N; today's kernels set only the first."""
    type: UnixType | None = None
    """The type of socket; null for UNKNOWN. Only toybox has words for dccp and packet."""
    state: UnixState | None = None
    """The state; unconnected where the column is empty, null for UNKNOWN or for a word not known."""
    state_text: str | None = None
    """The word as printed, in its language."""
    inode: Count | None = None
    """The socket's inode; 0 while it waits to be accepted."""
    pid: NonNegativeInt | None = None
    """The process that owns the socket, the first found of several; null for `-`."""
    program: str | None = None
    """Its program, whole; net-tools cuts pid and program to 19 bytes."""
    security_context: str | None = None
    """Linux -Z: the SELinux context of the process; net-tools keeps its last 49 bytes."""
    path: str | None = None
    """The path, or `@name` in the abstract namespace; net-tools ends it at the first white space."""
    truncated: list[str] = Field(default_factory=list)
    """Names of the fields that netstat cut: what they hold is not the whole."""


class Masquerade(Record):
    """A connection that the kernel masquerades (`-M`): Linux 2.0 and 2.2."""

    protocol: str
    """tcp, udp or icmp."""
    expires_seconds: NonNegativeFloat | None = None
    """Seconds until the entry expires, printed as `14:59.99`."""
    source_address: str | None = None
    """The hidden address; null where its name was printed."""
    source_port: Port | None = None
    """The hidden port, with icmp the message's type; null for `*` or a name."""
    destination_address: str | None = None
    """The peer's address; null where its name was printed."""
    destination_port: Port | None = None
    """The peer's port; null for `*` or a name."""
    masquerade_port: Port | None = None
    """The port that stands for the hidden one outside."""
    init_sequence: NonNegativeInt | None = None
    """-e: the sequence number from which on `delta` is added."""
    delta: int | None = None
    """-e: bytes that rewriting has added to the stream, or taken from it."""
    previous_delta: int | None = None
    """-e: `delta` before the last rewriting."""
    source_host: str | None = None
    """The name that netstat printed for the hidden address."""
    source_service: str | None = None
    """The name that netstat printed for the hidden port."""
    destination_host: str | None = None
    """The name that netstat printed for the peer's address."""
    destination_service: str | None = None
    """The name that netstat printed for the peer's port."""
