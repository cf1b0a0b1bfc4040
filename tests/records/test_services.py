"""Well-known services by port and by name."""

import pytest

from netstat_parse.records.services import find_names, find_ports, find_service, list_services


@pytest.mark.parametrize(
    ("protocol", "port", "name"),
    [
        ("tcp", 22, "ssh"),
        ("tcp", 514, "shell"),
        ("udp", 514, "syslog"),
        ("udplite", 53, "domain"),
        ("udp", 22, None),
        ("tcp", 60001, None),
        ("tcp", None, None),
    ],
)
def test_a_port_of_a_protocol_has_a_name(protocol: str, port: int | None, name: str | None) -> None:
    assert find_service(protocol, port) == name


@pytest.mark.parametrize("name", ["http", "www", "WWW"])
def test_all_names_of_a_service_have_its_port(name: str) -> None:
    assert (80, "tcp") in find_ports(name)


def test_a_port_has_all_names_of_its_service() -> None:
    assert {("http", "tcp"), ("www", "tcp")} <= find_names(80)
    assert {name for name, protocol in find_names(514) if protocol == "udp"} == {"syslog"}


def test_no_two_services_have_a_port_of_the_same_protocol() -> None:
    found = [(protocol, entry.port) for entry in list_services() for protocol in entry.protocols]
    assert len(found) == len(set(found))


def test_no_name_has_two_ports_of_the_same_protocol() -> None:
    found = [(n.lower(), protocol) for entry in list_services() for n in entry.names for protocol in entry.protocols]
    assert len(found) == len(set(found))


def test_services_are_sorted_by_port() -> None:
    ports = [entry.port for entry in list_services()]
    assert ports == sorted(ports)
