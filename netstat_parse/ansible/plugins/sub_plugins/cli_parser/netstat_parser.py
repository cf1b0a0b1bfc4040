# SPDX-License-Identifier: MIT
"""The parser ``netstat.parse.netstat`` for ansible.utils.cli_parse."""

from __future__ import annotations

from typing import Any

from ansible_collections.ansible.utils.plugins.plugin_utils.base.cli_parser import CliParserBase

from ...plugin_utils.documents import InvalidInputError, read

DOCUMENTATION = """
name: netstat
author: netstat_parse founders
version_added: 0.1.0
short_description: Parse the output of any netstat with ansible.utils.cli_parse
description:
  - The parser C(netstat.parse.netstat) for the module M(ansible.utils.cli_parse) returns the same document as the
    filter C(netstat.parse.from_netstat).
  - Its C(vars) are the options of that filter, C(encoding), C(system) and C(name).
"""

EXAMPLES = """
- name: Run netstat and parse its output
  ansible.utils.cli_parse:
    command: netstat -tulpn
    parser:
      name: netstat.parse.netstat
    set_fact: netstat

- name: Parse the output of an earlier task; cli_parse requires the command all the same
  ansible.utils.cli_parse:
    text: "{{ result.stdout }}"
    parser:
      name: netstat.parse.netstat
      command: netstat -ano
      vars:
        system: windows
"""


class CliParser(CliParserBase):
    """The class that ansible.utils.cli_parse looks up in a parser."""

    DEFAULT_TEMPLATE_EXTENSION = None
    PROVIDE_TEMPLATE_CONTENTS = False

    def parse(self, *_arguments: object, **_options: object) -> dict[str, Any]:
        """Return the document as `parsed`, or an error message in `errors`."""
        options = self._task_args["parser"].get("vars") or {}
        try:
            return {"parsed": read(self._task_args.get("text"), **options)}
        except InvalidInputError as error:
            return {"errors": [str(error)]}
