"""Peak resident memory of a process that trains."""

from harness.rounds import Case, Reading
from harness.sides import Task


def cases(sides, options):
    for network in ("mnist-baseline", "mnist-deotte"):
        task = Task(network, images=2_560, epochs=2, batch_size=128, threads=options.threads)
        yield Case(
            f"memory/{network}", "MB", "lower",
            {side.name: lambda number, side=side, task=task: reading(side, task) for side in sides},
            note=f"the most at a time, of a process that trains on {task.images:,} images at batch 128",
        )


def reading(side, task):
    trained = side.train(task)
    return Reading(trained.process.peak_megabytes, trained.process.others, {"parameters": trained.parameters})
