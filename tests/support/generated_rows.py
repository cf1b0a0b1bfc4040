"""Lines of the samples, and such lines with small damage."""

from functools import cache
from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
SEPARATORS = ["", " ", "  ", "\t", "\n", ":", "-", "*", "/", "0", "é"]


@cache
def sample_lines() -> list[str]:
    paths = sorted((ROOT / "samples").rglob("*.txt"))
    texts = (path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n") for path in paths)
    return sorted({line for text in texts for line in text.split("\n") if line.strip() and len(line) < 300})


@st.composite
def rows(draw: st.DrawFn) -> str:
    """Generate a line of a sample, possibly with inserted or removed characters, or with another line after it."""
    line = draw(st.sampled_from(sample_lines()))
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(line)))
        to = min(len(line), at + draw(st.integers(0, 3)))
        line = line[:at] + draw(st.sampled_from(SEPARATORS)) + line[to:]
    return line + draw(st.sampled_from(["", "\n", "\n" + draw(st.sampled_from(sample_lines()))]))
