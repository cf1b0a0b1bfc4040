"""Interfaces, ``netstat -i`` and Windows' ``netstat -e``, and the groups they have joined, ``netstat -g``."""

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt

from netstat_parse.schema.model import Count, IPFamily, Model, Record


class Address(Model):
    """An address of an interface."""

    address: str
    """The address in canonical text (RFC 5952)."""
    prefix_length: Annotated[int, Field(ge=0, le=128)] | None = None
    """Bits of the network's part; null where the printed mask is none, or not of one piece."""
    broadcast: str | None = None
    """The broadcast address of an IPv4 network."""
    destination: str | None = None
    """The address at the other end of a point-to-point link."""
    scope: Literal["global", "link", "site", "host", "compat"] | None = None
    """How far an IPv6 address reaches (RFC 4291); compat is IPv4-compatible, in 2.x `compat,global`."""


class Interface(Record):
    """A network interface; on Windows -e, with `name` null, the sum of all."""

    name: str | None = None
    """The name; the short table cuts it to 5 bytes in net-tools 1.60, to 8 from 2012 to 2018, to 15 since."""
    index: NonNegativeInt | None = None
    """ifIndex (RFC 2863); Windows -r."""
    description: str | None = None
    """ifDescr (RFC 2863), in any language; Windows -r."""
    physical_address: str | None = None
    """ifPhysAddress (RFC 2863) as aa:bb:cc:dd:ee:ff, of 6, 8 or 16 bytes."""
    encapsulation: str | None = None
    """The link's kind in the word of net-tools 2.x: ether, loop, ppp, tunnel, sit, infiniband, unspec."""
    mtu: NonNegativeInt | None = None
    """ifMtu (RFC 2863): bytes of the largest packet."""
    metric: int | None = None
    """The interface's metric; net-tools 1.60."""
    tx_queue_length: NonNegativeInt | None = None
    """How many packets may wait to be sent."""
    flags: list[str] = Field(default_factory=list)
    """IFF_ names in lower case: up, broadcast; without the short table's P: it is promisc or pointopoint."""
    addresses: list[Address] = Field(default_factory=list)
    """Its addresses, in the order printed; Linux -ie."""
    in_octets: Count | None = None
    """Bytes received (ifInOctets, RFC 2863); wraps at 32 bits on Windows."""
    out_octets: Count | None = None
    """Bytes sent (ifOutOctets); wraps at 32 bits on Windows."""
    in_packets: Count | None = None
    """Packets received; 0 in some patched net-tools 2.10, always or for names of 15 bytes, which is wrong."""
    out_packets: Count | None = None
    """Packets sent; wrong in the same releases as `in_packets`."""
    in_ucast_pkts: Count | None = None
    """Unicast packets received (ifInUcastPkts); Windows -e."""
    out_ucast_pkts: Count | None = None
    """Unicast packets sent (ifOutUcastPkts); Windows -e."""
    in_nucast_pkts: Count | None = None
    """Broadcast and multicast packets received (ifInNUcastPkts); Windows -e."""
    out_nucast_pkts: Count | None = None
    """Broadcast and multicast packets sent (ifOutNUcastPkts); Windows -e."""
    in_discards: Count | None = None
    """Packets received and dropped, though without error (ifInDiscards)."""
    out_discards: Count | None = None
    """Packets dropped instead of sent, though without error (ifOutDiscards)."""
    in_errors: Count | None = None
    """Packets received with an error (ifInErrors)."""
    out_errors: Count | None = None
    """Packets that an error kept from being sent (ifOutErrors)."""
    in_overruns: Count | None = None
    """Packets lost because the receiver's buffer was full; Linux."""
    out_overruns: Count | None = None
    """Packets lost because the sender's buffer ran dry; Linux."""
    in_frame_errors: Count | None = None
    """Packets received out of alignment; Linux -ie."""
    out_carrier_errors: Count | None = None
    """Packets lost because the carrier was; Linux -ie."""
    collisions: Count | None = None
    """Collisions while sending; Linux -ie."""
    in_unknown_protos: Count | None = None
    """Packets of a protocol that nobody handles (ifInUnknownProtos); Windows -e."""
    interrupt: NonNegativeInt | None = None
    """The device's interrupt; Linux -ie."""
    base_address: str | None = None
    """The device's first port, in hexadecimal: 0xc000; Linux -ie."""
    memory: str | None = None
    """The device's memory, start and end in hexadecimal: f6ae0000-f6b00000; Linux -ie."""
    truncated: list[str] = Field(default_factory=list)
    """Names of the fields that netstat cut: two interfaces may then have the same name."""
    extra: dict[str, str] = Field(default_factory=dict)
    """What has no field, text by its word: the DMA channel, compressed packets."""


class MulticastGroup(Record):
    """A multicast group that an interface has joined (RFC 1112, RFC 4291)."""

    family: IPFamily | None = None
    """ipv4 or ipv6, as the group's address tells; null for a name."""
    interface: str
    """The interface's name."""
    ref_count: NonNegativeInt
    """How many sockets have joined the group."""
    group: str
    """The group's address in canonical text (RFC 5952), or its name."""
