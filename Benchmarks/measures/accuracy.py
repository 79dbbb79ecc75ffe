"""Seconds from the start of a process to a validation accuracy, and of one epoch of a recipe that reaches it."""

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
    yield Case(
        "accuracy/mnist-fast", "s", "lower",
        {side.name: lambda number, side=side: epoch(side, number, options) for side in sides},
        note="the one epoch of experiments/mnist-fast.yaml: 54,000 images, batch 64. Compilation counts; exp's time includes "
        f"the validation of 6,000 images, the peers' does not. {options.threads} threads; the seed is 100 plus the round's "
        "number",
    )


def epoch(side, number, options):
    trained = side.train(Task(
        "mnist-fast", images=54_000, epochs=1, batch_size=64, threads=options.threads, seed=100 + number,
        validation=6_000))
    (only,) = trained.epochs
    return Reading(
        only.seconds, trained.process.others,
        {"parameters": trained.parameters, "val_accuracy": only.val_accuracy})


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
