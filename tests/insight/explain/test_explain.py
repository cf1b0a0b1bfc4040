"""Explanations of terms: every label, state, heading and option of every netstat, in every language."""

import re
from collections.abc import Iterator

import pytest

from netstat_parse.insight.check.rules import load_rules
from netstat_parse.insight.explain.counter_terms import label_parts, load_labels
from netstat_parse.insight.explain.explain import explain, find_similar_terms
from netstat_parse.insight.explain.fields import load_fields
from netstat_parse.insight.explain.term_data import read_data
from netstat_parse.insight.facts.counters import load_counters
from netstat_parse.insight.facts.listening import SCOPES
from netstat_parse.insight.questions.listeners import Listeners
from netstat_parse.insight.questions.peers import Talkers
from netstat_parse.insight.questions.question import MOMENT
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
    parts = [(system, part) for system in SYSTEMS for part in label_parts(system)]
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


def names_without_meaning() -> Iterator[str]:
    """Yield each name of a counter, also in a MIB and the schema, that has no explanation with the counter's meaning."""
    for kernel_name in load_counters():
        name = kernel_name.replace("<N>", "3").replace("interface.", "interfaces.")
        counters = [each for each in explain(name) if name in {each.names.kernel, each.names.schema_name}]
        if not counters:
            yield name
            continue
        counter = min(counters, key=lambda each: each.names.kernel not in {name, None})
        for other in filter(None, [counter.names.mib, counter.names.schema_name]):
            if counter.meaning not in {found.meaning for found in explain(other)}:
                yield other


def test_every_counter_is_found_by_its_names() -> None:
    assert list(names_without_meaning()) == []


STATE_FIELDS = {
    "states": ("state", "connections.state"),
    "unix_states": ("state", "unix_sockets.state"),
    "unix_types": ("type", "unix_sockets.type"),
    "timers": ("timer", "connections.timer"),
    "offload": ("state", "connections.offload_state"),
}
"""For each part of the vocabularies, the kind of its terms and the field that they fill."""


def state_texts(system: str, part: str) -> set[tuple[str, str]]:
    """Return each text of a state, type or timer in any language, with its word in the schema."""
    words = vocabulary_part(english(system), part)
    translated = {
        (text, words.get(meaning.english, ""))
        for text, found in meanings(system, part).items()
        for meaning in found.values()
    }
    return {*words.items(), *translated}


@pytest.mark.parametrize("part", STATE_FIELDS)
@pytest.mark.parametrize("system", SYSTEMS)
def test_every_state_type_and_timer_is_explained(system: str, part: str) -> None:
    kind, field = STATE_FIELDS[part]
    wrong = []
    for text, word in state_texts(system, part):
        expected = f"{field}: {word}" if word and part != "offload" else field  # which the schema keeps as printed
        if expected not in {each.names.schema_name for each in explain(text) if each.kind == kind}:
            wrong.append((text, word))
    assert wrong == []


def grammars(system: str) -> Iterator[object]:
    for module in catalog.own_modules(system):
        yield from (
            grammar for grammar in vars(module).values() if hasattr(grammar, "kind") and hasattr(grammar, "titles")
        )


def headings(system: str) -> Iterator[str]:
    for grammar in grammars(system):
        yield from getattr(grammar, "columns", ()) or ()
    for part in ("headings", "words", "titles"):
        yield from english(system).get(part, ())
        yield from meanings(system, part)


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_heading_title_and_word_is_explained(system: str) -> None:
    texts = {*headings(system)}
    assert len(texts) > 100
    assert {text for text in texts if not any(system in found.labels for found in explain(text))} == set()


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_title_of_the_grammars_is_explained(system: str) -> None:
    titles = {title for grammar in grammars(system) for title in getattr(grammar, "titles", ())}
    assert titles
    assert {title for title in titles if "title" not in kinds(title)} == set()


