"""Store inputs in a SQLite database or a Parquet dataset: the steps that both share."""

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing

from netstat_parse.inputs.origins import Origin
from netstat_parse.inputs.streams import find_other_origins
from netstat_parse.sources import ReadOptions
from netstat_parse.store.batches import Report

Write = Callable[[Sequence[Origin], str, ReadOptions], Generator[Report, None, None]]
"""Reads files and writes their rows in batches: `sqlite.write_database`, `fleet.write_dataset`."""


def find_inputs(names: str | Iterable[str], output: str) -> list[Origin]:
    """List the files that names mean, each once, except the output, which may lie in a folder that is read.

    Raises:
        OSError: a name means nothing but the output.
    """
    found = find_other_origins([names] if isinstance(names, str) else names, output)
    return list({origin.path: origin for origin in found}.values())


def store(
    origins: Sequence[Origin],
    output: str,
    write: Write,
    options: ReadOptions,
    on_report: Callable[[Report], None] | None = None,
) -> Report:
    """Read files and store their rows.

    Args:
        origins: the files, as `find_inputs` lists them.
        output: path or address of the database or dataset.
        write: `sqlite.write_database` or `fleet.write_dataset`.
        options: how the files are read.
        on_report: is called with the report of each batch.

    An input that cannot be parsed is listed in the report and in the table `files`; it does not stop the others.

    Raises:
        OSError: the output cannot be written.
        LookupError: there is no such encoding or no such system.
    """
    options.check()
    total = Report()
    with closing(write(origins, output, options)) as reports:
        for report in reports:
            if on_report:
                on_report(report)
            total = total.plus(report)
    return total
