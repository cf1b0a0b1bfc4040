"""Facts about counters: every counter that a grammar can name has its meaning."""

import tomllib
from collections.abc import Callable, Iterator

import pytest

from netstat_parse import Dump
from netstat_parse.insight.facts.counters import CounterFacts, find_counter, guess_counter, load_counters
from netstat_parse.schema.interfaces import Interface
from netstat_parse.systems import catalog
from support.samples import SAMPLES, parse_sample


def linux_counters() -> Iterator[str]:
    tables = tomllib.loads((catalog.own_data("linux", "counters.toml") or b"").decode())
    for table, labels in tables.items():
        for name in labels.values():
            yield from (f"{table}.{below}" for below in (name.values() if isinstance(name, dict) else [name]))


def windows_counters() -> Iterator[str]:
    tables = tomllib.loads((catalog.own_data("windows", "counters.toml") or b"").decode())
    for table, labels in tables.items():
        for name in labels.values():
            ways = ("In", "Out") if table.startswith("icmp") else ("",)
            for way in ways:
                if name.islower():
                    yield f"{table.rstrip('6')}.{f'{way.lower()}_' if way else ''}{name}"
                else:
                    yield f"{table.capitalize()}.{way}{name}"


@pytest.mark.parametrize("names", [linux_counters, windows_counters])
def test_every_counter_of_the_grammars_has_its_meaning(names: Callable[[], Iterator[str]]) -> None:
    found = {name: find_counter(name) for name in names()}
    assert len(found) > 50
    assert {name for name, counter in found.items() if counter is None or counter.kernel_name != name} == set()


def sample_counters() -> set[str]:
    dumps = [parse_sample(sample) for sample in SAMPLES if "invented" not in sample.name]
    counters = [counter for dump in dumps if isinstance(dump, Dump) for counter in dump.counters if counter.known]
    return {counter.kernel_name or f"{counter.protocol}.{counter.name}" for counter in counters}


def test_every_counter_of_the_samples_has_its_meaning() -> None:
    names = sample_counters()
    assert len(names) > 200
    assert {name for name in names if find_counter(name) is None} == set()


def test_every_counter_of_an_interface_has_its_meaning() -> None:
    counted = {name for name in Interface.model_fields if name.startswith(("in_", "out_"))} | {"collisions"}
    known = {name.removeprefix("interface.") for name in load_counters() if name.startswith("interface.")}
    assert counted == known


def is_complete(counter: CounterFacts) -> bool:
    is_not = counter.is_not is None or counter.is_not.startswith("Not ")
    return counter.meaning.endswith((".", ")")) and is_not and bool(counter.unit and counter.sources)


def test_a_counter_has_sentences_a_unit_and_a_source() -> None:
    assert [counter for counter in load_counters().values() if not is_complete(counter)] == []


def test_gauges_and_settings_are_no_counters() -> None:
    kinds = {facts.kernel_name: facts.kind for facts in load_counters().values() if facts.kind != "counter"}
    assert kinds == {
        **dict.fromkeys(["Tcp.CurrEstab", "Sctp.CurrEstab", "MPTcpExt.MPCurrEstab"], "gauge"),
        **dict.fromkeys(["Ip.Forwarding", "Ip.DefaultTTL", "Tcp.RtoAlgorithm"], "setting"),
        **dict.fromkeys(["Tcp.RtoMin", "Tcp.RtoMax", "Tcp.MaxConn"], "setting"),
    }


def test_a_counter_by_type_has_the_name_of_the_type() -> None:
    counter = find_counter("IcmpMsg.InType3")
    assert counter is not None
    assert counter.meaning == "ICMP messages received of type 3: Destination Unreachable."


def test_a_counter_of_a_newer_kernel_is_derived_from_its_name() -> None:
    assert find_counter("TcpExt.TCPAbortOnWhim") is None
    guess = guess_counter("TcpExt.TCPAbortOnWhim")
    assert guess is not None
    assert guess.meaning == "Unknown to this version; by its name a kind of connections that this host reset."


@pytest.mark.parametrize("name", ["", "TcpExt.", "TcpExt.a b", "Nothing.InSegs", "TcpExt." + "A" * 99])
def test_a_text_that_is_no_name_is_not_guessed(name: str) -> None:
    assert guess_counter(name) is None
