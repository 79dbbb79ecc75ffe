"""Milliseconds of a training step, beside what its products of matrices would take at the speed of a large one. exp alone."""

import functools
import json
import pathlib
import shutil
import tempfile

from harness.process import run
from harness.rounds import Case, Reading
from harness.sides import BENCHMARKS, PEERS

NETWORKS = ("mnist-baseline", "mnist-deotte", "lenet5", "mnist-resnet", "cifar10")


def cases(sides, options):
    for network in NETWORKS:
        bound = functools.cache(lambda number, network=network: measured(network, options))
        yield Case(
            f"roofline/{network}", "ms", "lower",
            {name: lambda number, name=name, bound=bound: reading(name, *bound(number)) for name in ("products", "step")},
            reference="products", ratio="growth",
            note="a step of 128 images, and its products after Winograd's transforms at the speed of a product of 1,024² "
            f"matrices on each of {options.threads} threads; exp alone",
        )


def measured(network, options):
    program = options.exp.with_name("StepBound")
    with tempfile.TemporaryDirectory() as folder:
        spec = shutil.copy(BENCHMARKS / "networks" / f"{network}.yaml", folder)
        # Only how many there are is asked of them.
        run([options.python, PEERS / "colours.py", pathlib.Path(folder) / "colours.npz", 128], options.limit)
        process = run(
            ["env", f"EXP_DATA_DIR={options.data_dir}", program, options.threads, spec], options.limit)
    return json.loads(process.lines[-1][1]), process.others


def reading(name, bound, others):
    return Reading(bound[name], others, bound)
