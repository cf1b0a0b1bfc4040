"""The command line ``netstat-parse``.

In: command-line arguments.
Out: an exit status; the records go to standard output or to a file.
Public verb: `cli.main`.
"""

TYPE_CHECKING = False  # Ctrl-C during an import of this module would print a traceback, so it imports nothing
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

EXIT_INTERRUPTED = 130
"""The exit status after Ctrl-C; the others are in `complaints`."""


def main(arguments: "Sequence[str] | None" = None) -> int:
    """Run the command line and return its exit status.

    Args:
        arguments: the words of the command line; None for those of this process, which ends at once after Ctrl-C.
    """
    try:
        from netstat_parse.cli.command import main as run

        return run(arguments)
    except KeyboardInterrupt:
        if arguments is None:
            _exit_interrupted()
        return EXIT_INTERRUPTED


def _exit_interrupted() -> "NoReturn":
    """Exit without the rest of the usual clean-up; all files and processes of ours are closed already.

    Python itself would wait for threads, and if the interrupt had arrived while it executed code from a string, as
    dataclasses do on import, it would kill itself with the signal.
    """
    import atexit
    import os
    import signal
    import sys

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit._run_exitfuncs()  # noqa: SLF001 - `multiprocessing` removes its semaphores there; else it warns of them
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(EXIT_INTERRUPTED)
