"""Writes optimizers.json: what Keras's optimizers make of seven parameters in twenty steps.

Run it in this folder; it needs keras with a backend. Numbers are float32, written so that they read back.
"""

import json

import keras
import numpy

STEPS = 20
CASES = {
    "sgd": {},
    "sgd, rate 0.3": {"learning_rate": 0.3},
    "sgd, momentum": {"learning_rate": 0.05, "momentum": 0.9},
    "sgd, Nesterov": {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True},
    "adam": {},
    "adam, other means": {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.97},
    "adam, no mean": {"learning_rate": 0.01, "beta_1": 0.0},
    "adam, large epsilon": {"learning_rate": 0.01, "epsilon": 0.01},
}


def numbers(array):
    return [float(str(value)) for value in array]


source = numpy.random.default_rng(5)
start = source.normal(size=7).astype("float32")
gradients = source.normal(size=(STEPS, 7)).astype("float32")
gradients[:, 1] = 0  # never a gradient
gradients[:, 2] *= 1e-6  # below adam's epsilon, once squared
gradients[:, 3] *= 1e3
gradients[5:, 4] = 0  # momentum goes on
gradients[::2, 5] = numpy.float32(0.25)
cases = []
for name, fields in CASES.items():
    make = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}[name[:4].rstrip(",")]
    optimizer = make(**fields)
    parameters = keras.Variable(start)
    after = []
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(gradient)], [parameters])
        after.append(numbers(numpy.array(parameters)))
    spec = {"type": name[:4].rstrip(",")} | fields
    cases.append({"name": name, "spec": ", ".join(f"{key}: {str(value).lower()}"
                                                  for key, value in spec.items()), "after": after})
with open("optimizers.json", "w") as file:
    json.dump({"keras": keras.__version__, "start": numbers(start),
               "gradients": [numbers(row) for row in gradients], "cases": cases}, file)
    file.write("\n")
