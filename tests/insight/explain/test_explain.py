"""Explanations of terms: every label, state, heading and option of every netstat, in every language."""

from collections.abc import Iterator

import pytest

from netstat_parse.insight.check.rules import load_rules
from netstat_parse.insight.explain.counter_terms import WINDOWS_PARTS, load_labels
from netstat_parse.insight.explain.explain import explain, suggest
from netstat_parse.insight.explain.fields import load_fields
from netstat_parse.insight.explain.term_data import read_data
from netstat_parse.insight.facts.counters import load_counters
from netstat_parse.schema.explanation import Explanation
from netstat_parse.systems import catalog
from netstat_parse.systems.vocabularies import english, meanings, vocabulary_part

SYSTEMS = ("linux", "windows")


def kinds(term: str) -> set[str]:
    return {explanation.kind for explanation in explain(term)}


def kernel_names(term: str) -> set[str | None]:
    return {explanation.names.kernel or explanation.names.schema_name for explanation in explain(term)}


def the_only(term: str) -> Explanation:
    (explanation,) = explain(term)
    return explanation


def counter_labels() -> Iterator[tuple[str, str, str]]:
    """Yield each label in any language, with the system and the name of each counter that it may stand for."""
    by_label: dict[tuple[str, str], set[str]] = {}
    for name, systems in load_labels().items():
        for system, labels in systems.items():
            for label in labels:
                by_label.setdefault((system, label), set()).add(name)
    for (system, label), names in by_label.items():
        yield from ((system, label, name) for name in names)
    parts = [("linux", "labels"), *(("windows", f"labels.{part}") for part in WINDOWS_PARTS)]
    for system, part in parts:
        for text, found in meanings(system, part).items():
            for meaning in found.values():
                yield from ((system, text, name) for name in by_label.get((system, meaning.english), ()))


LABELS = sorted(set(counter_labels()))


def test_there_are_labels_in_many_languages() -> None:
    assert len(LABELS) > 2500


@pytest.mark.parametrize("figure", ["", "1234"], ids=["without a figure", "with a figure"])
def test_every_label_of_every_language_is_explained_by_its_counter(figure: str) -> None:
    wrong = []
    for _, label, name in LABELS:
        found = explain(label.replace("<N>", figure).replace("<S>", figure))
        expected = name.replace("interface.", "interfaces.")
        if expected not in {each.names.kernel or each.names.schema_name for each in found}:
            wrong.append((label, name))
    assert wrong == []


@pytest.mark.parametrize("name", [name.replace("<N>", "3") for name in load_counters()])
def test_every_counter_is_found_by_its_names(name: str) -> None:
    name = name.replace("interface.", "interfaces.")
    counters = [each for each in explain(name) if name in {each.names.kernel, each.names.schema_name}]
    counter = min(counters, key=lambda each: each.names.kernel not in {name, None})
    for other in filter(None, [counter.names.mib, counter.names.schema_name]):
        assert counter.meaning in {found.meaning for found in explain(other)}


def state_texts() -> Iterator[tuple[str, str, str]]:
    for system in SYSTEMS:
        for part in ("states", "unix_states", "unix_types", "timers", "offload"):
            words = vocabulary_part(english(system), part)
            yield from ((part, text, word) for text, word in words.items())
            for text, found in meanings(system, part).items():
                yield from ((part, text, words.get(meaning.english, "")) for meaning in found.values())


@pytest.mark.parametrize(("part", "text", "word"), sorted(set(state_texts())))
def test_every_state_type_and_timer_is_explained(part: str, text: str, word: str) -> None:
    kind = {"unix_types": "type", "timers": "timer"}.get(part, "state")
    table = {"unix_states": "unix_sockets.state", "unix_types": "unix_sockets.type", "timers": "connections.timer"}
    field = table.get(part, "connections.state")
    if part == "offload":  # the schema keeps it as printed
        field, word = "connections.offload_state", ""
    found = {each.names.schema_name for each in explain(text) if each.kind == kind}
    assert (f"{field}: {word}" if word else field) in found


def grammars(system: str) -> Iterator[object]:
    for module in catalog.modules(system):
        yield from (
            grammar for grammar in vars(module).values() if hasattr(grammar, "kind") and hasattr(grammar, "titles")
        )


