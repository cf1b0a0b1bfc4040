"""Sockets (``netstat`` without -r, -i and -s) and masqueraded connections (``netstat -M``)."""

from typing import Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt

from netstat_parse.records.identity import (
    Key,
    identify_connection,
    identify_masquerade,
    identify_unix_socket,
    is_unix_listener,
)
from netstat_parse.schema.model import Count, Family, Port, PrintedRecord

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


class Connection(PrintedRecord):
    """A network socket: TCP, UDP, SCTP, raw, AX.25, NET/ROM, ROSE, X.25, IPX, AppleTalk or Bluetooth."""

    protocol: str
    """Protocol in lower case, without the 4 or 6 of the family: tcp, udp, udplite, sctp, raw, ax25, l2cap."""
    family: Family | None = None
    """Address family of the socket: ipv6 for `tcp6`, even with an IPv4 address; null if it can be either, as for `tcp`
    of net-tools 1.60 with a name."""
    local_address: str | None = None
    """Local address in canonical text (RFC 5952), without brackets and zone; for other families a call sign or a
    link-layer address."""
    local_port: Port | None = None
    """Local port; for a raw socket the protocol number, for IPX the socket number."""
    local_zone: str | None = None
    """Zone of the local address, after `%`: the index or name of an interface (RFC 4007)."""
    more_local_addresses: list[str] = Field(default_factory=list)
    """Further local addresses of a multi-homed SCTP socket (RFC 9260)."""
    more_remote_addresses: list[str] = Field(default_factory=list)
    """Further remote addresses of a multi-homed SCTP association (RFC 9260)."""
    local_host: str | None = None
    """Name printed instead of the local address, which is then null."""
    local_service: str | None = None
    """Name printed instead of the local port, which is then null: `ssh`; for a raw socket the protocol, `icmp`."""
    remote_address: str | None = None
    """Remote address in canonical text (RFC 5952); null if there is no peer (`0.0.0.0:*`, `[::]:0`, `*:*`)."""
    remote_port: Port | None = None
    """Remote port; null if there is no peer."""
    remote_zone: str | None = None
    """Zone of the remote address, after `%` (RFC 4007)."""
    remote_host: str | None = None
    """Name printed instead of the remote address, which is then null."""
    remote_service: str | None = None
    """Name printed instead of the remote port, which is then null."""
    state: State | None = None
    """State of the connection (RFC 9293, RFC 4022; `bound` with Windows -q); null if none was printed, or for an
    unknown word."""
    state_text: str | None = None
    """State as printed, in its language; for a raw socket its number."""
    recv_q: NonNegativeInt | None = None
    """Bytes received and not yet read by the program; for a listening socket of Linux the number of connections to
    accept."""
    send_q: NonNegativeInt | None = None
    """Bytes sent and not yet acknowledged."""
    user: str | None = None
    """Name of the owner; null if a number was printed, see `uid`."""
    uid: int | None = None
    """User ID of the owner. net-tools prints IDs above 2147483647 as negative numbers: 4294967294 as -2."""
    inode: Count | None = None
    """Inode of the socket; 0 if it has none any more, as in time_wait."""
    pid: NonNegativeInt | None = None
    """ID of the process that owns the socket, the first that netstat found; null for `-`."""
    program: str | None = None
    """Name of the program, which may contain blanks, slashes and brackets; net-tools truncates PID and name to 19
    bytes."""
    components: list[str] = Field(default_factory=list)
    """Windows -b: the lines above `[program.exe]` in order: services, on Windows XP modules."""
    ownership: Literal["denied"] | None = None
    """Windows -b: `denied` if netstat could not obtain the ownership information."""
    timer: Literal["off", "on", "keepalive", "timewait", "probe"] | None = None
    """Linux -o: timer of the socket: `on` is for retransmission, `probe` for a zero window (RFC 9293)."""
    timer_seconds: NonNegativeFloat | None = None
    """Linux -o: seconds until the timer expires."""
    timer_retransmits: NonNegativeInt | None = None
    """Linux -o: number of retransmissions."""
    timer_probes: NonNegativeInt | None = None
    """Linux -o: number of unanswered zero-window or keepalive probes."""
    offload_state: str | None = None
    """Windows -t: offload state as printed: InHost, or Offloaded to the network adapter."""
    template: str | None = None
    """Windows -y: TCP template as printed: `Internet`, `Not Applicable`."""
    state_milliseconds: NonNegativeInt | None = None
    """Windows -i: milliseconds since the connection entered its state."""
    dscp: NonNegativeInt | None = None
    """Windows -d: differentiated services code point (RFC 2474)."""
    security_context: str | None = None
    """Linux -Z: SELinux context of the process; net-tools prints only its last 49 bytes."""
    truncated: list[str] = Field(default_factory=list)
    """Names of the fields that netstat truncated, such as an IPv6 address without -W; their values are incomplete."""
    extra: dict[str, str] = Field(default_factory=dict)
    """Columns without a field of their own, by heading: Vr/Vs of AX.25, PSM of L2CAP, Mode of Windows -x."""

    @property
    def key(self) -> Key:
        """The identity of the socket: its family, its protocol and both ends, an IPv4-mapped address as IPv4.

        Sockets with the same ends have the same key, whatever their state: those of several programs that share an
        address and a port, those of AX.25.
        """
        return identify_connection(self.__dict__)


