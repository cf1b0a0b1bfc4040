"""Ref and Use of IPv6 routes, which net-tools from 2002 on, but before 2.10, prints without a blank: ``%-1d%6d``.

Use has six digits at least, so seven digits can be split; more cannot, and are kept as one text::

    2001:db8:3::/48                fe80::2                    UG   1024 1123456 eth0
"""

from netstat_parse.grammar import Columns, Section, get_column, keep_extra
from netstat_parse.tokens import END, GAP, glued, signed, token

SPLITTABLE_DIGITS = 7

INTERFACE_FOLLOWS = rf"(?={GAP}\S+{END})"

references = token(rf"\d{{7,}}{INTERFACE_FOLLOWS}")("glued") | signed("references")

behind_glued = glued(token(rf"(?<=\d{{{SPLITTABLE_DIGITS}}}){INTERFACE_FOLLOWS}"))
"""No text, in place of uses that are glued to the references."""

uses = behind_glued | token(rf"-?\d{{1,20}}{INTERFACE_FOLLOWS}", int)("uses")


def split_references_and_uses(columns: Columns, section: Section) -> None:
    """Split Ref and Use if that is possible in only one way; keep and report other numbers."""
    texts = columns.pop("glued", None)
    if texts is None:
        return
    split = [text if text and len(text) == SPLITTABLE_DIGITS else None for text in texts]
    columns["references"] = [
        int(text[0]) if text else value for text, value in zip(split, get_column(columns, "references"), strict=True)
    ]
    columns["uses"] = [
        int(text[1:]) if text else value for text, value in zip(split, get_column(columns, "uses"), strict=True)
    ]
    unclear = [text if text and len(text) > SPLITTABLE_DIGITS else None for text in texts]
    keep_extra(columns, "Ref Use", unclear)
    for row, text in enumerate(unclear):
        if text:
            message = f"Ref and Use have no blank between them: {text} can be split in several ways"
            section.note(row, "untrustworthy", message)
