"""The command line ``netstat-parse``: arguments to an exit status. Public verb: `main`."""

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    from netstat_parse.cli.command import main as run

    return run(arguments)
