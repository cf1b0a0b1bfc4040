"""Strip the prompts of pagers before a row, where the control characters that erased them were lost."""

from netstat_parse.escapes.shapes import begins_like_netstat
from netstat_parse.precompiled import compile_pattern

_MORE = compile_pattern(r"[ \t]*<?-{2,3} ?More ?(?:\([^)]{1,12}\) ?)?-{2,3}>?(?:\([^)]{1,12}\))?(?P<rest>[ \t]*\S.*)")

_OTHER = compile_pattern(
    r"[ \t]*(?:lines \d++-\d++(?:/\d++)? ?)?(?:\(END\)|Press any key to continue[ .]{0,12})[ \t]*(?P<rest>\S.*)"
)


def strip_prompt(line: str) -> str:
    """Return the text behind the prompt of a pager; a line that is only a prompt stays as it is."""
    if found := _MORE.match(line):
        rest = found["rest"]
        return rest.lstrip() if begins_like_netstat(rest) and not rest.lstrip()[:3].isupper() else rest
    found = _OTHER.match(line)
    return found["rest"] if found and begins_like_netstat(found["rest"]) else line
