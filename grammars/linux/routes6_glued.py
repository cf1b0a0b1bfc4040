"""Ref and Use of IPv6 routes, which net-tools from 2002 on, but before 2.10, prints without a blank: ``%-1d%6d``.

Use has six digits at least, so seven digits can be split; more cannot, and are kept as one text::

    2001:db8:3::/48                fe80::2                    UG   1024 1123456 eth0
"""

from netstat_parse.tokens import END, GAP, glued, signed, token

from .route6_facts import SPLITTABLE_DIGITS

INTERFACE_FOLLOWS = rf"(?={GAP}\S+{END})"

references = token(rf"\d{{7,}}{INTERFACE_FOLLOWS}")("glued") | signed("references")

behind_glued = glued(token(rf"(?<=\d{{{SPLITTABLE_DIGITS}}}){INTERFACE_FOLLOWS}"))
"""No text, in place of uses that are glued to the references."""

uses = behind_glued | token(rf"-?\d{{1,20}}{INTERFACE_FOLLOWS}", int)("uses")
