"""What rows of different tables have in common: how they end, labels and figures."""

from netstat_parse.tokens import token

BLANK = r"[ \t\u00a0]"
END = rf"{BLANK}*(?:\n|\Z)"
"""The end of a row, to look ahead for."""

_WORDS = rf"(?!\d)(?=[^\n]*[^\W\d_])\S++(?:{BLANK}++\S++)*?"

figure = token(r"\d{1,20}(?!\S)", int)

equals = token("=")

label_before_equals = token(
    # Turkish ReactOS leaves no blank before it. Annotators draw arrows behind the figure.
    rf"(?=[^\n]*[^\W\d_])\S(?:[^\n]*[^\s=])?(?={BLANK}*={BLANK}*\d{{1,20}}{BLANK}*(?:<-+[^\n]*)?(?:\n|\Z))"
)

arrow = token(r"<-+[^\n]*")

label_before_two = token(rf"{_WORDS}(?={BLANK}+\d{{1,20}}{BLANK}+\d{{1,20}}{END})")

label_before_one = token(rf"(?![^\n]*\d{BLANK}+\d+{END}){_WORDS}(?={BLANK}+\d{{1,20}}{END})")
