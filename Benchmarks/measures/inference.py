"""Images per second of prediction, many at a time.

exp predicts no single images, so batch 1 is left out. Nor does it time prediction: what is measured is how much
longer 'exp evaluate' takes where it scores more images, which has the scoring in it, too.
"""

import tempfile

from harness.process import run
from harness.rounds import Case, Reading
from harness.sides import Exp, Task

FEW, MANY = 1_000, 51_000
BATCH_SIZE = 1_000
# Training only makes weights to predict with.
TRAINING = 1_024


def cases(sides, options):
    yield Case(
        "inference/mnist-baseline", "images/s", "higher",
        {side.name: lambda number, side=side: reading(side, options) for side in sides},
        note=f"{MANY - FEW:,} images; exp: what 'exp evaluate' takes longer for {MANY:,} held out images than for "
        f"{FEW:,}, scores included; peers: predict at batch {BATCH_SIZE:,}, second pass, without scores. "
        "Batch 1 is not compared: exp has no command for it.",
    )


def reading(side, options):
    if isinstance(side, Exp):
        return exp_reading(side, options)
    task = Task("mnist-baseline", images=MANY - FEW, epochs=2, batch_size=BATCH_SIZE, threads=options.threads)
    predicted = side.train(task, action="predict")
    seconds = predicted.epochs[1].seconds
    details = {"parameters": predicted.parameters, "seconds": seconds}
    return Reading(task.images / seconds, predicted.process.others, details)


def exp_reading(side, options):
    took, others = {}, []
    for count in (FEW, MANY):
        with tempfile.TemporaryDirectory() as folder:
            task = Task(
                "mnist-baseline", images=TRAINING, epochs=1, batch_size=128, threads=options.threads, validation=count)
            trained = side.train(task, folder)
            evaluation = run(
                [options.exp, "evaluate", folder, "--data-dir", options.data_dir, "--threads", options.threads],
                options.limit)
        took[count] = evaluation.seconds
        others.append(evaluation.others)
    rate = (MANY - FEW) / (took[MANY] - took[FEW]) if took[MANY] > took[FEW] else None
    return Reading(rate, max(others), {"parameters": trained.parameters, "evaluate_seconds": took})
