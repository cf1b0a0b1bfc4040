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
        arguments: the words of the command line; None for those of this process, which then ends at once.
    """
    try:
        import gc

        gc.disable()  # imports create objects that stay, which the collector would search again and again
        from netstat_parse.cli.command import main as run

        gc.enable()
        status = run(arguments)
    except KeyboardInterrupt:
        if arguments is None:
            import signal

            signal.signal(signal.SIGINT, signal.SIG_IGN)
        status = EXIT_INTERRUPTED
    if arguments is None:
        _exit_at_once(status)
    return status


def _exit_at_once(status: int) -> "NoReturn":
    """Exit without the rest of the usual clean-up; all files and processes of ours are closed already.

    Python itself would free each object, which takes a tenth of a short run, and would wait for threads. After Ctrl-C,
    if the interrupt had arrived while it executed code from a string, as dataclasses do on import, it would kill itself
    with the signal. And it aborts one in a hundred processes that have read Parquet: a thread of Arrow still runs
    (pyarrow 26).
    """
    import atexit
    import os
    import sys

    atexit._run_exitfuncs()  # noqa: SLF001 - `multiprocessing` removes its semaphores there; else it warns of them
    if sys.stderr is not None:
        sys.stderr.flush()
    os._exit(status)
