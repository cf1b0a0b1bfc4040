"""What the command line stores instead of printing: ``-f sqlite`` and ``-f parquet``."""

import argparse
import os
import sys
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NoReturn

from netstat_parse.cli.complaints import PARSED, UNREADABLE, WRONG_INPUT, complain, reason
from netstat_parse.inputs.origins import STANDARD_INPUT
from netstat_parse.inputs.paths import find_paths
from netstat_parse.records.selection import make_selection
from netstat_parse.store.batches import Report
from netstat_parse.store.provenance import UNREADABLE as NOT_READ

EXAMPLES = {"sqlite": "-o dumps.db", "parquet": "-o dumps.parquet/"}


EXTRA = {"pyarrow": "parquet", "fsspec": "parquet"}


def store(options: argparse.Namespace) -> int:
    """Read all inputs into a database or a dataset, and give the exit status."""
    if options.output is None:
        complain(f"-f {options.format} writes to where -o says, as in {EXAMPLES[options.format]}")
        return UNREADABLE
    if options.fields:
        complain(f"-f {options.format} stores whole records: without --fields, ask what is stored for the fields")
        return UNREADABLE
    try:
        to = _writer(options.format)
    except ModuleNotFoundError as error:
        if error.name not in EXTRA:
            raise
        complain(f"-f parquet needs {error.name}: pip install 'netstat-parse[{EXTRA[error.name]}]'")
        return UNREADABLE
    try:
        return _store(to, options)
    except LookupError as error:
        complain(str(error))
    except BrokenProcessPool:
        complain("a process that read inputs was killed; to go on, run it again")
    except OSError as error:
        complain(f"{options.output}: {reason(error)}" if error.errno else reason(error))
    return UNREADABLE


def leave(status: int) -> NoReturn:
    """End the process, now that all is written and closed.

    One in a hundred that has read Parquet aborts on the usual way out, as a thread of Arrow's still runs (pyarrow 26).
    """
    sys.stderr.flush()
    os._exit(status)


def _writer(form: str) -> Callable[..., Report]:
    if form == "sqlite":
        from netstat_parse.store.sqlite import to_sqlite

        return to_sqlite
    from netstat_parse.store.fleet import to_parquet

    return to_parquet


def _store(to: Callable[..., Report], options: argparse.Namespace) -> int:
    from netstat_parse.cli.progress import progress

    names = _inputs(options)
    status = PARSED
    with progress(len(names), shown=sys.stderr.isatty()) as done:

        def told(report: Report) -> None:
            nonlocal status
            status = max(status, _told(report, strict=options.strict))
            done(report.files + report.skipped)

        to(
            names,
            options.output,
            jobs=options.jobs,
            encoding=options.encoding,
            system=options.system,
            unpack_limit=options.unpack_limit,
            choice=make_selection(options.only, options.where, None) if options.only or options.where else None,
            told=told,
        )
    return status


def _inputs(options: argparse.Namespace) -> list[str]:
    """The inputs, without what is written: it may lie in a folder that is read."""
    output = Path(options.output).absolute()
    given = options.files or [STANDARD_INPUT]
    names = [path for name in given for path in ([name] if "://" in name else find_paths([name]))]
    return [name for name in names if "://" in name or not Path(name).absolute().is_relative_to(output)]


def _told(report: Report, *, strict: bool) -> int:
    """Tell what could not be read; the exit status that this makes."""
    status = PARSED
    for failure in report.failures:
        complain(f"{failure.source}: {failure.error}")
        status = max(status, UNREADABLE if failure.status == NOT_READ else WRONG_INPUT)
    for source, count in report.unparsed if strict else ():
        complain(f"{source}: {count} lines could not be read; they are in the table diagnostics")
        status = max(status, WRONG_INPUT)
    return status
