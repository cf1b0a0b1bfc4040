"""The parser leaves argparse as it is for other code of the process."""

from support.command_line import netstat_parse


def test_a_call_of_the_command_line_does_not_change_argparse() -> None:
    code = """
import argparse
before = argparse._
from netstat_parse.cli import main
main(["--system", "linux", "/nosuch"])
print(argparse._ is before)
"""
    assert netstat_parse(code=code).stdout == "True\n"
