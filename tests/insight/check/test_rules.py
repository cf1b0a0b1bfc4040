"""The rules are data; a file of the user adds rules, changes them and switches them off."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from netstat_parse.insight.check.check import judge
from netstat_parse.insight.check.rules import Rules, load_rules
from support.figures import make_dump

TEXTS = 'meaning = "m"\nremedy = "r"\n'


def load(tmp_path: Path, text: str) -> Rules:
    path = tmp_path / "rules.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules(path)


def findings(rules: Rules, figures: dict[str, int]) -> dict[str, str]:
    return {finding.rule: finding.severity for finding in judge(make_dump(figures), rules=rules).findings}


def test_a_rule_of_the_user_is_added(tmp_path: Path) -> None:
    rules = load(
        tmp_path,
        f"""
        [our-resets]
        {TEXTS}
        count = ["Tcp.OutRsts", "-Tcp.AttemptFails"]
        base = ["Tcp.OutSegs"]
        message = "{{count}} resets"
        least_base = 100
        warning.ratio = 0.5
        """,
    )
    figures = {"Tcp.OutRsts": 60, "Tcp.AttemptFails": 10, "Tcp.OutSegs": 100}
    report = judge(make_dump(figures), rules=rules)
    found = next(finding for finding in report.findings if finding.rule == "our-resets")
    assert (found.severity, found.message, found.threshold) == ("note", "50 resets", "ours")
    assert found.source.endswith("rules.toml")
    assert "our-resets" not in findings(rules, {**figures, "Tcp.OutSegs": 101})


def test_a_threshold_is_changed_and_the_rest_remains(tmp_path: Path) -> None:
    figures = {"Tcp.OutSegs": 10_000, "Tcp.RetransSegs": 500}
    assert findings(load_rules(), figures)["tcp-retransmission"] == "note"
    rules = load(tmp_path, '[tcp-retransmission]\nsince_start = "same"\nerror.ratio = 0.04\n')
    assert findings(rules, figures)["tcp-retransmission"] == "error"
    built_in, own = load_rules()["tcp-retransmission"], rules["tcp-retransmission"]
    assert own.meaning == built_in.meaning
    assert own.threshold == "ours"
    assert own.source.startswith(f"{built_in.source}; changed by ")


def test_one_figure_of_several_is_changed(tmp_path: Path) -> None:
    rules = load(tmp_path, "[tcp-syn-queue-full.figures.drop]\ndump.warning.count = 10\n")
    assert findings(rules, {"TcpExt.TCPReqQFullDrop": 10})["tcp-syn-queue-full"] == "warning"


def test_the_threshold_of_a_function_is_changed(tmp_path: Path) -> None:
    rules = load(tmp_path, "[tcp-resets-sent]\nfactor = 2.5\n")
    assert rules["tcp-resets-sent"].limits["factor"] == 2.5


def test_a_rule_is_switched_off(tmp_path: Path) -> None:
    rules = load(tmp_path, "[ip-forwards]\nenabled = false\n")
    assert "ip-forwards" not in rules
    assert len(rules) == len(load_rules()) - 1


def test_a_sum_of_the_user_has_a_name(tmp_path: Path) -> None:
    rules = load(
        tmp_path,
        f"""
        [sums]
        opens = [["Tcp.ActiveOpens", "Tcp.PassiveOpens"]]
        [our-opens]
        {TEXTS}
        count = "opens"
        error.count = 5
        """,
    )
    assert findings(rules, {"Tcp.ActiveOpens": 3, "Tcp.PassiveOpens": 2})["our-opens"] == "warning"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[tcp-retransmission", "Expected ']'"),
        ("tcp-retransmission = 3", "rule tcp-retransmission: tcp-retransmission is not a table"),
        ("[tcp-retransmission]\nwarnig.ratio = 1", "rule tcp-retransmission: unknown key warnig"),
        ("[tcp-retransmission]\nwarning.ration = 1", "rule tcp-retransmission: warning: unknown key ration"),
        ('[tcp-retransmission]\nwarning.ratio = "1"', "rule tcp-retransmission: warning.ratio is not a number"),
        ("[tcp-retransmission]\nwarning.count = -1", "rule tcp-retransmission: warning.count is not a number"),
        ('[tcp-retransmission]\nbase = ["OutSegs"]', "rule tcp-retransmission: base: not the name of a counter"),
        ('[tcp-retransmission]\nbase = "segments"', "rule tcp-retransmission: base: no sum has the name 'segments'"),
        ("[tcp-retransmission]\nbase = []", "rule tcp-retransmission: base is empty"),
        ("[tcp-retransmission]\nleast_count = { dump = 1 }", "rule tcp-retransmission: least_count has other keys"),
        ("[tcp-retransmission]\nleast_count = true", "rule tcp-retransmission: least_count is not a number"),
        ('[tcp-retransmission]\nmessage = "{size}"', "rule tcp-retransmission: message has other fields"),
        ("[tcp-retransmission]\nmessage = 5", "rule tcp-retransmission: message is no text"),
        ('[tcp-retransmission]\nscopes = ["ipv5"]', "rule tcp-retransmission: scopes has an unknown word ipv5"),
        ('[tcp-retransmission]\nsystems = "linux"', "rule tcp-retransmission: systems is not a list of names"),
        ('[tcp-retransmission]\nsystems = ["linus"]', "rule tcp-retransmission: systems has an unknown name linus"),
        ('[tcp-retransmission]\nlowered_by = ["tcp"]', "rule tcp-retransmission: lowered_by has an unknown name tcp"),
        ('[tcp-retransmission]\nthreshold = "mine"', "rule tcp-retransmission: threshold is none of"),
        ("[tcp-retransmission]\nenabled = 0", "rule tcp-retransmission: enabled is not true or false"),
        ("[tcp-retransmission]\nunless = { least = 1 }", "rule tcp-retransmission: unless: count is missing"),
        ("[tcp-retransmission]\nsince_start = 1", "rule tcp-retransmission: since_start is neither"),
        ("[tcp-retransmission]\ndump.waring.count = 1", "rule tcp-retransmission: dump is not a table of"),
        ("[tcp-memory.figures.loss]\ncounts = []", "rule tcp-memory: figures.loss: unknown key counts"),
        ("[tcp-memory.figures.pages]\nerror.count = 1", "rule tcp-memory: figures.pages: count is missing"),
        ("[tcp-resets-sent]\nfactors = 2", "rule tcp-resets-sent: unknown key factors; known are factor"),
        ("[tcp-resets-sent]\nfactor = true", "rule tcp-resets-sent: factor is not a"),
        ("[ours]\nmeaning = 'm'", "rule ours: remedy is missing or no text"),
        (f"[ours]\n{TEXTS}", "rule ours: a rule of your own needs the key count"),
        (f"[ours]\n{TEXTS}count = ['Tcp.OutRsts']", "rule ours: a severity is missing"),
        (f"[ours]\n{TEXTS}count = ['Tcp.OutRsts']\nnote.ratio = 1", "rule ours: ratio needs the key base"),
        (
            "[tcp-retransmision]\nenabled = false",
            "rule tcp-retransmision: there is no such rule; did you mean tcp-retransmission?",
        ),
        ("[service-exposed]\nports = 3", "rule service-exposed: ports is not a table"),
        ("ports = 3", "ports: ports is not a table"),
        ("[ports]\nbsd = [1, 2]", "ports: unknown key bsd; known are linux, windows, windows_xp"),
        ("[ports]\nlinux = [2, 1]", "ports: linux is not a range of ports"),
        ("[ports]\nlinux = [1, true]", "ports: linux is not a range of ports"),
        ("sums = 3", "sums: sums is not a table"),
        ("[sums]\nx = ['Tcp.OutRsts']", "sums: x is not a list of lists"),
    ],
)
def test_a_wrong_file_is_an_error_that_names_file_rule_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)) as raised:
        load(tmp_path, text)
    assert "rules.toml: " in str(raised.value)


def test_a_file_changes_the_dynamic_ports_of_all_rules(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text("[ports]\nlinux = [1024, 65535]\n")
    rules = load_rules(path)
    assert {rule.limits["dynamic_ports"]["linux"][0] for rule in rules.values()} == {1024}
    assert rules.keys() == load_rules().keys()