class UnixSocket(PrintedRecord):
    """A UNIX domain socket."""

    protocol: Literal["unix"] | None = None
    """unix; null for `??`, which netstat prints for a protocol number other than 0."""
    ref_count: NonNegativeInt | None = None
    """Number of references to the socket in the kernel."""
    flags: list[UnixFlag] = Field(default_factory=list)
    """Flags ACC (accept), W (wait_data) and N (no_space); current kernels set only ACC."""
    type: UnixType | None = None
    """Socket type; null for UNKNOWN. Only toybox prints dccp and packet."""
    state: UnixState | None = None
    """State of the socket; unconnected if the column is empty; null for UNKNOWN and for an unknown word."""
    state_text: str | None = None
    """State as printed, in its language."""
    inode: Count | None = None
    """Inode of the socket; 0 until the connection is accepted."""
    pid: NonNegativeInt | None = None
    """ID of the process that owns the socket, the first that netstat found; null for `-`."""
    program: str | None = None
    """Name of the program; net-tools truncates PID and name to 19 bytes."""
    security_context: str | None = None
    """Linux -Z: SELinux context of the process; net-tools prints only its last 49 bytes."""
    path: str | None = None
    """Path, or `@name` in the abstract namespace; net-tools truncates it at the first white space."""
    truncated: list[str] = Field(default_factory=list)
    """Names of the fields that netstat truncated; their values are incomplete."""

    @property
    def is_listening(self) -> bool:
        """True if the socket accepts connections."""
        return is_unix_listener(self.__dict__)

    @property
    def key(self) -> Key:
        """The identity of the socket: its type and path, and its inode unless it is a listener with a path."""
        return identify_unix_socket(self.__dict__)


class Masquerade(PrintedRecord):
    """A connection that the kernel masquerades, with Linux 2.0 and 2.2 (`-M`)."""

    protocol: str
    """Protocol: tcp, udp or icmp."""
    expires_seconds: NonNegativeFloat | None = None
    """Seconds until the entry expires; printed as `14:59.99`."""
    source_address: str | None = None
    """Source address behind the masquerade; null if its name was printed."""
    source_port: Port | None = None
    """Source port behind the masquerade, for icmp the type of the message; null for `*` or a name."""
    destination_address: str | None = None
    """Destination address; null if its name was printed."""
    destination_port: Port | None = None
    """Destination port; null for `*` or a name."""
    masquerade_port: Port | None = None
    """Port that replaces the source port in packets to the destination."""
    init_sequence: NonNegativeInt | None = None
    """-e: TCP sequence number from which `delta` is added."""
    delta: int | None = None
    """-e: number of bytes that rewriting has added to the stream; negative if it has removed some."""
    previous_delta: int | None = None
    """-e: `delta` before the last rewriting."""
    source_host: str | None = None
    """Name printed instead of the source address."""
    source_service: str | None = None
    """Name printed instead of the source port."""
    destination_host: str | None = None
    """Name printed instead of the destination address."""
    destination_service: str | None = None
    """Name printed instead of the destination port."""

    @property
    def key(self) -> Key:
        """The identity of the entry: its protocol, both ends, and the port of the masquerade."""
        return identify_masquerade(self.__dict__)
