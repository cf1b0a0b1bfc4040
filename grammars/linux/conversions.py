"""Convert printed texts to values, where `netstat_parse.conversions` has no function for it."""


def read_seconds(text: str) -> float:
    """Convert minutes, seconds and hundredths to seconds: ``14:59.99``."""
    minutes, _, rest = text.partition(":")
    return round(60 * int(minutes) + float(rest), 2)


def read_hexadecimal(text: str) -> int:
    """Convert a hexadecimal number, with or without ``0x``."""
    return int(text, 16)


def read_decimal(text: str) -> float:
    """Convert a number with a point, or with a comma as in many languages."""
    return float(text.replace(",", "."))


def name_compressed(_: str) -> str:
    """Return the name under which the counter of compressed packets is kept."""
    return "RX compressed"


def complete_udplite(protocol: str) -> str:
    """Return the whole name of a protocol, of which ``udpl`` is cut."""
    return "udplite" if protocol == "udpl" else protocol


def name_family(digit: str) -> str:
    """Return the family of the digit behind a protocol: ipv6 for 6."""
    return f"ipv{digit}"


def name_default(_: str) -> str:
    """Return the destination of the default route as a number."""
    return "0.0.0.0"


def add_host_length(address: str) -> str:
    """Return the prefix of a route to one address."""
    return f"{address}/32"
