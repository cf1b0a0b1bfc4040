"""A text without a table of netstat is named by the tool that printed it."""

import time

import pytest

from netstat_parse import NetstatParseError, parse
from netstat_parse.systems import tools

OUTPUTS = {
    "arp": [
        "Address                  HWtype  HWaddress           Flags Mask            Iface\n",
        "? (192.0.2.1) at 02:fc:00:00:00:05 [ether] on eth0\n",
        "\r\nInterface: 192.0.2.5 --- 0xc\r\n  Internet Address      Physical Address      Type\r\n",
    ],
    "Get-NetTCPConnection": [
        (
            "\r\nLocalAddress   LocalPort RemoteAddress  RemotePort State   AppliedSetting OwningProcess\r\n"
            "------------   --------- -------------  ---------- -----   -------------- -------------\r\n"
            "::             49670     ::             0          Listen                 712\r\n"
        ),
        "Caption       :\nLocalAddress  : 127.0.0.1\nLocalPort     : 5354\n",
        '"Caption","Description","LocalAddress","LocalPort"\n,,"::","49670"\n',
    ],
    "Get-NetUDPEndpoint": ["LocalAddress       LocalPort\n------------       ---------\n::                 5353\n"],
    "Get-NetRoute": [
        "ifIndex DestinationPrefix  NextHop      RouteMetric\n12      0.0.0.0/0          192.0.2.1    0\n"
    ],
    "netsh": ["MIB-II TCP Statistics\n-----------------\nActive Opens:    402947\n"],
    "ifconfig of BSD or macOS": ["en0: flags=8863<UP,BROADCAST,RUNNING> mtu 1500\n\tether a4:83:e7:00:00:01 \n"],
    "nmap": ["Nmap scan report for 192.0.2.1\nPORT   STATE SERVICE\n22/tcp open  ssh\n"],
    "tcpdump": ["10:00:00.123456 IP 192.0.2.1.22 > 192.0.2.2.50000: Flags [P.], length 36\n"],
    "sockstat": ["USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS         FOREIGN ADDRESS\n"],
    "lsof": ["sshd     1234 root    3u  IPv4  18832      0t0  TCP *:22 (LISTEN)\n"],
    "conntrack": ["tcp      6 431999 ESTABLISHED src=192.0.2.1 dst=192.0.2.2 sport=5000 dport=22\n"],
    "ip -j": ['[{"ifindex":1,"ifname":"lo","flags":["LOOPBACK"]}]\n'],
    "netstat-parse": ['{"schema_version":"1.1","source":null}\n'],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in OUTPUTS.items() for text in texts])
def test_the_output_of_another_tool_is_named(name: str, text: str) -> None:
    with pytest.raises(NetstatParseError, match=rf"no netstat table in \d+ lines? of text; it looks like .* {name}\b"):
        parse("hello,\n\nhere it is:\n" + text)


def test_what_to_use_instead_is_named() -> None:
    tool = tools.find_tool(OUTPUTS["Get-NetRoute"][0])
    assert tool is not None
    assert tool.description == "it looks like the output of Get-NetRoute; use netstat -rn"


@pytest.mark.parametrize(
    "text", ["", "\n", "PINGs are lost, please help", "the address and the hwtype", "lo: no flags"]
)
def test_other_text_is_of_no_tool(text: str) -> None:
    assert tools.find_tool(text) is None


@pytest.mark.parametrize("text", ["a", "1", "1 ", "a:", '"', '"A",', "1.", " ", "a 1 ", "[{", "0f", "\\S "])
def test_a_long_line_takes_no_long_time(text: str) -> None:
    begin = time.process_time()
    assert tools.find_tool((text * 10_000 + "\n") * 100) is None
    assert time.process_time() - begin < 2
