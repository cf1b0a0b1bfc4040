"""Statistics: ``netstat -s``."""

from typing import Annotated

from pydantic import Field

from netstat_parse.schema.model import IPFamily, Record

Figure = Annotated[int, Field(json_schema_extra={"format": "decimal"})]
"""An integer of any size; the format is that of OpenAPI, for those who need a type that is wide enough."""


class Counter(Record):
    """One figure of the statistics (`-s`): a MIB object, or a counter that only a kernel has."""

    protocol: str
    """ip, icmp, igmp, tcp, udp, udplite, sctp; a kernel's own group by its name: tcpext, ipext, mptcpext."""
    family: IPFamily | None = None
    """The family that the figure counts; null where it covers both (Tcp on Linux)."""
    name: str
    """The MIB object (RFC 4293, 2011, 4022, 4113): in_receives; a kernel's own name as it spells it."""
    value: Figure | None = None
    """The figure, of any size; null for text. net-tools 1.60 wraps at 32 bits, its raw lines to below 0."""
    text: str | None = None
    """What was printed, where it is no number: `other` of `RTO algorithm is other`."""
    label: str
    """The phrase as printed, in its language, the number taken out."""
    kernel_name: str | None = None
    """What the Linux kernel, nstat and node_exporter call the figure, for Windows too: `Tcp.RetransSegs`."""
    known: bool
    """Whether a vocabulary has the phrase; where not, `name` is the phrase in snake case."""
