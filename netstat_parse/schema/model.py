"""The base classes and common types of the models."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, PositiveInt

IPFamily = Literal["ipv4", "ipv6"]
Family = Literal["ipv4", "ipv6", "ax25", "netrom", "rose", "x25", "ipx", "ddp", "bluetooth"]
"""Address family: ipv4 and ipv6 as in OpenTelemetry's network.type, the others as in net-tools (ddp is AppleTalk)."""
Count = Annotated[int, Field(ge=0, json_schema_extra={"format": "uint64"})]
"""A 64-bit counter of the kernel; `format` is that of OpenAPI, for readers that need an integer type."""
Port = Annotated[int, Field(ge=0, le=65535)]


class Model(BaseModel):
    """Base of all models: immutable, and without fields other than the documented ones."""

    # Records take their lists and dicts from a factory: pydantic deep-copies a mutable default, 1 µs a time.
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True)


class Record(Model):
    """A record of a table, with its place in the input."""

    snapshot: NonNegativeInt
    """`index` of the snapshot that the record belongs to; 0 for the first."""
    line: PositiveInt
    """Line number of the input where the record starts; 1 for the first line."""
