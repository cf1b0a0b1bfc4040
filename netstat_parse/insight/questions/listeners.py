"""The listening sockets, from where they can be reached, and their owners."""

from typing import Any, ClassVar

from netstat_parse.insight.facts.listening import classify_address, classify_endpoint, explain_absence, widest
from netstat_parse.insight.questions.question import MOMENT, Moment, Question, Socket
from netstat_parse.records.answers import Answer
from netstat_parse.records.rows import Columns
from netstat_parse.records.services import find_service


class Listeners(Question):
    """The question of which sockets listen, from where they can be reached, and who owns them."""

    table = "listeners"
    fields = (
        *MOMENT,
        *("line", "protocol", "family", "local_address", "local_zone", "local_host", "local_port", "local_service"),
        *("more_local_addresses", "service", "exposure", "user", "uid", "pid", "program", "components", "ownership"),
        "truncated",
    )
    headings: ClassVar = {
        "Proto": ("protocol", "family"),
        "Local": ("local_address", "local_zone", "local_host", "local_port", "local_service"),
        "More addresses": ("more_local_addresses",),
        "Service": ("service",),
        "Exposed": ("exposure",),
        "User": ("user", "uid"),
        "Process": ("pid", "program", "components", "ownership"),
    }

    def add_connections(self, columns: Columns, is_listening: list[bool]) -> None:
        """Keep those that listen."""
        if any(is_listening):
            self._keep(
                {
                    name: [value for value, listens in zip(column, is_listening, strict=True) if listens]
                    for name, column in columns.items()
                }
            )

    def explain_silence(self) -> str | None:
        """Return why the input cannot show listening sockets; None if it can."""
        return None if self._has_listeners else explain_absence(self._scopes, has_sockets=self._has_sockets)

    def answer(self) -> Answer:
        """Return a record for each listening socket of each snapshot."""
        rows = [_describe_listener(moment, socket) for moment in self._moments() for socket in moment.sockets]
        return Answer(self.table, self.fields, rows, self._headings(self.headings))


def _describe_listener(moment: Moment, socket: Socket) -> tuple[Any, ...]:
    truncated, more = socket.truncated or [], socket.more_local_addresses or []
    exposure = widest(
        [
            classify_endpoint(
                socket.family, socket.local_address, socket.local_host, is_cut="local_address" in truncated
            ),
            *map(classify_address, more),
        ]
    )
    service = socket.local_service or find_service(socket.protocol, socket.local_port)
    ends = (socket.local_address, socket.local_zone, socket.local_host, socket.local_port, socket.local_service)
    owner = (socket.user, socket.uid, socket.pid, socket.program, socket.components or [], socket.ownership)
    place = (*moment.values, socket.line, socket.protocol, socket.family)
    return (*place, *ends, more, service, exposure, *owner, truncated)
