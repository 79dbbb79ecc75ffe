"""Writes losses.json: Keras's losses of some logits and targets, and their gradients by the logits.

Run it in this folder; it needs keras with tensorflow, and scikit-learn. They compute in float64 here.
"""

import json

import keras
import numpy
import tensorflow
from sklearn.utils.class_weight import compute_class_weight

keras.config.set_floatx("float64")
CLASSES = 4
LABELS = [0, 1, 1, 3, 3, 3, 1, 2]
source = numpy.random.default_rng(7)
logits = source.normal(size=(len(LABELS), CLASSES)) * 2
soft = source.uniform(size=(len(LABELS), CLASSES)).astype("float32").astype("float64")
TARGETS = {"hard": numpy.eye(CLASSES)[LABELS], "soft": soft / soft.sum(1, keepdims=True)}
TARGETS["soft"] = TARGETS["soft"].astype("float32").astype("float64")
BALANCED = compute_class_weight("balanced", classes=numpy.arange(CLASSES), y=LABELS)

crossentropy = keras.losses.CategoricalCrossentropy
focal = keras.losses.CategoricalFocalCrossentropy
CASES = [
    ("categorical_crossentropy", crossentropy, {}, None),
    ("{type: categorical_crossentropy, label_smoothing: 0.1}", crossentropy,
     {"label_smoothing": 0.1}, None),
    ("{type: categorical_crossentropy, class_weight: {1: 2.5, 3: 0.5}}", crossentropy, {},
     [1, 2.5, 1, 0.5]),
    ("{type: categorical_crossentropy, class_weight: [1, 2, 0, 4], label_smoothing: 0.2}",
     crossentropy, {"label_smoothing": 0.2}, [1, 2, 0, 4]),
    ("{type: categorical_crossentropy, class_weight: balanced}", crossentropy, {}, BALANCED),
    ("focal", focal, {}, None),
    ("{type: focal, alpha: 0.5, gamma: 0.7}", focal, {"alpha": 0.5, "gamma": 0.7}, None),
    ("{type: focal, alpha: 1, gamma: 0}", focal, {"alpha": 1.0, "gamma": 0.0}, None),
    ("{type: focal, gamma: 3, label_smoothing: 0.1, class_weight: balanced}", focal,
     {"gamma": 3.0, "label_smoothing": 0.1}, BALANCED),
    ("mean_squared_error", keras.losses.MeanSquaredError, {}, None),
    ("{type: mean_squared_error, class_weight: [1, 2, 0, 4]}", keras.losses.MeanSquaredError, {},
     [1, 2, 0, 4]),
]


def case(spec, make, fields, weights, kind):
    loss = make(reduction="none", **fields)
    targets = TARGETS[kind]
    # Keras takes soft targets for the class of the largest; a weight for each share is the same for hard ones.
    sample_weights = None if weights is None else targets @ numpy.array(weights, dtype="float64")
    inputs = tensorflow.constant(logits)
    with tensorflow.GradientTape() as tape:
        tape.watch(inputs)
        values = loss(targets, tensorflow.nn.softmax(inputs), sample_weight=sample_weights)
    return {"spec": spec, "targets": kind, "losses": values.numpy().tolist(),
            "gradients": tape.gradient(values, inputs).numpy().ravel().tolist()}


with open("losses.json", "w") as file:
    json.dump({"keras": keras.__version__, "classes": CLASSES, "labels": LABELS,
               "logits": logits.ravel().tolist(),
               "targets": {kind: values.ravel().tolist() for kind, values in TARGETS.items()},
               "cases": [case(*entry, kind) for entry in CASES for kind in TARGETS]}, file)
    file.write("\n")
