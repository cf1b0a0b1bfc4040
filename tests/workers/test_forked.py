"""Forked workers return results in order, raise errors, and end with their parent, however that ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path
from threading import Event, Thread

import pytest

from netstat_parse.workers.pool import may_fork
from support.command_line import MAX_SECONDS

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux forks")

# Tests run code in a process of its own: that of pytest may have threads.
RUN = """
import io, os, signal, sys, time
from netstat_parse.workers import forked
from netstat_parse.workers.forked import open_forked_pool
from netstat_parse.workers.tasks import KilledWorkerError

def nothing(): pass
def repeat(text, count): return text * count
def fail(): raise LookupError("no such thing")
def kill(): os.kill(os.getpid(), signal.SIGKILL)
def hang(path): open(path, "w").write(str(os.getpid())); time.sleep(120)
def get_pid(): return os.getpid()
"""


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", RUN + code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=MAX_SECONDS, check=False)


def printed_by(code: str, *arguments: object) -> str:
    ran = run(code, *arguments)
    assert (ran.returncode, ran.stderr) == (0, "")
    return ran.stdout


def is_running(pid: int) -> bool:
    """Return whether a process runs, and is not only waited for by its parent."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_until_ended(pid: int) -> None:
    deadline = time.monotonic() + MAX_SECONDS
    while is_running(pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize("size", [1, 100_000, 5 << 20])
def test_messages_of_any_size_pass_in_both_directions(size: int) -> None:
    code = """
with open_forked_pool(2, nothing) as pool:
    tasks = [pool.submit(repeat, letter * int(sys.argv[1]), 2) for letter in "abcde"]
    print([len(set(text)) == 1 and text[0] + str(len(text)) for text in (task.result() for task in tasks)])
"""
    assert printed_by(code, size) == f"{[f'{letter}{2 * size}' for letter in 'abcde']}\n"


def test_an_error_of_the_function_is_raised_and_the_worker_goes_on() -> None:
    code = """
with open_forked_pool(1, nothing) as pool:
    failed, other = pool.submit(fail), pool.submit(repeat, "a", 3)
    try: failed.result()
    except LookupError as error: print(error, other.result())
"""
    assert printed_by(code) == "no such thing aaa\n"


def test_a_cancelled_task_is_not_begun(tmp_path: Path) -> None:
    code = """
with open_forked_pool(1, nothing) as pool:
    first, second, third = pool.submit(repeat, "a", 1), pool.submit(hang, sys.argv[1]), pool.submit(repeat, "b", 1)
    second.cancel()
    print(first.result(), third.result())
"""
    assert printed_by(code, tmp_path / "begun") == "a b\n"
    assert not (tmp_path / "begun").exists()


def test_after_the_kill_of_a_worker_only_the_results_before_it_are_left() -> None:
    code = """
with open_forked_pool(1, nothing) as pool:
    done = pool.submit(repeat, "a", 1)
    done.result()
    killed, waiting = pool.submit(kill), pool.submit(repeat, "b", 1)
    for task in (killed, waiting, done):
        try: print(task.result())
        except KilledWorkerError: print("lost")
    try: pool.submit(repeat, "a", 1)
    except KilledWorkerError: print("refused")
"""
    assert printed_by(code).split() == ["lost", "lost", "a", "refused"]


def test_a_worker_that_cannot_be_prepared_counts_as_killed() -> None:
    code = """
with open_forked_pool(1, fail) as pool:
    try: pool.submit(repeat, "a", 1).result()
    except KilledWorkerError: print("lost")
"""
    assert printed_by(code) == "lost\n"


@pytest.mark.parametrize("end", ["pass", "raise KeyboardInterrupt", "raise OSError"])
def test_no_worker_outlives_the_block(tmp_path: Path, end: str) -> None:
    code = f"""
try:
    with open_forked_pool(2, nothing) as pool:
        print(*[pool.submit(get_pid).result() for _ in range(4)])
        task = pool.submit(hang, sys.argv[1])
        while not os.path.exists(sys.argv[1]): time.sleep(0.01)
        {end}
except (KeyboardInterrupt, OSError): pass
try: os.waitpid(-1, os.WNOHANG)
except ChildProcessError: print("no child")
"""
    first, second = printed_by(code, tmp_path / "begun").splitlines()
    assert second == "no child"
    assert not any(is_running(int(pid)) for pid in first.split())


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    code = """
with open_forked_pool(3, nothing) as pool:
    tasks = [pool.submit(hang, f"{sys.argv[1]}/{number}") for number in range(2)]  # one worker has no task
    while len([name for name in os.listdir(sys.argv[1]) if os.path.getsize(f"{sys.argv[1]}/{name}")]) < 2: time.sleep(0.01)
    sys.stdout.write(" ".join(str(worker.pid) for worker in pool._workers.values()))
    sys.stdout.flush()
    kill()
"""
    ran = run(code, tmp_path)
    pids = [int(pid) for pid in ran.stdout.split()]
    assert (ran.returncode, len(pids)) == (-signal.SIGKILL, 3)
    for pid in pids:
        wait_until_ended(pid)


def test_buffered_output_is_written_once(tmp_path: Path) -> None:
    code = """
file = open(sys.argv[1], "w")
file.write("file\\n")
sys.stdout.write("standard output\\n")
with open_forked_pool(2, nothing) as pool:
    print(pool.submit(repeat, "a", 1).result(), pool.submit(repeat, "b", 1).result())
file.close()
"""
    assert printed_by(code, tmp_path / "file") == "standard output\na b\n"
    assert (tmp_path / "file").read_text() == "file\n"


def test_workers_ignore_ctrl_c() -> None:
    code = """
with open_forked_pool(1, nothing) as pool:
    os.kill(pool.submit(get_pid).result(), signal.SIGINT)
    print(pool.submit(repeat, "a", 1).result())
"""
    assert printed_by(code) == "a\n"


def test_a_process_with_another_thread_does_not_fork() -> None:
    end = Event()
    thread = Thread(target=end.wait)
    thread.start()
    assert not may_fork()
    end.set()
    thread.join()


def test_a_process_with_one_thread_forks() -> None:
    assert printed_by("from netstat_parse.workers.pool import may_fork; print(may_fork())") == "True\n"


def test_workers_are_spawned_in_a_process_with_another_thread() -> None:
    code = """
import gc
from threading import Thread
from netstat_parse.workers.pool import open_workers
if __name__ == "__main__":
    thread = Thread(target=time.sleep, args=(120,), daemon=True)
    thread.start()
    with open_workers(1, gc.disable) as workers:
        print(type(workers.start()).__name__, workers.submit(os.getpid).result() != os.getpid())
        try: workers.submit(os.abort).result()
        except KilledWorkerError: print("lost")
"""
    assert printed_by(code) == "SpawnedPool True\nlost\n"


def test_no_process_forks_whose_parent_ignores_the_end_of_children() -> None:
    code = "signal.signal(signal.SIGCHLD, signal.SIG_IGN); from netstat_parse.workers.pool import may_fork; print(may_fork())"
    assert printed_by(code) == "False\n"


LIMITED = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")) + int(sys.argv[1]),) * 2)
"""


def test_fewer_workers_start_if_the_system_allows_no_more() -> None:
    code = f"""{LIMITED}
with open_forked_pool(40, nothing) as pool:
    print(1 < len(pool._workers) < 40, [pool.submit(repeat, "a", 2).result() for _ in range(9)] == ["aa"] * 9)
"""
    assert printed_by(code, 20) == "True True\n"


def test_it_is_an_error_if_no_worker_starts_and_nothing_is_left_open() -> None:
    code = f"""{LIMITED}
before = os.listdir("/proc/self/fd")
try:
    with open_forked_pool(2, nothing): pass
except OSError as error: print(error.strerror, os.listdir("/proc/self/fd") == before)
"""
    assert printed_by(code, 4) == "Too many open files True\n"
