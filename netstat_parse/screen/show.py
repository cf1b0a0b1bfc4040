"""Show rounds on a terminal: with keys if textual is installed, else refreshed tables."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, redirect_stderr
from importlib.util import find_spec
from typing import IO, NamedTuple

from netstat_parse.formats.appearance import Appearance
from netstat_parse.screen.messages import Messages
from netstat_parse.screen.tracker import Round

HINT = "pip install textual for scrolling, sorting and filtering"


class Watch(NamedTuple):
    """Rounds to show."""

    reading: Iterable[Round]
    """Yields each round after it was read."""
    cancel: Callable[[], None]
    """Ends the reading of rounds; called from another thread, and again until it has ended."""
    print_last: Callable[[], None]
    """Prints the tables of the last round."""
    interval_seconds: float


def show(watch: Watch, output: IO[bytes], appearance: Appearance) -> None:
    """Show rounds until the last one, the tables of which stay on the terminal, or until the user quits.

    Messages on standard error are collected meanwhile, and printed at the end.

    Raises:
        KeyboardInterrupt: the user has quit.
        SystemExit: a signal has ended the screen.
        BaseException: reading a round has raised it.
    """
    if not _has_keyboard():
        _show_plain(watch, output, appearance, "")
        return
    if find_spec("textual") is None:
        _show_plain(watch, output, appearance, HINT)
        return
    from netstat_parse.screen.app import WatchApp, run_app

    messages = Messages()
    app = WatchApp(watch.reading, messages, interval=watch.interval_seconds, has_color=appearance.has_color)
    errors = sys.stderr
    try:
        with redirect_stderr(messages), _as_standard_error(output):
            run_app(app, watch.cancel)
        if app.has_ended:
            watch.print_last()
    finally:
        messages.print_all(errors)
    if app.signal not in {None, signal.SIGINT}:
        sys.exit(128 + app.signal)
    if app.error:
        raise app.error
    if not app.has_ended:
        raise KeyboardInterrupt


def _show_plain(watch: Watch, output: IO[bytes], appearance: Appearance, hint: str) -> None:
    from netstat_parse.screen.plain import PlainScreen

    with PlainScreen(output, appearance, hint) as screen:
        for read in watch.reading:
            screen.refresh(read)


def _has_keyboard() -> bool:
    return sys.__stdin__ is not None and not sys.__stdin__.closed and sys.__stdin__.isatty()


@contextmanager
def _as_standard_error(output: IO[bytes]) -> Iterator[None]:
    """Make an output the standard error that textual writes its screen to; the user may have redirected it."""
    former = sys.__stderr__
    with open(output.fileno(), "w", encoding="utf-8", closefd=False) as file:
        sys.__stderr__ = file  # type: ignore[misc] # typeshed declares it final
        try:
            yield
        finally:
            sys.__stderr__ = former  # type: ignore[misc] # as above
