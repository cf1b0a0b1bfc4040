"""The severities of findings."""

from typing import Literal

Severity = Literal["note", "warning", "error"]
"""note: worth knowing; warning: something should be done; error: something does not work, or is dangerous."""

SEVERITIES: tuple[Severity, ...] = ("note", "warning", "error")
"""The severities, least first."""
