# SPDX-License-Identifier: MIT
"""The parser ``netstat.parse.netstat`` of ansible.utils.cli_parse."""

from __future__ import annotations

from typing import Any

from ansible_collections.ansible.utils.plugins.plugin_utils.base.cli_parser import CliParserBase

from ...plugin_utils.documents import UnusableError, read

DOCUMENTATION = """
name: netstat
author: netstat_parse founders
version_added: 0.1.0
short_description: Read what any netstat printed, as ansible.utils.cli_parse wants it
description:
  - The parser C(netstat.parse.netstat) of the module M(ansible.utils.cli_parse) gives what the filter
    C(netstat.parse.from_netstat) gives.
  - Its C(vars) are the options of that filter, C(encoding), C(system) and C(name).
"""

EXAMPLES = """
- name: Ask netstat, and read it
  ansible.utils.cli_parse:
    command: netstat -tulpn
    parser:
      name: netstat.parse.netstat
    set_fact: netstat

- name: Read what was asked before; cli_parse wants to be told the command
  ansible.utils.cli_parse:
    text: "{{ result.stdout }}"
    parser:
      name: netstat.parse.netstat
      command: netstat -ano
      vars:
        system: windows
"""


class CliParser(CliParserBase):
    """What ansible.utils.cli_parse looks for."""

    DEFAULT_TEMPLATE_EXTENSION = None
    PROVIDE_TEMPLATE_CONTENTS = False

    def parse(self, *_arguments: object, **_options: object) -> dict[str, Any]:
        """The document as `parsed`, or what is wrong as `errors`."""
        reading = self._task_args["parser"].get("vars") or {}
        try:
            return {"parsed": read(self._task_args.get("text"), **reading)}
        except UnusableError as error:
            return {"errors": [str(error)]}
