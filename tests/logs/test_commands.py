"""Commands that run netstat, and the text around them."""

import pytest

from netstat_parse.logs import commands
from netstat_parse.logs.commands import Command


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("SQL> !netstat -tln", "netstat -tln"),
        ("In [12]: !netstat -rn", "netstat -rn"),
        ("mysql> \\! netstat -an", "netstat -an"),
        ("SQL> host netstat -an", "netstat -an"),
        ("sqlite> .shell netstat -an", "netstat -an"),
        ("(gdb) shell netstat -an", "netstat -an"),
        (":!netstat -an", "netstat -an"),
        ("SQL (sa  dbo@master)> xp_cmdshell netstat -ano | findstr 5985", "netstat -ano | findstr 5985"),
        ("1> EXEC master..xp_cmdshell 'netstat -ano';", "netstat -ano"),
        ("meterpreter > netstat", "netstat"),
        ("ssh web1 netstat -an", "ssh web1 netstat -an"),
        ("docker exec -it web netstat -tulpn", "docker exec -it web netstat -tulpn"),
        ("kubectl exec -n ns pod -- netstat -an", "kubectl exec -n ns pod -- netstat -an"),
        ("su -c 'netstat -tln'", "su -c 'netstat -tln'"),
        ('cmd.exe /c "netstat -ano"', 'cmd.exe /c "netstat -ano"'),
        ("time netstat -an", "time netstat -an"),
        ("LC_ALL=C netstat -an", "LC_ALL=C netstat -an"),
        ("C:\\Windows\\System32\\netstat.exe -ano", "C:\\Windows\\System32\\netstat.exe -ano"),
        ("netstat -an 2>&1 | tee x", "netstat -an 2>&1 | tee x"),
        ("`netstat -an`", "netstat -an"),
        ("**`netstat -an | grep 22`**", "netstat -an | grep 22"),
        ("<command>netstat -an</command>", "netstat -an"),
        ("------ NETSTAT (netstat -npWae) ------", "netstat -npWae"),
        ("ossec: output: 'netstat -tan |grep LISTEN | sort':", "netstat -tan |grep LISTEN | sort"),
        ("ossec: output: 'netstat listening ports':", "netstat listening ports"),
        ('Output of "netstat -an":', "netstat -an"),
        ('  "cmd": "netstat -tln",', "netstat -tln"),
        ("- All listening ports: `netstat -ntlp`", "netstat -ntlp"),
    ],
)
def test_a_command_is_found_between_other_text(line: str, command: str) -> None:
    assert commands.find_command(line) == Command(command)


@pytest.mark.parametrize(
    "line", ["# ip route add", "ip -6 route", "see netstat(8)", "12 netstat -an", "a b c d e f> netstat"]
)
def test_other_text_has_no_command(line: str) -> None:
    assert commands.find_command(line) is None


@pytest.mark.parametrize(
    ("command", "is_run"),
    [
        ("watch -n1 netstat", True),
        ("cd /tmp; netstat -an", True),
        ("man netstat", False),
        ("sudo apt install netstat", False),
        ("ps aux | grep netstat", False),
        ("ss -tln # like netstat", False),
        ("ip route print", False),
    ],
)
def test_a_command_that_only_names_netstat_does_not_run_it(command: str, is_run: bool) -> None:  # noqa: FBT001 - a case
    assert commands.runs_netstat(command) is is_run


@pytest.mark.parametrize(
    "text", ["**netstat -ano**", "`netstat -ano`", "netstat -ano</b>", "<b>netstat -ano</b>", "!netstat -ano"]
)
def test_markup_is_not_part_of_a_command(text: str) -> None:
    assert commands.separate_command(text) == Command("netstat -ano")
