"""What every record is made of."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

IPFamily = Literal["ipv4", "ipv6"]
Family = Literal["ipv4", "ipv6", "ax25", "netrom", "rose", "x25", "ipx", "ddp", "bluetooth"]
"""ipv4 and ipv6 as OpenTelemetry's network.type; the others as net-tools names them (ddp is AppleTalk)."""
Count = Annotated[int, Field(ge=0, json_schema_extra={"format": "uint64"})]
"""Of 64 bits in the kernel; the format is that of OpenAPI, for those who need a type that is wide enough."""
Port = Annotated[int, Field(ge=0, le=65535)]


class Model(BaseModel):
    """What all parts of the document share: fixed once made, and no field but the documented ones."""

    # Records take their lists and dicts from a factory: pydantic deep-copies a mutable default, 1 µs a time.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True)


class Record(Model):
    """One row of a table, with the place where it was printed."""

    snapshot: NonNegativeInt
    """Which of the dump's snapshots the record belongs to: its `index`, 0 for the first."""
    line: PositiveInt
    """The line of the input on which the record starts, 1 for the first."""
