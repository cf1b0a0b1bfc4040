"""Terminals that several tables of Windows share: the end of a row, labels and figures."""

from netstat_parse.tokens import token

BLANK = r"[ \t\u00a0]"

END = rf"{BLANK}*(?:\n|\Z)"
"""The end of a row, for a lookahead."""

_WORDS = rf"(?!\d)(?=[^\n]*[^\W\d_])\S++(?:{BLANK}++\S++)*?"
"""One word or several, not beginning with a digit, with a letter in the line: ``Unicast packets``."""

_EQUALS_FIGURE_END = rf"{BLANK}*={BLANK}*\d{{1,20}}{BLANK}*(?:<-+[^\n]*)?(?:\n|\Z)"

_ENDS_IN_DIGIT = r"(?=(?>[^\n]*\S)(?<=\d))"
_HAS_EQUALS_FIGURE = rf"(?=[^\n]*={BLANK}*+\d)"
"""Cheap tests that pass over other text; the label itself is then searched for."""

figure = token(r"\d{1,20}(?!\S)", int)

equals = token("=")

arrow = token(r"<-+[^\n]*")
"""An arrow that a reader has drawn behind a row: ``Packets Received   = 84167    <-------``."""

label_before_equals = token(rf"{_HAS_EQUALS_FIGURE}(?=[^\n]*[^\W\d_])\S(?:[^\n]*[^\s=])?(?={_EQUALS_FIGURE_END})")
"""A label up to the last ``=``. Turkish ReactOS has no blank there: ``Parçalanan Veri Birimleri= 7``."""

label_before_two = token(rf"{_ENDS_IN_DIGIT}{_WORDS}(?={BLANK}+\d{{1,20}}{BLANK}+\d{{1,20}}{END})")
"""A label before two figures. A number may be part of the label: ``Type 143     0     12``."""

label_before_one = token(rf"{_ENDS_IN_DIGIT}(?![^\n]*\d{BLANK}+\d+{END}){_WORDS}(?={BLANK}+\d{{1,20}}{END})")
"""A label before one figure: ``Unknown protocols     0``, but not ``Bytes     12     34``."""