def headings() -> Iterator[tuple[str, str]]:
    for system in SYSTEMS:
        for grammar in grammars(system):
            yield from ((system, heading) for heading in getattr(grammar, "columns", ()) or ())
        for part in ("headings", "words", "titles"):
            yield from ((system, text) for text in english(system).get(part, ()))
            yield from ((system, text) for text in meanings(system, part))


@pytest.mark.parametrize(("system", "text"), sorted(set(headings())))
def test_every_heading_title_and_word_is_explained(system: str, text: str) -> None:
    assert any(system in found.labels for found in explain(text))


def titles() -> Iterator[str]:
    for system in SYSTEMS:
        for grammar in grammars(system):
            yield from getattr(grammar, "titles", ())


@pytest.mark.parametrize("title", sorted(set(titles())))
def test_every_title_of_the_grammars_is_explained(title: str) -> None:
    assert "title" in kinds(title)


def messages() -> Iterator[str]:
    for system in SYSTEMS:
        yield from english(system).get("messages", ())
        yield from meanings(system, "messages")


@pytest.mark.parametrize("message", sorted(set(messages())))
def test_every_message_is_explained(message: str) -> None:
    assert "message" in kinds(message.replace("<T>", "x25"))


@pytest.mark.parametrize("path", load_fields())
def test_every_field_is_explained(path: str) -> None:
    assert load_fields()[path]
    assert path in {found.names.schema_name for found in explain(path)}


OPTIONS = {
    "net-tools": "-r -i -g -s -M -v -W -n -N -e -p -o -c -l -a -F -C -Z -t -u -U -S -w -x -4 -6 -A -V -h"
    " --route --interfaces --groups --statistics --masquerade --verbose --wide --numeric --numeric-hosts"
    " --numeric-ports --numeric-users --symbolic --extend --programs --timers --continuous --listening --all --fib"
    " --cache --context --tcp --udp --udplite --sctp --raw --unix --ax25 --ipx --netrom --inet --inet6 --ddp",
    "busybox": "-r -a -l -t -u -w -x -e -n -W -p",
    "windows": "-a -b -c -d -e -f -i -n -o -p -q -r -s -t -v -x -y /a /b /n /o interval -?",
}


@pytest.mark.parametrize(
    ("program", "option"), [(program, option) for program, options in OPTIONS.items() for option in options.split()]
)
def test_every_option_of_the_manuals_is_explained(program: str, option: str) -> None:
    found = [each for each in explain(option) if each.kind == "option"]
    assert any(each.meaning.startswith(f"{program}: ") for each in found)


def test_flags_are_those_of_the_grammars() -> None:
    routes, interfaces = catalog.own_module("linux", "route_flags"), catalog.own_module("linux", "interfaces")
    flags = {
        table: {letter: entry[0] for letter, entry in data["letters"].items()}
        for table, data in read_data("flags.toml").items()
    }
    assert flags["route"] == {**routes.IPV4_FLAGS, "c": "addrconf"}
    assert flags["route_cache"] == routes.CACHE_FLAGS
    assert flags["route6"] == routes.IPV6_FLAGS
    assert flags["interface"] == {**interfaces.FLAG_LETTERS, "P": "promisc"}


@pytest.mark.parametrize("letter", [*"UGHDMRAC!BLO", "UP", "PROMISC", "ACC", "W", "N", "RTF_UP", "iff_promisc"])
def test_flags_are_explained(letter: str) -> None:
    assert "flag" in kinds(letter)


def test_the_case_of_a_flag_counts() -> None:
    assert {found.names.schema_name for found in explain("d")} >= {"routes.flags: default", "interfaces.flags: dynamic"}
    assert "routes.flags: dynamic" not in {found.names.schema_name for found in explain("d")}


def test_several_flags_are_explained_one_by_one() -> None:
    assert [found.names.kernel for found in explain("BMRU")] == [
        "IFF_BROADCAST",
        "IFF_MULTICAST",
        "IFF_RUNNING",
        "IFF_UP",
    ]


def test_several_options_are_explained_one_by_one() -> None:
    assert [found.labels["windows"][0] for found in explain("-ano") if "windows" in found.labels] == ["-a", "-n", "-o"]


