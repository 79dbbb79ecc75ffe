#!/usr/bin/env python3
"""Measures `exp list` and `exp compare` on a folder of many runs (see make_runs.py), as whole processes.

    reading_speed.py FOLDER [--exp .build/release/exp] [--rounds 7]

Cold: without an index. Warm: with the one that the run before wrote. Seconds of wall time, and of all cores'.
"""

import argparse
import pathlib
import resource
import shutil
import statistics
import subprocess
import time


def seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--exp", default=".build/release/exp")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    for name in ("list", "compare"):
        command = [options.exp, name, "--output-dir", str(options.folder)]
        measured = {"cold": [], "warm": []}
        for _ in range(options.rounds):
            shutil.rmtree(options.folder / ".index", ignore_errors=True)
            measured["cold"].append(seconds(command))
            measured["warm"].append(seconds(command))
        for state, values in measured.items():
            wall, processor = (statistics.median(column) for column in zip(*values))
            print(f"{name:8}{state:5} median {wall:.3f} s (processor time {processor:.3f} s), "
                  f"least {min(wall for wall, _ in values):.3f} s")


if __name__ == "__main__":
    main()
