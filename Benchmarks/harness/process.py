"""Runs one process and says what it printed when, how long it took, what memory, and whether others disturbed it."""

import dataclasses
import os
import signal
import subprocess
import threading
import time


class Failed(Exception):
    """A process that did not do what it was asked; the message is for the reader of the table."""


@dataclasses.dataclass
class Finished:
    lines: list  # (seconds since the start of the process, text)
    seconds: float
    peak_megabytes: float
    others: float  # cores that other processes, or the host, took meanwhile, on average


def busy_seconds():
    """Processor time of all processes, and what the host of a virtual machine took, since the machine started."""
    with open("/proc/stat") as file:
        user, nice, system, _, _, interrupts, soft, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + interrupts + soft + steal) / os.sysconf("SC_CLK_TCK")


def run(command, limit):
    """Runs `command`, at most `limit` seconds. Raises Failed with its last words if it fails."""
    command = [str(word) for word in command]
    busy, start = busy_seconds(), time.perf_counter()
    try:
        # A session of its own: what ends it early ends its children, too.
        child = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace",
            start_new_session=True,
        )
    except OSError as error:
        raise Failed(f"{command[0]} does not start: {error}") from error
    is_late = threading.Event()

    def end():
        is_late.set()
        os.killpg(child.pid, signal.SIGKILL)

    timer = threading.Timer(limit, end)
    timer.start()
    try:
        with child.stdout:
            lines = [(time.perf_counter() - start, line.rstrip("\n")) for line in child.stdout]
        # Not `child.wait`: only this way the child's own usage is told, and not that of all children so far.
        _, status, usage = os.wait4(child.pid, 0)
    except BaseException:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise
    finally:
        timer.cancel()
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if is_late.is_set():
        raise Failed(f"not done after {limit} s")
    if child.returncode != 0:
        words = [text for _, text in lines if text.strip()][-3:]
        raise Failed(f"exit code {child.returncode}: " + " | ".join(words))
    # The machine's time is counted in ticks: what may be rounding is not put down to others.
    rounding = 2 * os.cpu_count() / os.sysconf("SC_CLK_TCK")
    others = busy_seconds() - busy - usage.ru_utime - usage.ru_stime - rounding
    # Linux gives kibibytes. The least it can say is what this program had when it started the child, about 20 MB.
    return Finished(lines, seconds, usage.ru_maxrss * 1024 / 1e6, max(0, others) / seconds)