def test_the_state_is_the_same_in_every_language() -> None:
    for text in ("LISTEN", "LISTENING", "listen", "ABHÖREN", "ABH?REN", "NASLOUCHÁ", "OUÇA"):
        assert "connections.state: listen" in {found.names.schema_name for found in explain(text)}


def test_a_label_that_lies_says_what_it_is_not() -> None:
    assert the_only("17 connection resets received").is_not == (
        "Not only resets received, as net-tools (connection resets received) and .NET (RST packets received) call it:"
        " aborts and timeouts of this host count too."
    )


@pytest.mark.parametrize(
    ("term", "kernel_name"),
    [
        ("tcpRetransSegs", "Tcp.RetransSegs"),
        ("tcpHCInSegs", "Tcp.InSegs"),
        ("ipInReceives", "Ip.InReceives"),
        ("ipv6IfStatsInReceives", "Ip6.InReceives"),
        ("ifHCInOctets", "interfaces.in_octets"),
        ("TcpExtListenDrops", "TcpExt.ListenDrops"),
        ("node_netstat_TcpExt_ListenDrops", "TcpExt.ListenDrops"),
        ("TCPTimeouts: 51", "TcpExt.TCPTimeouts"),
        ("Segments Retransmitted              = 4503", "Tcp.RetransSegs"),
        ("    12 segments retransmitted", "Tcp.RetransSegs"),
        ("Type 143", "Icmp6.InType143"),
        ("IcmpMsgInType3", "IcmpMsg.InType3"),
        ("Icmp6OutType135: 4", "Icmp6.OutType135"),
        ("RTO algorithm is other", "Tcp.RtoAlgorithm"),
        ("TCPBrandNew: 4", "TcpExt.TCPBrandNew"),
        ("RX-DRP", "interfaces.in_discards"),
        ("routing_discards", "ip.routing_discards"),
    ],
)
def test_a_counter_has_many_names(term: str, kernel_name: str) -> None:
    assert kernel_name in kernel_names(term)


def test_a_line_of_headings_is_explained_heading_by_heading() -> None:
    found = [each.names.schema_name for each in explain("Proto Empf-Q Send-Q")]
    assert found == [
        "connections.protocol, connections.family",
        "unix_sockets.protocol",
        "connections.recv_q",
        "connections.send_q",
    ]


def test_an_unknown_term_has_no_explanation_but_suggestions() -> None:
    assert explain("RetranSegs") == []
    assert suggest("RetranSegs")[0] == "RetransSegs"


@pytest.mark.parametrize(
    "term",
    [
        "",
        " ",
        "\n",
        "\x1b[31m",
        "a\0b",
        "x" * 1_000_000,
        "<b>bold</b>",
        "[link=x]",
        "-" * 200,
        "(" * 200,
        "\ud800",
        "1" * 250,
    ],
)
def test_a_hostile_term_is_unknown(term: str) -> None:
    assert explain(term) == []
    assert len(suggest(term)) <= 3


def test_a_counter_names_the_rules_that_use_it() -> None:
    assert "tcp-retransmission" in the_only("Tcp.RetransSegs").rules
    assert "tcp-retransmission" in the_only("TCPLossProbes").rules
    assert "ip-forwards" in the_only("Ip6.OutForwDatagrams").rules
    assert "interface-errors" in the_only("RX-ERR").rules


def test_rules_are_explained() -> None:
    assert the_only("tcp-retransmission").kind == "rule"


@pytest.mark.parametrize(
    "name",
    [
        name
        for entry in read_data("states.toml")["states"].values()
        if isinstance(entry, dict)
        for name in entry.get("rules", ())
    ],
)
def test_the_rules_of_a_state_exist(name: str) -> None:
    assert name in load_rules()


@pytest.mark.parametrize(
    ("term", "kinds_of_all"),
    [
        ("<UP,BROADCAST,RUNNING>", {"flag", "field"}),
        ("RX packets 12 bytes 7", {"word", "counter"}),
        ("ESTABLISHED, TIME_WAIT", {"state"}),
    ],
)
def test_several_words_are_explained_one_by_one(term: str, kinds_of_all: set[str]) -> None:
    assert kinds(term) == kinds_of_all


@pytest.mark.parametrize("term", ["foo", "DUMP", "PUT", "the", "-zzz"])
def test_letters_that_netstat_prints_in_no_such_order_are_no_flags(term: str) -> None:
    assert explain(term) == []
