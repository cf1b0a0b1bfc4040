# SPDX-License-Identifier: MIT
"""Documentation that the filters share."""

from __future__ import annotations


class ModuleDocFragment:
    """Documentation fragments: options for parsing text, and for filters that accept text or a document."""

    DOCUMENTATION = """
requirements:
  - netstat-parse, with Python 3.11 or newer, on the controller
options:
  encoding:
    description:
      - The encoding of the output of netstat, such as C(cp850). It is detected by default.
      - It applies to bytes, and to text that Ansible could not decode.
    type: str
  system:
    description: Parse the tables of this system only, C(linux) or C(windows).
    type: str
  name:
    description: The name of the text in error messages and in the document, such as C(inventory_hostname).
    type: str
notes:
  - The JSON Schema in the Python package describes every field of a record and its unit. Its path there is
    C(netstat_parse/schema/document.schema.json). C(netstat-parse schema) prints it with the meaning of every counter,
    state and flag.
"""

    TABLES = """
options:
  _input:
    description: The output of netstat, as text or bytes, or a document from C(netstat.parse.from_netstat).
    type: raw
    required: true
  snapshot:
    description:
      - The index of one run of netstat in the text, C(0) for the first and C(-1) for the last.
      - By default the filter returns all runs.
    type: int
"""
