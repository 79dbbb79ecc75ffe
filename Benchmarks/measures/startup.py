"""Seconds of whole processes that do next to nothing."""

import statistics

from harness.process import run
from harness.rounds import Case, Reading
from harness.sides import BENCHMARKS

REPETITIONS = 3


def cases(sides, options):
    spec = BENCHMARKS / "networks" / "mnist-baseline.yaml"
    commands = {
        "exp check": [options.exp, "check", spec],
        "exp --help": [options.exp, "--help"],
    }
    for library in sorted({side.name.partition("-")[0] for side in sides} - {"exp"}):
        commands[f"import {library}"] = [options.python, "-c", f"import {library}"]
    yield Case(
        "startup", "s", "lower",
        {name: lambda number, command=command: reading(command, options) for name, command in commands.items()},
        reference="exp check",
        note=f"whole processes, median of {REPETITIONS} in each round; 'exp check' reads mnist-baseline.yaml",
    )


def reading(command, options):
    # Files that were not read for long come from disk; that is not what is compared.
    run(command, options.limit)
    processes = [run(command, options.limit) for _ in range(REPETITIONS)]
    seconds = [process.seconds for process in processes]
    return Reading(statistics.median(seconds), max(process.others for process in processes), {"seconds": seconds})
