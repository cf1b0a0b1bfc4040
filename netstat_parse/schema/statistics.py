"""Statistics: ``netstat -s``."""

from typing import Annotated

from pydantic import Field

from netstat_parse.records.identity import Key, identify_counter
from netstat_parse.schema.model import IPFamily, PrintedRecord

Figure = Annotated[int, Field(json_schema_extra={"format": "decimal"})]
"""An integer of any size; `format` is that of OpenAPI, for readers that need a numeric type."""


class Counter(PrintedRecord):
    """A value of the protocol statistics (`-s`): a MIB object, or a counter specific to the Linux kernel."""

    protocol: str
    """Protocol: ip, icmp, igmp, tcp, udp, udplite, sctp; or a group of Linux: tcpext, ipext, mptcpext."""
    family: IPFamily | None = None
    """Address family that is counted; null if the counter covers both, as Tcp does on Linux."""
    name: str
    """MIB object (RFC 4293, RFC 2011, RFC 4022, RFC 4113) in snake case: in_receives; for a counter specific to Linux
    the name in the kernel."""
    value: Figure | None = None
    """Value of the counter; null for text. net-tools 1.60 wraps at 32 bits, and prints the values of raw lines as
    signed 32-bit integers."""
    text: str | None = None
    """Value that is not a number: `other` in `RTO algorithm is other`."""
    label: str
    """Text of the line in its language, without the number."""
    kernel_name: str | None = None
    """Name in the Linux kernel, nstat and node_exporter, also for the counters of Windows: `Tcp.RetransSegs`."""
    known: bool
    """True if `label` is in a vocabulary; otherwise `name` is the label in snake case."""
    meaning: str | None = Field(default=None, exclude=True)
    """Meaning of the counter, which only `--explain` adds to the output; otherwise the field is missing."""

    @property
    def key(self) -> Key:
        """The identity of the counter: its family, protocol and name."""
        return identify_counter(self.__dict__)
