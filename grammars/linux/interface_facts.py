"""Facts of ``netstat -i``: the names of the flags, and counters that run together."""

from netstat_parse.grammar import Columns, Section, keep_extra

FLAG_LETTERS = {
    "A": "allmulti",
    "B": "broadcast",
    "D": "debug",
    "L": "loopback",
    "M": "multicast",
    "d": "dynamic",
    "N": "notrailers",
    "O": "noarp",
    "p": "pointopoint",
    "s": "slave",
    "m": "master",
    "R": "running",
    "U": "up",
}
"""Letters in the order in which they are printed. Between d and N a P is promisc, behind O it is pointopoint."""


AMBIGUOUS_P = "the flag P is ambiguous: it means promisc or pointopoint"


class SeenFlags:
    """Flags that this netstat has printed."""

    has_small_p: bool = False
    """True if pointopoint has a letter of its own: then each P is promisc."""


def name_flag_letters(columns: Columns, section: Section) -> None:
    """Replace the letters by the names of the flags. A single P may be either of two, unless a flag beside it decides."""
    letters, seen = columns["flags"], section.state(SeenFlags)
    names = {text: _names(text) for text in set(letters)}
    columns["flags"] = [list(names[text]) for text in letters]
    for row, (text, flags) in enumerate(zip(letters, columns["flags"], strict=True)):
        seen.has_small_p = seen.has_small_p or "p" in text
        if "P" in text and not {"promisc", "pointopoint"} & set(flags):
            if seen.has_small_p:
                flags.append("promisc")
            else:
                section.note(row, "untrustworthy", AMBIGUOUS_P)


def _names(letters: str) -> list[str]:
    if letters.startswith("["):
        return []
    names = [FLAG_LETTERS[letter] for letter in letters if letter in FLAG_LETTERS]
    before, _, behind = letters.partition("P")
    if set(behind) & {"P", "N", "O", "p"}:
        names.append("promisc")
    if "P" in behind or ("P" in letters and set(before) & {"N", "O"}):
        names.append("pointopoint")
    return names


RUN_TOGETHER = "RX-OVR and TX-OK have no blank between them and cannot be separated"


def keep_run_together(columns: Columns, section: Section) -> None:
    """Keep RX-OVR and TX-OK as one text in `extra`, and report it."""
    texts = columns.pop("run_together", None)
    if texts is not None:
        keep_extra(columns, "RX-OVR TX-OK", texts)
        for row, text in enumerate(texts):
            if text:
                section.note(row, "untrustworthy", RUN_TOGETHER)
