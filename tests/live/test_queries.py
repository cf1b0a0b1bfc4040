"""The options with which each implementation of netstat prints the selected topics."""

import pytest

import netstat_parse as np
from netstat_parse.live import windows
from netstat_parse.live.queries import (
    TOPIC_OPTIONS,
    Query,
    RunArguments,
    Tool,
    answer,
    build_query,
    identify,
    native_interval_options,
)
from netstat_parse.live.topics import TOPICS
from support.fake_netstat import FAKE_COMMAND

NET_TOOLS = Tool("net-tools", "2.10")
DEBIAN_BUSYBOX = Tool("busybox", "1.35.0", "raltuwxen")


def commands(tool: Tool, **arguments: bool) -> list[str]:
    given: RunArguments = arguments  # type: ignore[assignment]  # a dict of unknown keys
    return [" ".join(options) for options in answer(build_query(given), tool).commands]


@pytest.mark.parametrize(
    ("arguments", "topics"),
    [
        ({}, [*TOPICS]),
        ({"routes": True}, ["routes"]),
        ({"groups": False, "routes": False}, ["connections", "statistics", "interfaces"]),
        (dict.fromkeys(TOPICS, True), [*TOPICS]),
    ],
    ids=["all by default", "only the selected one", "all but the excluded ones", "all selected"],
)
def test_topics_are_selected(arguments: RunArguments, topics: list[str]) -> None:
    assert build_query(arguments) == Query(topics)


def test_excluding_all_topics_is_an_error() -> None:
    with pytest.raises(ValueError, match="all topics are excluded"):
        build_query(dict.fromkeys(TOPICS, False))  # type: ignore[arg-type]  # built from a list of keys


def test_options_and_query_arguments_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="exclude each other"):
        np.run("-an", routes=True)


def test_an_unknown_argument_is_an_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        np.run(colour="red")  # type: ignore[call-arg]  # the error is expected


def test_net_tools_prints_both_families() -> None:
    assert commands(NET_TOOLS) == ["-aeoWnp", "-s", "-s6", "-ie", "-re46n", "-gn"]


def test_net_tools_1_60_has_fewer_options() -> None:
    assert commands(Tool("net-tools", "1.60")) == ["-aeonp", "-s", "-ie", "-ren", "-ren -A inet6", "-gn"]


def test_names_without_processes_need_other_letters() -> None:
    arguments = {"connections": True, "routes": True, "numeric": False, "processes": False}
    assert commands(NET_TOOLS, **arguments) == ["-aeoW", "-re46"]
    assert commands(Tool("windows"), **arguments) == ["-a", "-r"]


@pytest.mark.parametrize(("letters", "sockets"), [("raltuwxen", "-aen"), ("raltuwxenWp", "-aeWnp")])
def test_busybox_gets_only_letters_that_its_build_supports(letters: str, sockets: str) -> None:
    assert commands(Tool("busybox", "1.36.1", letters)) == [sockets, "-ren"]


@pytest.mark.parametrize(
    ("query", "tool", "unsupported"),
    [
        (Query(), DEBIAN_BUSYBOX, ["statistics", "interfaces", "groups", "processes"]),
        (Query(processes=False), DEBIAN_BUSYBOX, ["statistics", "interfaces", "groups"]),
        (Query(), Tool("wine"), ["routes", "groups", "processes"]),
        (Query(), NET_TOOLS, []),
    ],
)
def test_unsupported_topics_are_listed(query: Query, tool: Tool, unsupported: list[str]) -> None:
    assert answer(query, tool).unsupported == unsupported


def test_windows_prints_programs_to_administrators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "is_elevated", lambda: True)
    assert commands(Tool("windows")) == ["-anob", "-s", "-e", "-rn"]
    assert answer(Query(), Tool("windows")).needs_privilege == []


def test_windows_prints_programs_to_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "is_elevated", lambda: False)
    assert commands(Tool("windows"), connections=True) == ["-ano"]
    assert answer(Query(), Tool("windows")).needs_privilege == ["programs"]


@pytest.mark.parametrize("implementation", TOPIC_OPTIONS)
def test_every_implementation_prints_connections(implementation: str) -> None:
    assert "connections" in TOPIC_OPTIONS[implementation]


@pytest.mark.parametrize(
    ("tool", "options", "seconds", "expected"),
    [
        (NET_TOOLS, ["-an"], 1, ["-an", "-c"]),
        (NET_TOOLS, ["-an"], 2, None),
        (NET_TOOLS, ["-s"], 1, None),
        (NET_TOOLS, ["-tus"], 1, None),
        (NET_TOOLS, ["--statistics"], 1, None),
        (Tool("net-tools"), ["-an"], 1, None),
        (Tool("windows"), ["-ano"], 5, ["-ano", "5"]),
        (Tool("windows"), ["-s"], 5.0, ["-s", "5"]),
        (Tool("windows"), ["-ano"], 0.5, None),
        (DEBIAN_BUSYBOX, ["-an"], 1, None),
        (Tool("wine"), ["-an"], 5, None),
    ],
)
def test_netstat_repeats_its_output_at_intervals_that_it_supports(
    tool: Tool, options: list[str], seconds: float, expected: list[str] | None
) -> None:
    assert native_interval_options(tool, options, seconds) == expected


def test_netstat_is_identified_by_its_banner() -> None:
    assert identify(FAKE_COMMAND) == NET_TOOLS


def test_wine_is_identified_by_its_name() -> None:
    assert identify(["/usr/bin/wine", "netstat"]) == Tool("wine")