def test_every_message_is_explained() -> None:
    messages = {*english("linux")["messages"], *meanings("linux", "messages")}
    assert {message for message in messages if "message" not in kinds(message.replace("<T>", "x25"))} == set()


def test_every_field_is_explained() -> None:
    fields = load_fields()
    assert {path for path, meaning in fields.items() if not meaning} == set()
    assert {path for path in fields if path not in {found.names.schema_name for found in explain(path)}} == set()


OPTIONS = {
    "net-tools": "-r -i -g -s -M -v -W -n -N -e -p -o -c -l -a -F -C -Z -t -u -U -S -w -x -4 -6 -A -V -h"
    " --route --interfaces --groups --statistics --masquerade --verbose --wide --numeric --numeric-hosts"
    " --numeric-ports --numeric-users --symbolic --extend --programs --timers --continuous --listening --all --fib"
    " --cache --context --tcp --udp --udplite --sctp --raw --unix --ax25 --ipx --netrom --inet --inet6 --ddp",
    "busybox": "-r -a -l -t -u -w -x -e -n -W -p",
    "windows": "-a -b -c -d -e -f -i -n -o -p -q -r -s -t -v -x -y /a /b /n /o interval -?",
}


@pytest.mark.parametrize("program", OPTIONS)
def test_every_option_of_the_manuals_is_explained(program: str) -> None:
    def is_explained(option: str) -> bool:
        found = [each.meaning for each in explain(option) if each.kind == "option"]
        return any(meaning.startswith(f"{program}: ") for meaning in found)

    assert [option for option in OPTIONS[program].split() if not is_explained(option)] == []


def test_flags_are_those_of_the_grammars() -> None:
    routes, interfaces = catalog.own_module("linux", "route_flags"), catalog.own_module("linux", "interface_facts")
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
    assert find_similar_terms("RetranSegs")[0] == "RetransSegs"


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
    assert find_similar_terms(term) == []


def test_a_counter_names_the_rules_that_use_it() -> None:
    assert "tcp-retransmission" in the_only("Tcp.RetransSegs").rules
    assert "tcp-retransmission" in the_only("TCPLossProbes").rules
    assert "ip-forwards" in the_only("Ip6.OutForwDatagrams").rules
    assert "interface-errors" in the_only("RX-ERR").rules


def test_rules_are_explained() -> None:
    assert the_only("tcp-retransmission").kind == "rule"


def test_the_rules_of_a_state_exist() -> None:
    entries = [entry for entry in read_data("states.toml")["states"].values() if isinstance(entry, dict)]
    names = {name for entry in entries for name in entry.get("rules", ())}
    assert names
    assert names <= load_rules().keys()


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


@pytest.mark.parametrize("term", ["TIME_WAIT", "time-wait", "Time Wait", "time wait"])
def test_the_words_of_a_state_may_be_joined_by_anything(term: str) -> None:
    assert "connections.state: time_wait" in {found.names.schema_name for found in explain(term)}


def test_suggestions_are_english_if_any_is_near() -> None:
    assert find_similar_terms("Retrans")[0] == "RetransSegs"
    assert find_similar_terms("ABHÖRN")[0] == "ABHÖREN"


def test_every_code_of_a_diagnostic_is_explained() -> None:
    codes = set(re.findall(r"\b[a-z]+(?:-[a-z]+)+\b|unreadable|untrustworthy", load_fields()["diagnostics.code"]))
    assert len(codes) > 20
    assert {code for code in codes if "diagnostic" not in kinds(code)} == set()
    assert codes == set(read_data("own_words.toml")["diagnostics"])


def test_fields_of_answers_are_explained() -> None:
    answers = {*Listeners.fields, *Talkers.fields}
    unknown = {name for name in answers if name not in MOMENT and not explain(name)}
    assert unknown == set()
    assert {*read_data("own_words.toml")["values"]["exposure"]} == set(SCOPES)
