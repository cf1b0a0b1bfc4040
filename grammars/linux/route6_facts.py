"""Facts of IPv6 routes."""

from netstat_parse.conversions import canonical_ipv6
from netstat_parse.grammar import Columns, Section, get_column, keep_extra


def canonical_prefix(text: str) -> str:
    """Return the destination in canonical text; ``[::]/0``, ``*/0`` and ``default/0`` are ``::/0``."""
    address, _, length = text.partition("/")
    address = "::" if address in ("[::]", "*", "default") else canonical_ipv6(address)
    return f"{address}/{length or 0}"


def host_prefix(text: str) -> str:
    """Return the address of a neighbour as a prefix: the printed length is always 0."""
    return f"{canonical_ipv6(text.partition('/')[0])}/128"


def restore_compatible(columns: Columns, section: Section) -> None:
    """Write a network of IPv4-compatible addresses as IPv6, and report it."""
    texts = columns.pop("compatible", None)
    if texts is not None:
        destinations = get_column(columns, "destination")
        columns["destination"] = [
            canonical_prefix(f"::{text}") if text else known for text, known in zip(texts, destinations, strict=True)
        ]
        for row, text in enumerate(texts):
            if text:
                section.note(row, "untrustworthy", f"{text} in a table of IPv6 is read as ::{text}")


def split_host(columns: Columns, _section: Section) -> None:
    """Move the host name of a destination into its field; name and prefix length go into `extra` as printed."""
    names = columns.pop("name", None)
    if names is not None:
        columns["destination_host"] = [name and name.rpartition("/")[0] for name in names]
        keep_extra(columns, "Destination", names)


SPLITTABLE_DIGITS = 7


def split_references_and_uses(columns: Columns, section: Section) -> None:
    """Split Ref and Use if that is possible in only one way; keep and report other numbers."""
    texts = columns.pop("glued", None)
    if texts is None:
        return
    split = [text if text and len(text) == SPLITTABLE_DIGITS else None for text in texts]
    columns["references"] = [
        int(text[0]) if text else value for text, value in zip(split, get_column(columns, "references"), strict=True)
    ]
    columns["uses"] = [
        int(text[1:]) if text else value for text, value in zip(split, get_column(columns, "uses"), strict=True)
    ]
    unclear = [text if text and len(text) > SPLITTABLE_DIGITS else None for text in texts]
    keep_extra(columns, "Ref Use", unclear)
    for row, text in enumerate(unclear):
        if text:
            message = f"Ref and Use have no blank between them: {text} can be split in several ways"
            section.note(row, "untrustworthy", message)
