"""Names that shells complete: tables, fields, and values of fields, from the schema; and the functions that do it.

The last item of a list is completed: ``--only connections,ro``.
"""

from collections.abc import Iterable, Iterator

from netstat_parse.cli.answer_options import find_questions
from netstat_parse.cli.command import COMMANDS
from netstat_parse.insight.facts.listening import SCOPES
from netstat_parse.records.conditions import PREFIX_FIELDS
from netstat_parse.records.fields import field_schemas
from netstat_parse.schema import TABLES

FIELDS_OF_RECORDS = tuple(dict.fromkeys([*PREFIX_FIELDS, *(name for table in TABLES for name in field_schemas(table))]))


def find_values(field: str) -> list[str]:
    """Return the values of a field that its schema lists, of all tables; none if it may be any text or number."""
    schemas = [field_schemas(table)[field] for table in TABLES if field in field_schemas(table)]
    return list(dict.fromkeys(value for schema in schemas for value in _list_values(schema)))


def _list_values(schema: dict[str, object]) -> Iterator[str]:
    enum, alternatives, items = schema.get("enum"), schema.get("anyOf"), schema.get("items")
    if isinstance(enum, list):
        yield from map(str, enum)
    if schema.get("type") == "boolean":
        yield from ("true", "false")
    for part in [
        *(alternatives if isinstance(alternatives, list) else ()),
        *([items] if isinstance(items, dict) else ()),
    ]:
        yield from _list_values(part)


VALUES = {
    **{field: values for field in FIELDS_OF_RECORDS if (values := find_values(field))},
    "system": ["linux", "windows"],
    "exposure": [*SCOPES],
}

FIELDS = {
    **{command: question().answer().fields for command, question in find_questions().items()},
    "": FIELDS_OF_RECORDS,
}
"""Fields by command; of all others those of records."""


def _write(names: Iterable[str]) -> str:
    return " ".join(names)


COMMANDS_WITH_FIELDS = "|".join(command for command in FIELDS if command)

FIELD_LISTS = "\n".join(f'    {command or "*"}) echo "{_write(names)}" ;;' for command, names in FIELDS.items())

VALUE_LISTS = "\n".join(f'    {field}) echo "{_write(values)}" ;;' for field, values in VALUES.items())

POSIX = f"""
# the fields of the records or of the answer of a command
_netstat_parse_fields_of() {{
  case "$1" in
{FIELD_LISTS}
  esac
}}

# the values of a field
_netstat_parse_values_of() {{
  case "$1" in
{VALUE_LISTS}
  esac
}}
"""

BASH = f"""
_netstat_parse_files() {{
  compgen -W "{_write(COMMANDS)}" -- "$1"
  compgen -f -- "$1"
}}

_netstat_parse_tables() {{
  compgen -W "{_write(TABLES)}" -- "$1"
}}
{POSIX}
# complete the last item of a list: the word, the text before it to keep, the names
_netstat_parse_list() {{
  local kept="$2" word="$1" each
  [[ $word == *,* ]] && kept="$kept${{word%,*}},"
  while IFS= read -r each; do COMPREPLY+=("$each"); done < <(compgen -P "$kept" -W "$3" -- "${{word##*,}}")
}}

# complete lists; the rest is left to shtab. Bash divides words at "=": --where state = li
_netstat_parse() {{
  local at=$COMP_CWORD word="${{COMP_WORDS[COMP_CWORD]}}" kept="" option="" field="" command="" each
  COMPREPLY=()
  if [[ $word == "=" ]]; then
    word=""
  elif [[ ${{COMP_WORDS[at - 1]}} == "=" ]]; then
    at=$((at - 1))
  fi
  option="${{COMP_WORDS[at - 1]}}"
  if [[ $at -gt 2 && ${{COMP_WORDS[at]}} == "=" && $option != --* ]]; then
    field="$option" option="${{COMP_WORDS[at - 2]}}"
    [[ $option == "=" ]] && option="${{COMP_WORDS[at - 3]}}"
  elif [[ $word == *=* && $option == --where ]]; then
    field="${{word%%=*}}" kept="${{word%%=*}}=" word="${{word#*=}}"
  fi
  for each in "${{COMP_WORDS[@]:1:COMP_CWORD}}"; do
    case "$each" in {COMMANDS_WITH_FIELDS}) command="$each" ;; esac
  done
  case "$option" in
    --only) _netstat_parse_list "$word" "" "{_write(TABLES)}" ;;
    --fields | --count-by) _netstat_parse_list "$word" "" "$(_netstat_parse_fields_of "$command")" ;;
    --where)
      if [[ -n $field ]]; then
        _netstat_parse_list "$word" "$kept" "$(_netstat_parse_values_of "$field")"
      else
        compopt -o nospace 2>/dev/null
        while IFS= read -r each; do COMPREPLY+=("$each="); done < <(
          compgen -W "$(_netstat_parse_fields_of "$command")" -- "$word")
      fi ;;
    *) _shtab_netstat_parse "$@" ;;
  esac
}}
"""

