"""Kill a netstat whose parent was killed.

A process that is killed with SIGKILL cannot clean up. A netstat that prints then dies of the closed pipe, but one that
waits for a name server would live on. So a shell waits for the end of a pipe that only this process holds open. Windows
has no such shell: there a netstat that prints nothing ends by itself.
"""

import subprocess
import sys
from contextlib import suppress

_SCRIPT = 'read -r group && { read -r _; kill -s KILL -- "-$group"; }'


class Guard:
    """A shell that kills a process group when this process ends.

    It is started before netstat: while a process is started it holds the sockets of this one, and netstat would name it
    as their owner.
    """

    def __init__(self) -> None:
        """Start the shell, if this system has one."""
        self._shell: subprocess.Popen[bytes] | None = None
        if sys.platform != "win32":
            try:
                self._shell = subprocess.Popen(  # noqa: S603 - a constant script
                    ["/bin/sh", "-c", _SCRIPT],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env={},
                    cwd="/",
                    start_new_session=True,
                )
            except OSError:
                return

    def watch(self, group: int) -> None:
        """Name the process group to kill."""
        if self._shell and self._shell.stdin:
            with suppress(BrokenPipeError):  # somebody has killed the shell
                self._shell.stdin.write(b"%d\n" % group)
                self._shell.stdin.flush()

    def stop(self) -> None:
        """End the shell; the process group is left alone."""
        if self._shell:
            self._shell.kill()
            self._shell.communicate()
            self._shell = None
