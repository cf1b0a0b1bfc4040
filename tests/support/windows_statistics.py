"""The output of ``netstat -s`` on Windows: the labels of each block in order, with the schema's names; and blocks of them."""

from collections.abc import Sequence

IP = {
    # Names of the Linux kernel; in lower case the schema's names of counters that Linux does not have.
    "Packets Received": "InReceives",
    "Received Header Errors": "InHdrErrors",
    "Received Address Errors": "InAddrErrors",
    "Datagrams Forwarded": "ForwDatagrams",
    "Unknown Protocols Received": "InUnknownProtos",
    "Received Packets Discarded": "InDiscards",
    "Received Packets Delivered": "InDelivers",
    "Output Requests": "OutRequests",
    "Routing Discards": "routing_discards",
    "Discarded Output Packets": "OutDiscards",
    "Output Packet No Route": "OutNoRoutes",
    "Reassembly Required": "ReasmReqds",
    "Reassembly Successful": "ReasmOKs",
    "Reassembly Failures": "ReasmFails",
    "Datagrams Successfully Fragmented": "FragOKs",
    "Datagrams Failing Fragmentation": "FragFails",
    "Fragments Created": "FragCreates",
}
ICMP = {
    "Messages": "msgs",
    "Errors": "errors",
    "Destination Unreachable": "dest_unreachs",
    "Time Exceeded": "time_excds",
    "Parameter Problems": "parm_probs",
    "Source Quenches": "src_quenchs",
    "Redirects": "redirects",
    "Echo Replies": "echo_reps",
    "Echos": "echos",
    "Timestamps": "timestamps",
    "Timestamp Replies": "timestamp_reps",
    "Address Masks": "addr_masks",
    "Address Mask Replies": "addr_mask_reps",
    "Router Solicitations": "router_solicits",
    "Router Advertisements": "router_advertisements",
}
ICMP6 = {
    "Messages": "msgs",
    "Errors": "errors",
    "Destination Unreachable": "dest_unreachs",
    "Packet Too Big": "pkt_too_bigs",
    "Time Exceeded": "time_excds",
    "Parameter Problems": "parm_probs",
    "Echos": "echos",
    "Echo Replies": "echo_reps",
    "MLD Queries": "group_memb_queries",
    "MLD Reports": "group_memb_responses",
    "MLD Dones": "group_memb_reductions",
    "Router Solicitations": "router_solicits",
    "Router Advertisements": "router_advertisements",
    "Neighbor Solicitations": "neighbor_solicits",
    "Neighbor Advertisements": "neighbor_advertisements",
    "Redirects": "redirects",
    "Router Renumberings": "router_renumberings",
}
TCP = {
    "Active Opens": "active_opens",
    "Passive Opens": "passive_opens",
    "Failed Connection Attempts": "attempt_fails",
    "Reset Connections": "estab_resets",
    "Current Connections": "curr_estab",
    "Segments Received": "in_segs",
    "Segments Sent": "out_segs",
    "Segments Retransmitted": "retrans_segs",
}
UDP = {
    "Datagrams Received": "in_datagrams",
    "No Ports": "no_ports",
    "Receive Errors": "in_errors",
    "Datagrams Sent": "out_datagrams",
}
ETHERNET = ["Bytes", "Unicast packets", "Non-unicast packets", "Discards", "Errors", "Unknown protocols"]
GERMAN_TCP = [
    "Aktiv geöffnet",
    "Passiv geöffnet",
    "Erfolglose Verbindungsversuche",
    "Zurückgesetzte Verbindungen",
    "Aktuelle Verbindungen",
    "Empfangene Segmente",
    "Gesendete Segmente",
    "Erneut übertragene Segmente",
]


def one_value_block(title: str, labels: Sequence[str]) -> str:
    """Return a block with one number in each row: 100, 101 ..."""
    rows = "".join(f"  {label:<34} = {100 + n}\r\n" for n, label in enumerate(labels))
    return f"\r\n{title}\r\n\r\n{rows}"


def two_value_block(title: str, labels: Sequence[str], headings: str = "Received    Sent") -> str:
    """Return a block with two numbers in each row: 100 and 200, 101 and 201 ..."""
    rows = "".join(f"  {label:<24}  {100 + n:<10}  {200 + n:<10}\r\n" for n, label in enumerate(labels))
    return f"\r\n{title}\r\n\r\n                            {headings}\r\n{rows}"


def invent_labels(count: int) -> list[str]:
    """Return labels that are in no language."""
    return [f"Vlorp {chr(ord('a') + n)}rëm" for n in range(count)]
