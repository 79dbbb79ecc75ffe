"""Images per second of training."""

import dataclasses

from harness.rounds import Case, Reading
from harness.sides import Task

NETWORKS = [("mnist-baseline", 128), ("mnist-baseline", 32), ("mnist-baseline", 512), ("mnist-deotte", 128), ("lenet5", 128)]


def cases(sides, options):
    for network, batch_size in NETWORKS:
        task = Task(network, images=12_800, epochs=4, batch_size=batch_size, threads=options.threads)
        yield Case(
            f"training/{network}-{batch_size}", "images/s", "higher",
            {side.name: lambda number, side=side, task=task: reading(side, task, number) for side in sides},
            note=f"{task.images:,} images an epoch, median of epochs 2 to {task.epochs}, {task.threads} threads",
        )


def reading(side, task, number):
    trained = side.train(dataclasses.replace(task, seed=number))
    return Reading(
        trained.rate(), trained.process.others,
        {"parameters": trained.parameters, "epoch_seconds": [epoch.seconds for epoch in trained.epochs]},
    )
