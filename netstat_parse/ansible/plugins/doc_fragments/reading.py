# SPDX-License-Identifier: MIT
"""What the documentation of all filters has in common."""

from __future__ import annotations


class ModuleDocFragment:
    """What ansible-doc looks for: options for reading text, and options of what is made of a document."""

    DOCUMENTATION = """
requirements:
  - netstat-parse, with Python 3.11 or newer, on the controller
options:
  encoding:
    description:
      - The encoding of what netstat printed, where it is known and not to be guessed, such as C(cp850).
      - It matters for bytes, and for text that Ansible could not decode.
    type: str
  system:
    description: Read the tables of this system only, C(linux) or C(windows).
    type: str
  name:
    description: What errors and the document call the text, such as C(inventory_hostname).
    type: str
notes:
  - The meaning and the unit of every field of a record stand in the JSON Schema that the Python package brings along,
    in C(netstat_parse/schema/document.schema.json).
"""

    TABLES = """
options:
  _input:
    description: What netstat printed, as text or bytes, or what C(netstat.parse.from_netstat) gives.
    type: raw
    required: true
  snapshot:
    description:
      - Which of the runs of netstat in the text is asked for, C(0) for the first and C(-1) for the last.
      - All of them, where nothing is said.
    type: int
"""
