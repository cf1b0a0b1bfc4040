"""Interfaces (``netstat -i``, on Windows ``netstat -e``) and multicast groups (``netstat -g``)."""

from typing import Annotated, Final, Literal

from pydantic import Field, NonNegativeInt

from netstat_parse.records.identity import Key, identify_interface, identify_multicast_group
from netstat_parse.schema.model import Count, IPFamily, Model, PrintedRecord


class Address(Model):
    """An address of an interface."""

    address: str
    """Address in canonical text (RFC 5952)."""
    prefix_length: Annotated[int, Field(ge=0, le=128)] | None = None
    """Prefix length in bits; null if no mask was printed, or if it is not contiguous."""
    broadcast: str | None = None
    """Broadcast address (IPv4)."""
    destination: str | None = None
    """Address of the other end of a point-to-point link."""
    scope: Literal["global", "link", "site", "host", "compat"] | None = None
    """Scope of an IPv6 address (RFC 4291); compat is IPv4-compatible, printed as `compat,global` by net-tools 2.x."""


class Interface(PrintedRecord):
    """A network interface; for Windows -e the sum of all interfaces, with `name` null."""

    name: str | None = None
    """Name of the interface. The short table of net-tools truncates it to 5 bytes in 1.60, to 8 from 2012 to 2018, and
    to 15 since then."""
    index: NonNegativeInt | None = None
    """Windows -r: index of the interface (ifIndex, RFC 2863)."""
    description: str | None = None
    """Windows -r: description of the interface (ifDescr, RFC 2863), in any language."""
    physical_address: str | None = None
    """Link-layer address (ifPhysAddress, RFC 2863) of 6, 8 or 16 bytes, as aa:bb:cc:dd:ee:ff."""
    encapsulation: str | None = None
    """Link type, in the words of net-tools 2.x: ether, loop, ppp, tunnel, sit, infiniband, unspec."""
    mtu: NonNegativeInt | None = None
    """Maximum transmission unit in bytes (ifMtu, RFC 2863)."""
    metric: int | None = None
    """net-tools 1.60: metric of the interface."""
    tx_queue_length: NonNegativeInt | None = None
    """Length of the transmit queue in packets."""
    flags: list[str] = Field(default_factory=list)
    """Interface flags, the kernel's IFF_ names in lower case: up, broadcast. Without P of the short table, which means
    promisc or pointopoint."""
    addresses: list[Address] = Field(default_factory=list)
    """Linux -ie: addresses of the interface, in the order printed."""
    in_octets: Count | None = None
    """Bytes received (ifInOctets, RFC 2863); wraps at 32 bits on Windows."""
    out_octets: Count | None = None
    """Bytes sent (ifOutOctets, RFC 2863); wraps at 32 bits on Windows."""
    in_packets: Count | None = None
    """Packets received. Some distributions' net-tools 2.10 wrongly print 0, for all names or for those of 15 bytes."""
    out_packets: Count | None = None
    """Packets sent; wrong in the same releases as `in_packets`."""
    in_ucast_pkts: Count | None = None
    """Windows -e: unicast packets received (ifInUcastPkts, RFC 2863)."""
    out_ucast_pkts: Count | None = None
    """Windows -e: unicast packets sent (ifOutUcastPkts, RFC 2863)."""
    in_nucast_pkts: Count | None = None
    """Windows -e: broadcast and multicast packets received (ifInNUcastPkts, RFC 2863)."""
    out_nucast_pkts: Count | None = None
    """Windows -e: broadcast and multicast packets sent (ifOutNUcastPkts, RFC 2863)."""
    in_discards: Count | None = None
    """Received packets dropped without an error (ifInDiscards, RFC 2863)."""
    out_discards: Count | None = None
    """Packets to send dropped without an error (ifOutDiscards, RFC 2863)."""
    in_errors: Count | None = None
    """Packets received with an error (ifInErrors, RFC 2863)."""
    out_errors: Count | None = None
    """Packets not sent because of an error (ifOutErrors, RFC 2863)."""
    in_overruns: Count | None = None
    """Linux: received packets lost because the device's buffer was full."""
    out_overruns: Count | None = None
    """Linux: packets not sent because the device's buffer was empty (FIFO underrun)."""
    in_frame_errors: Count | None = None
    """Linux -ie: packets received with a framing error."""
    out_carrier_errors: Count | None = None
    """Linux -ie: packets not sent because the carrier was lost."""
    collisions: Count | None = None
    """Linux -ie: collisions while sending."""
    in_unknown_protos: Count | None = None
    """Windows -e: packets received for an unsupported protocol (ifInUnknownProtos, RFC 2863)."""
    interrupt: NonNegativeInt | None = None
    """Linux -ie: interrupt number of the device."""
    base_address: str | None = None
    """Linux -ie: first I/O port of the device, in hexadecimal: 0xc000."""
    memory: str | None = None
    """Linux -ie: start and end of the device's memory, in hexadecimal: f6ae0000-f6b00000."""
    truncated: list[str] = Field(default_factory=list)
    """Names of the fields that netstat truncated; two interfaces can then have the same name."""
    extra: dict[str, str] = Field(default_factory=dict)
    """Values without a field of their own, by their label: the DMA channel, compressed packets."""

    @property
    def key(self) -> Key:
        """The identity of the interface: its name, else its index; both are null for the sum of all interfaces."""
        return identify_interface(self.__dict__)


INTERFACE_COUNTERS: Final = tuple(
    name for name in Interface.model_fields if name.startswith(("in_", "out_")) or name == "collisions"
)
"""Fields of an interface that count something."""


class MulticastGroup(PrintedRecord):
    """A multicast group that an interface has joined (RFC 1112, RFC 4291)."""

    family: IPFamily | None = None
    """Address family of the group; null if a name was printed."""
    interface: str
    """Name of the interface; net-tools before 2.10 and busybox truncate it."""
    ref_count: NonNegativeInt
    """Number of sockets that have joined the group."""
    group: str
    """Address of the group in canonical text (RFC 5952), or its name."""

    @property
    def key(self) -> Key:
        """The identity of the membership: interface and group."""
        return identify_multicast_group(self.__dict__)