ZSH = f"""{POSIX}
_netstat_parse_command() {{
  local each
  for each in $words; do
    case $each in ({COMMANDS_WITH_FIELDS}) print -r -- $each ;; esac
  done
}}

_netstat_parse_tables() {{
  _sequence compadd - {_write(TABLES)}
}}

_netstat_parse_fields() {{
  _sequence compadd - $(_netstat_parse_fields_of "$(_netstat_parse_command)")
}}

_netstat_parse_where() {{
  if compset -P '*='; then
    _sequence compadd - $(_netstat_parse_values_of "${{${{IPREFIX%=}}##*=}}")
  else
    compadd -S = - $(_netstat_parse_fields_of "$(_netstat_parse_command)")
  fi
}}
"""

FISH_FIELD_LISTS = "\n".join(
    f"    case {command or chr(39) + '*' + chr(39)}\n      string split ' ' -- '{_write(names)}'"
    for command, names in FIELDS.items()
)

FISH_VALUE_LISTS = "\n".join(
    f"    case {field}\n      string split ' ' -- '{_write(values)}'" for field, values in VALUES.items()
)

FISH = f"""
# complete the last item of a list: the names
function __netstat_parse_list
  set -l word (string replace -r '^--[a-z-]+=' '' -- (commandline -ct))
  set -l kept (string match -r '^(?:.*[,=])?' -- $word)
  printf '%s\\n' $kept$argv
end

function __netstat_parse_tables
  __netstat_parse_list {_write(TABLES)}
end

function __netstat_parse_field_names
  set -l command (string match -r '^(?:{COMMANDS_WITH_FIELDS})$' -- (commandline -opc))
  switch "$command[1]"
{FISH_FIELD_LISTS}
  end
end

function __netstat_parse_fields
  __netstat_parse_list (__netstat_parse_field_names)
end

function __netstat_parse_values
  switch $argv[1]
{FISH_VALUE_LISTS}
  end
end

function __netstat_parse_where
  set -l word (string replace -r '^--[a-z-]+=' '' -- (commandline -ct))
  set -l field (string match -rg '^([^=]+)=' -- $word)
  if test -n "$field"
    __netstat_parse_list (__netstat_parse_values $field)
  else
    printf '%s=\\n' (__netstat_parse_field_names)
  end
end
"""

COMPLETERS = {
    "only": {"bash": "_netstat_parse_tables", "zsh": "_netstat_parse_tables", "fish": "(__netstat_parse_tables)"},
    "fields": {"zsh": "_netstat_parse_fields", "fish": "(__netstat_parse_fields)"},
    "count_by": {"zsh": "_netstat_parse_fields", "fish": "(__netstat_parse_fields)"},
    "where": {"zsh": "_netstat_parse_where", "fish": "(__netstat_parse_where)"},
}
"""The function that completes an option, by its destination and the shell; of bash see `_netstat_parse`."""
