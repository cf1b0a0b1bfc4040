"""The options that choose from the answer of `listeners`, `talkers` and `states`."""

import argparse
from typing import TYPE_CHECKING, NamedTuple

from netstat_parse.cli.options import parse_condition, parse_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from netstat_parse.insight.questions.networks import NetworkFinder
    from netstat_parse.insight.questions.question import Question
    from netstat_parse.records.answers import Answer
    from netstat_parse.records.conditions import Condition


class AnswerCondition(NamedTuple):
    """A condition on a field that only the answer has, such as ``exposure=public``."""

    field: str
    values: frozenset[str]
    text: str
    """The condition as it was given, for messages."""


class _AddCondition(argparse.Action):
    """Adds a condition to `where`, or to `answer_where` if only the answer has its field."""

    def __call__(
        self,
        _parser: argparse.ArgumentParser,
        options: argparse.Namespace,
        value: object,
        _option: str | None = None,
    ) -> None:
        name = "answer_where" if isinstance(value, AnswerCondition) else self.dest
        setattr(options, name, [*(getattr(options, name, None) or []), value])


def add_choice(options: argparse.ArgumentParser, command: str) -> None:
    """Add the options that choose from the answer of a command."""
    options.set_defaults(answer_where=[])
    choice = options.add_argument_group("choice (default: everything)")
    choice.add_argument(
        "--where",
        metavar="FIELD=VALUE",
        action=_AddCondition,
        type=lambda text: _parse_where(command, text),
        help="count only sockets with this value, or one of several values, in a field: state=listen,established; or"
        " print only records of the answer with it. Use --where again to add conditions; a record must match all",
    )
    choice.add_argument("--fields", metavar="FIELDS", help="print only these fields of the answer, in this order")
    if command == "talkers":
        choice.add_argument(
            "--network",
            metavar="BITS",
            type=_parse_networks,
            help="group remote addresses by networks with prefixes of this length: 24, or 24,56 for IPv4 and IPv6"
            " (default for IPv6: 64)",
        )
    if command == "states":
        choice.add_argument(
            "--by",
            metavar="FIELDS",
            type=_parse_states,
            default=(),
            help="count by some of protocol, state, local_port, remote_port, service and program (default: all)",
        )
    choice.add_argument(
        "--top", metavar="N", type=_parse_top, help="print only the first N records of each run of netstat"
    )


def choose_records(answer: "Answer", options: argparse.Namespace) -> "Answer":
    """Return the answer with the records that meet the conditions, the first ones if so chosen."""
    for condition in options.answer_where:
        answer = answer.select_records(condition.field, condition.values)
    return answer if options.top is None else answer.keep_first(options.top)


def choose_fields(answer: "Answer", options: argparse.Namespace, source: str | None = None) -> "Answer":
    """Return the answer with the chosen fields.

    Raises:
        ValueError: the answer has no such field.
    """
    names = [name.strip().replace("-", "_") for name in (options.fields or "").split(",")]
    return answer.select_fields(names, source) if options.fields else answer


def find_questions() -> "Mapping[str, type[Question]]":
    """Return the class of each question by its command."""
    from netstat_parse.insight.questions.listeners import Listeners
    from netstat_parse.insight.questions.peers import States, Talkers

    return {question.table: question for question in (Listeners, Talkers, States)}


def _parse_where(command: str, text: str) -> "AnswerCondition | Condition":
    from netstat_parse.records.fields import field_schemas

    name, equals, values = text.partition("=")
    field = name.strip().replace("-", "_")
    if not (equals and values) or field in field_schemas("connections"):
        return parse_condition(text)
    if field not in find_questions()[command]().answer().fields:
        return parse_condition(text)  # which reports it
    return AnswerCondition(field, frozenset(word.strip() for word in values.split(",")), text)


def _parse_states(text: str) -> list[str]:
    from netstat_parse.insight.questions.peers import States

    names = [name.strip().replace("-", "_") for name in text.split(",")]
    for name in names:
        if name not in States.choices:
            raise argparse.ArgumentTypeError(f"not a field to count by: {name}; there are {', '.join(States.choices)}")
    return names


def _parse_networks(text: str) -> "NetworkFinder":
    from netstat_parse.insight.questions.networks import NetworkFinder

    try:
        return NetworkFinder(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _parse_top(text: str) -> int:
    count = parse_number(text)
    if not count:
        raise argparse.ArgumentTypeError(f"must be a number above 0, not {text}")
    return count
