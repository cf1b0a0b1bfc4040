"""The figures of the last release, and which of them have become worse.

They are ratios to the bases and the memory, which hardly differ between machines; no times.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Figures = Mapping[str, Mapping[str, Mapping[str, float]]]
"""Figures by scene, case and heading."""

RELEASED = Path(__file__).with_name("released.json")

TOLERANCE = 1.2
"""Factor by which a figure may become worse before it is reported."""


def load_released(sizes_name: str) -> tuple[str, Figures]:
    """Return the version of the last release and its figures for these sizes; none if there are none."""
    released = _load().get(sizes_name, {})
    return released.get("version", ""), released.get("figures", {})


def record(sizes_name: str, version: str, figures: Figures) -> None:
    """Save figures as those of the last release; scenes that were not measured keep theirs."""
    released = _load()
    _, old = load_released(sizes_name)
    released[sizes_name] = {"version": version, "figures": {**old, **figures}}
    RELEASED.write_text(json.dumps(released, indent=2, ensure_ascii=False) + "\n", "utf-8")


def find_regressions(old: Figures, new: Figures) -> Iterator[str]:
    """Describe each figure that is worse than that of the last release by more than the tolerance.

    Of speeds more is better, of all other figures less.
    """
    for scene, cases in new.items():
        for case, figures in cases.items():
            before = old.get(scene, {}).get(case, {})
            for heading in figures.keys() & before.keys():
                was, now = before[heading], figures[heading]
                worse = was / now if heading.startswith("times as fast as") else now / was
                if worse > TOLERANCE:
                    yield f"{scene}: {case}: {heading}: {now:.2f}, was {was:.2f}"


def _load() -> dict[str, Any]:
    return dict(json.loads(RELEASED.read_text("utf-8"))) if RELEASED.exists() else {}
