"""Writes binary.json: a dense layer of one unit with a sigmoid, and Keras's BinaryCrossentropy of what it gives.

Run it in this folder; it needs keras with tensorflow. They compute in float64 here.
"""

import json

import keras
import numpy
import tensorflow

keras.config.set_floatx("float64")
source = numpy.random.default_rng(11)
INPUTS = (source.normal(size=(12, 3)) * 3).astype("float32").astype("float64")
INPUTS[0] *= 30  # of a probability that float32 rounds to 0 or 1
LABELS = [0, 1, 1, 0, 1, 1, 0, 0, 1, 0, 1, 0]
KERNEL = source.normal(size=(3, 1)).astype("float32").astype("float64")
BIAS = numpy.array([0.25])
CASES = [
    ("binary_crossentropy", 0, [1, 1]),
    ("{type: binary_crossentropy, label_smoothing: 0.2}", 0.2, [1, 1]),
    ("{type: binary_crossentropy, class_weight: [1, 3]}", 0, [1, 3]),
    ("{type: binary_crossentropy, class_weight: balanced, label_smoothing: 0.1}", 0.1, [1, 1]),
]


def case(spec, smoothing, weights):
    loss = keras.losses.BinaryCrossentropy(from_logits=True, label_smoothing=smoothing, reduction="none")
    kernel, bias = tensorflow.Variable(KERNEL), tensorflow.Variable(BIAS)
    with tensorflow.GradientTape() as tape:
        logits = INPUTS @ kernel + bias
        values = loss(numpy.array(LABELS, dtype="float64")[:, None], logits,
                      sample_weight=numpy.array(weights, dtype="float64")[LABELS])
        mean = tensorflow.reduce_mean(values)
    gradients = tape.gradient(mean, [kernel, bias])
    return {"spec": spec, "losses": values.numpy().tolist(),
            "probabilities": tensorflow.sigmoid(logits).numpy().ravel().tolist(),
            "kernel": gradients[0].numpy().ravel().tolist(), "bias": gradients[1].numpy().tolist()}


with open("binary.json", "w") as file:
    json.dump({"keras": keras.__version__, "inputs": INPUTS.ravel().tolist(), "labels": LABELS,
               "kernel": KERNEL.ravel().tolist(), "bias": BIAS.tolist(),
               "cases": [case(*entry) for entry in CASES]}, file)
    file.write("\n")
