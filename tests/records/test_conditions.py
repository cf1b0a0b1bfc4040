"""The values of ``--only``, ``--where`` and ``--fields`` are parsed."""

import pytest

from netstat_parse.records import conditions


@pytest.mark.parametrize("text", ["connections,unix_sockets", "connection, unix-socket"])
def test_a_table_has_its_name_or_the_kind_of_its_records(text: str) -> None:
    assert conditions.parse_tables(text) == ["connections", "unix_sockets"]


def test_fields_may_be_written_with_hyphens() -> None:
    assert conditions.parse_fields("kind,local-port") == ["kind", "local_port"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("state=listen,established", {"listen", "established"}),
        ("state=null", {None}),
        ("pid=77", {77}),
        ("known=true", {True}),
        ('program="77"', {"77"}),
        ('program="a,b",c', {"a,b", "c"}),
    ],
)
def test_the_values_of_a_condition_have_the_type_of_the_field(text: str, values: set[object]) -> None:
    assert conditions.parse_condition(text).values == values


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("state=listening", {"listen", "listening"}),
        ("state=LISTEN", {"listen"}),
        ("state=ESTAB", {"established"}),
        ("state=TIME-WAIT", {"time_wait"}),
        ("state=Time Wait", {"time_wait"}),
        ("state=SYN_RECV", {"syn_received"}),
        ("state=FIN_WAIT1,fin-wait-2", {"fin_wait_1", "fin_wait_2"}),
        ("state=CLOSE", {"closed"}),
        ("state=CONNECTED", {"connected"}),
        ("protocol=TCP", {"TCP", "tcp"}),
        ("flags=UP", {"UP", "up"}),
        ("flags=ACC", {"ACC", "acc", "accept"}),
        ("destination=default", {"default", "0.0.0.0/0", "::/0"}),
        ("destination=2001:DB8::/32", {"2001:DB8::/32", "2001:db8::/32"}),
        ("local_address=[::1]", {"[::1]", "::1"}),
        ("remote_address=2001:0db8:0:0::1", {"2001:0db8:0:0::1", "2001:db8::1"}),
        ("physical_address=00-AA-BB-01-02-03", {"00-AA-BB-01-02-03", "00:aa:bb:01:02:03"}),
        ("local_port=ssh", {22}),
        ("program=SSHD", {"SSHD"}),
        ('protocol="TCP"', {"TCP"}),
    ],
)
def test_a_word_may_have_another_spelling(text: str, values: set[object]) -> None:
    assert conditions.parse_condition(text).values == values


@pytest.mark.parametrize("protocol", ["tcp6", "UDP6", "tcpv6", "raw6"])
def test_a_protocol_with_its_family_is_an_error(protocol: str) -> None:
    with pytest.raises(ValueError, match="family=ipv6"):
        conditions.parse_condition(f"protocol={protocol}")


@pytest.mark.parametrize(
    ("only", "texts", "message"),
    [
        (["connections"], ["state=connected"], "state=connected is a value of unix_sockets; state of connections is"),
        (["unix_sockets"], ["state=established"], "state=established is a value of connections; state of unix_sockets"),
        (["connections"], ["metric=1"], "metric is a field of interfaces and routes, not of connections"),
        (None, ["state=connected", "local_port=1"], "no table has records that can meet all of state=connected and"),
    ],
)
def test_a_condition_of_another_table_is_an_error_that_names_it(
    only: list[str] | None, texts: list[str], message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{message}"):
        conditions.check_selection(only, list(map(conditions.parse_condition, texts)))


def test_a_field_of_another_table_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"^metric is a field of interfaces and routes, not of connections$"):
        conditions.check_selection(["connections"], (), ["kind", "metric"])


@pytest.mark.parametrize(
    ("only", "text"), [(["connections"], "state=listening"), (["unix_sockets"], "state=null"), (None, "metric=1")]
)
def test_a_condition_of_a_selected_table_is_none(only: list[str] | None, text: str) -> None:
    conditions.check_selection(only, [conditions.parse_condition(text)])
