"""Images per second of training."""

import dataclasses

from harness.rounds import Case, Reading
from harness.sides import Task

# Network, batch size, images an epoch: fewer where an image takes long. All are whole batches.
NETWORKS = [
    ("mnist-baseline", 128, 12_800),
    ("mnist-baseline", 32, 12_800),
    ("mnist-baseline", 512, 12_800),
    ("mnist-deotte", 128, 3_200),
    ("lenet5", 128, 12_800),
    ("mnist-resnet", 128, 3_200),
    ("cifar10", 128, 2_560),
]


def cases(sides, options):
    for network, batch_size, images in NETWORKS:
        task = Task(network, images=images, epochs=4, batch_size=batch_size, threads=options.threads)
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
