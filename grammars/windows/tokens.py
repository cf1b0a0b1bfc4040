"""Terminals that several tables of Windows share: the end of a row, labels and numbers."""

from netstat_parse.tokens import token

SPACE = r"[ \t\u00a0]"
"""One blank of these kinds only, while `netstat_parse.tokens.BLANK` is any white space within a line."""

ROW_END = rf"{SPACE}*(?:\n|\Z)"
"""The end of a row, for a lookahead."""

_WORDS = rf"(?!\d)(?=[^\n]*[^\W\d_])\S++(?:{SPACE}++\S++)*?"
"""One word or several, not beginning with a digit, with a letter in the line: ``Unicast packets``."""

_EQUALS_NUMBER_END = rf"{SPACE}*={SPACE}*\d{{1,20}}{SPACE}*(?:<-+[^\n]*)?(?:\n|\Z)"

_ENDS_IN_DIGIT = r"(?=(?>[^\n]*\S)(?<=\d))"
_HAS_EQUALS_NUMBER = rf"(?=[^\n]*={SPACE}*+\d)"
"""Cheap tests that pass over other text; the label itself is then searched for."""

number = token(r"\d{1,20}(?!\S)", int)

equals = token("=")

arrow = token(r"<-+[^\n]*")
"""An arrow that a reader has drawn behind a row: ``Packets Received   = 84167    <-------``."""

label_before_equals = token(rf"{_HAS_EQUALS_NUMBER}(?=[^\n]*[^\W\d_])\S(?:[^\n]*[^\s=])?(?={_EQUALS_NUMBER_END})")
"""A label up to the last ``=``. Turkish ReactOS has no blank there: ``Parçalanan Veri Birimleri= 7``."""

label_before_two = token(rf"{_ENDS_IN_DIGIT}{_WORDS}(?={SPACE}+\d{{1,20}}{SPACE}+\d{{1,20}}{ROW_END})")
"""A label before two numbers. A number may be part of the label: ``Type 143     0     12``."""

label_before_one = token(rf"{_ENDS_IN_DIGIT}(?![^\n]*\d{SPACE}+\d+{ROW_END}){_WORDS}(?={SPACE}+\d{{1,20}}{ROW_END})")
"""A label before one number: ``Unknown protocols     0``, but not ``Bytes     12     34``."""
