"""One question becomes the options that each netstat understands."""

import pytest

import netstat_parse as np
from netstat_parse.live import windows
from netstat_parse.live.questions import (
    OPTIONS,
    PARTS,
    Question,
    Tool,
    Wanted,
    answer,
    identify,
    own_interval,
    question,
)
from support.fake import FAKE

NET_TOOLS = Tool("net-tools", "2.10")
DEBIANS_BUSYBOX = Tool("busybox", "1.35.0", "raltuwxen")


def commands(tool: Tool, **wanted: bool) -> list[str]:
    asked: Wanted = wanted  # type: ignore[assignment]
    return [" ".join(options) for options in answer(question(asked), tool).commands]


def test_everything_is_asked_for_unless_parts_are_named() -> None:
    assert question({}) == Question(list(PARTS))


def test_a_part_that_is_named_is_asked_for_alone() -> None:
    assert question({"routes": True}).parts == ["routes"]
    assert question(dict.fromkeys(PARTS, True)).parts == list(PARTS)  # type: ignore[arg-type]


def test_a_part_that_is_declined_is_left_out() -> None:
    assert question({"groups": False, "routes": False}).parts == ["connections", "statistics", "interfaces"]


def test_a_question_for_nothing_is_an_error() -> None:
    with pytest.raises(ValueError, match="nothing is asked for"):
        question(dict.fromkeys(PARTS, False))  # type: ignore[arg-type]


def test_a_question_and_options_exclude_each_other() -> None:
    with pytest.raises(ValueError, match="exclude each other"):
        np.run("-an", routes=True)


def test_an_unknown_wish_is_an_error() -> None:
    with pytest.raises(TypeError, match="colour"):
        np.run(colour="red")  # type: ignore[call-arg]


def test_net_tools_is_asked_for_both_families() -> None:
    assert commands(NET_TOOLS) == ["-aeoWnp", "-s", "-s6", "-ie", "-re46n", "-gn"]


def test_net_tools_1_60_has_fewer_options() -> None:
    assert commands(Tool("net-tools", "1.60")) == ["-aeonp", "-s", "-ie", "-ren", "-ren -A inet6", "-gn"]


def test_names_and_no_processes_take_other_letters() -> None:
    wanted = {"connections": True, "routes": True, "numeric": False, "processes": False}
    assert commands(NET_TOOLS, **wanted) == ["-aeoW", "-re46"]
    assert commands(Tool("windows"), **wanted) == ["-a", "-r"]


def test_busybox_is_asked_for_what_this_build_has() -> None:
    assert commands(DEBIANS_BUSYBOX) == ["-aen", "-ren"]
    assert commands(Tool("busybox", "1.36.1", "raltuwxenWp")) == ["-aeWnp", "-ren"]


def test_what_a_netstat_does_not_tell_is_said() -> None:
    assert answer(Question(), DEBIANS_BUSYBOX).lacks == ["statistics", "interfaces", "groups", "processes"]
    assert answer(Question(processes=False), DEBIANS_BUSYBOX).lacks == ["statistics", "interfaces", "groups"]
    assert answer(Question(), Tool("wine")).lacks == ["routes", "groups", "processes"]
    assert answer(Question(), NET_TOOLS).lacks == []


def test_windows_names_programs_to_administrators(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "is_elevated", lambda: True)
    assert commands(Tool("windows")) == ["-anob", "-s", "-e", "-rn"]
    assert answer(Question(), Tool("windows")).hides == []


def test_windows_hides_programs_from_others(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "is_elevated", lambda: False)
    assert commands(Tool("windows"), connections=True) == ["-ano"]
    assert answer(Question(), Tool("windows")).hides == ["programs"]


@pytest.mark.parametrize("dialect", OPTIONS)
def test_every_netstat_tells_the_connections(dialect: str) -> None:
    assert "connections" in OPTIONS[dialect]


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
        (DEBIANS_BUSYBOX, ["-an"], 1, None),
        (Tool("wine"), ["-an"], 5, None),
    ],
)
def test_a_netstat_repeats_itself_where_it_can(
    tool: Tool, options: list[str], seconds: float, expected: list[str] | None
) -> None:
    assert own_interval(tool, options, seconds) == expected


def test_a_netstat_is_known_by_its_banner() -> None:
    assert identify(FAKE) == NET_TOOLS


def test_wine_is_known_by_its_name() -> None:
    assert identify(["/usr/bin/wine", "netstat"]) == Tool("wine")
