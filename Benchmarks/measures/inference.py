"""Images per second of prediction, one at a time and many at a time, with the network in memory."""

import json
import pathlib
import statistics
import tempfile

from harness.process import run
from harness.rounds import Case, Reading
from harness.sides import BENCHMARKS, Exp, Task

# Images by the size of the batches in which they are predicted.
IMAGES = {1: 4_000, 1_000: 50_000}
PASSES = 6
# Training only makes weights to predict with.
TRAINING = 1_024


def cases(sides, options):
    for size in IMAGES:
        readings = {side.name: lambda number, side=side: reading(side, size, options) for side in sides}
        readings["onnxruntime"] = lambda number: onnxruntime_reading(sides[0], size, options)
        yield Case(
            f"inference/mnist-baseline/{size}", "images/s", "higher", readings,
            note=f"{IMAGES[size]:,} images in batches of {size:,}, median of {PASSES - 1} passes after the first; exp makes "
            "floats of bytes on the way, the others have them; onnxruntime runs what 'exp export' wrote",
        )


def reading(side, size, options):
    if isinstance(side, Exp):
        return exp_reading(side, size, options)
    task = Task("mnist-baseline", IMAGES[size], epochs=PASSES, batch_size=size, threads=options.threads)
    predicted = side.train(task, action="predict")
    return Reading(predicted.rate(), predicted.process.others, {"parameters": predicted.parameters})


def exp_reading(side, size, options):
    program = options.exp.with_name("InferenceSpeed")
    with tempfile.TemporaryDirectory() as folder:
        path, parameters = trained(side, folder, options)
        process = run([program, path, IMAGES[size], size, options.threads, PASSES], options.limit)
    return told(process, size, parameters)


def onnxruntime_reading(exp, size, options):
    script = BENCHMARKS / "peers" / "onnxruntime_peer.py"
    with tempfile.TemporaryDirectory() as folder:
        path, parameters = trained(exp, folder, options)
        model = pathlib.Path(folder) / "model.onnx"
        run([options.exp, "export", path, "-o", model], options.limit)
        process = run([options.python, script, model, IMAGES[size], size, options.threads, PASSES], options.limit)
    return told(process, size, parameters)


def trained(exp, folder, options):
    """The folder of a run, and its number of parameters."""
    run_ = exp.train(Task("mnist-baseline", TRAINING, epochs=1, batch_size=128, threads=options.threads), folder)
    (path,) = pathlib.Path(folder).glob("*/*/")
    return path, run_.parameters


def told(process, size, parameters):
    words = [json.loads(text) for _, text in process.lines if text.startswith("{")]
    seconds = [line["seconds"] for line in words if "epoch" in line]
    return Reading(IMAGES[size] / statistics.median(seconds[1:]), process.others, {"parameters": parameters})
