"""The severities of findings in order; `schema.findings` has their meaning."""

from typing import Final, Literal

SEVERITIES: Final[tuple[Literal["note"], Literal["warning"], Literal["error"]]] = ("note", "warning", "error")
"""The severities, least first."""
