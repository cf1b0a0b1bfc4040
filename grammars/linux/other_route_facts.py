"""Facts of AppleTalk, NET/ROM and other routes."""

from netstat_parse.grammar import Columns, Section, keep_extra

NO_ROUTER = "no router: netstat misread the words Directly Connected"


class DirectRouter:
    """True if a network without router was reported."""

    is_reported: bool = False


def remove_direct_router(columns: Columns, section: Section) -> None:
    """Remove the router of an IPX network on the link.

    The kernel prints the words ``Directly Connected`` for it, which netstat reads as hexadecimal: 0000000D C00000000000.
    """
    routers, nodes = columns["gateway"], [extra["Router Node"] for extra in columns["extra"]]
    on_link = columns["on_link"] = [
        (router, node) == ("0000000D", "C00000000000") for router, node in zip(routers, nodes, strict=True)
    ]
    reported = section.state(DirectRouter)
    if any(on_link) and not reported.is_reported:
        reported.is_reported = True
        section.note(on_link.index(True), "untrustworthy", NO_ROUTER)
    columns["gateway"] = [None if is_direct else router for is_direct, router in zip(on_link, routers, strict=True)]


def remove_ddp_gateway(columns: Columns, _section: Section) -> None:
    """Remove the gateway 0000:00, which is none."""
    gateways = columns["gateway"] = [None if text == "0000:00" else text for text in columns["gateway"]]
    columns["on_link"] = [gateway is None for gateway in gateways]
    columns["type"] = ["unicast"] * len(gateways)


def keep_other_neighbours(columns: Columns, _section: Section) -> None:
    """Keep the second and the third neighbour of a ROSE destination; the first is its next hop."""
    texts = columns.pop("others", None)
    if texts:
        keep_extra(columns, "neigh2", texts)
