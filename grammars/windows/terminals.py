"""Labels and figures, as the rows of ``-s`` and ``-e`` have them."""

from netstat_parse.tokens import token

_BLANK = r"[ \t\u00a0]"
_END = rf"{_BLANK}*(?:\n|\Z)"
_WORDS = rf"(?!\d)(?=[^\n]*[^\W\d_])\S++(?:{_BLANK}++\S++)*?"

figure = token(r"\d{1,20}(?!\S)", int)

equals = token("=")

label_before_equals = token(
    # Turkish ReactOS leaves no blank before it. Annotators draw arrows behind the figure.
    rf"(?=[^\n]*[^\W\d_])\S(?:[^\n]*[^\s=])?(?={_BLANK}*={_BLANK}*\d{{1,20}}{_BLANK}*(?:<-+[^\n]*)?(?:\n|\Z))"
)

arrow = token(r"<-+[^\n]*")

label_before_two = token(rf"{_WORDS}(?={_BLANK}+\d{{1,20}}{_BLANK}+\d{{1,20}}{_END})")

label_before_one = token(rf"(?![^\n]*\d{_BLANK}+\d+{_END}){_WORDS}(?={_BLANK}+\d{{1,20}}{_END})")
