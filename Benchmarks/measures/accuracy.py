"""Seconds from the start of a process to the end of the first epoch that reaches an accuracy."""

from harness.rounds import Case, Reading
from harness.sides import Task

TARGET = 0.99


def cases(sides, options):
    yield Case(
        "accuracy/mnist-baseline", "s", "lower",
        {side.name: lambda number, side=side: reading(side, number, options) for side in sides},
        note=f"to the first epoch with val_accuracy >= {TARGET}: 54,000 images, 6,000 held out, batch 128, Adam, "
        f"at most 12 epochs, {options.threads} threads; the seed is the round's number",
        absent=f"{TARGET} not reached in 12 epochs",
    )


def reading(side, number, options):
    task = Task(
        "mnist-baseline", images=54_000, epochs=12, batch_size=128, threads=options.threads, seed=number,
        validation=6_000, stop_at=TARGET,
    )
    trained = side.train(task)
    reached = [epoch.arrived for epoch in trained.epochs if epoch.val_accuracy >= TARGET]
    details = {
        "parameters": trained.parameters, "epochs": len(trained.epochs),
        "val_accuracy": [epoch.val_accuracy for epoch in trained.epochs],
        "arrived": [epoch.arrived for epoch in trained.epochs],
    }
    return Reading(reached[0] if reached else None, trained.process.others, details)
