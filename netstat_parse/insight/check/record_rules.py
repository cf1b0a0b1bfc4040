"""The functions of the rules about records, by rule."""

from collections.abc import Mapping
from types import MappingProxyType

from netstat_parse.insight.check import interfaces, listener_changes, listeners, routes, socket_queues, socket_states
from netstat_parse.insight.check.cases import RecordRule

RECORD_RULES: Mapping[str, RecordRule] = MappingProxyType(
    {
        "tcp-zero-window": socket_queues.judge_zero_window,
        "icmp-redirects": routes.judge_redirected,
        "socket-close-wait": socket_states.judge_close_wait,
        "socket-syn-received": socket_states.judge_syn_received,
        "socket-syn-sent": socket_states.judge_syn_sent,
        "socket-ephemeral-ports": socket_states.judge_ephemeral_ports,
        "socket-time-wait": socket_states.judge_time_wait,
        "socket-fin-wait": socket_states.judge_fin_wait,
        "socket-send-queue": socket_queues.judge_send_queue,
        "socket-receive-queue": socket_queues.judge_receive_queue,
        "socket-accept-queue": socket_queues.judge_accept_queue,
        "socket-one-peer": socket_states.judge_one_peer,
        "socket-no-process": listeners.judge_no_process,
        "service-exposed": listeners.judge_exposed,
        "service-plaintext": listeners.judge_plaintext,
        "listener-changed": listener_changes.judge_changes,
        "route-two-defaults": routes.judge_two_defaults,
        "route-gateway-unreachable": routes.judge_gateway_unreachable,
        "route-no-default": routes.judge_no_default,
        "route-persistent-unused": routes.judge_persistent_unused,
        "interface-down": interfaces.judge_down,
        "interface-mtu": interfaces.judge_mtu,
        "interface-one-way": interfaces.judge_one_way,
    }
)
"""Functions of the rules about sockets, listeners, routes and interfaces; their thresholds and texts are data."""
