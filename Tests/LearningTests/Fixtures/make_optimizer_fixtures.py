"""Writes optimizers.json: what Keras's optimizers make of four parameters in twenty steps.

Run it in this folder; it needs keras with a backend. Numbers are float32, written so that they read back.
"""

import json

import keras
import numpy

STEPS = 20
# Name, shape and role, as a layer would have them. A tall and a wide matrix are two cases for muon.
PARAMETERS = [("tall_kernel", (4, 2), "kernel"), ("wide_kernel", (2, 3), "kernel"),
              ("bias", (3,), "bias"), ("gamma", (2,), "normalization")]
CLASSES = {"sgd": "SGD", "adam": "Adam", "adamw": "AdamW", "nadam": "Nadam", "rmsprop": "RMSprop",
           "adagrad": "Adagrad", "adamax": "Adamax", "adadelta": "Adadelta", "lion": "Lion", "muon": "Muon"}
DECAY = {"weight_decay": 0.1}
EXCLUDED = DECAY | {"exclude_from_weight_decay": ["bias", "normalization"]}
CASES = [
    ("sgd", {}),
    ("sgd", {"learning_rate": 0.05, "momentum": 0.9}),
    ("sgd", {"learning_rate": 0.05, "momentum": 0.9, "nesterov": True}),
    ("sgd", {"learning_rate": 0.05, "momentum": 0.9} | DECAY),
    ("sgd", {"learning_rate": 0.05} | EXCLUDED),
    ("sgd", {"learning_rate": 0.05, "global_clipnorm": 1.5}),
    ("sgd", {"learning_rate": 0.05, "clipvalue": 0.5}),
    ("adam", {}),
    ("adam", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.97}),
    ("adam", {"learning_rate": 0.01, "beta_1": 0.0}),
    ("adam", {"learning_rate": 0.01, "epsilon": 0.01}),
    ("adam", {"learning_rate": 0.01, "amsgrad": True, "beta_2": 0.9}),
    ("adam", {"learning_rate": 0.01, "clipvalue": 0.5} | EXCLUDED),
    ("adam", {"learning_rate": {"type": "cosine_decay", "initial_learning_rate": 0.05,
                                "decay_steps": 15, "alpha": 0.1}} | DECAY),
    ("adamw", {}),
    ("adamw", {"learning_rate": 0.01, "amsgrad": True, "global_clipnorm": 1.0} | EXCLUDED),
    ("nadam", {}),
    ("nadam", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.97} | DECAY),
    ("rmsprop", {}),
    ("rmsprop", {"learning_rate": 0.01, "rho": 0.8, "momentum": 0.9}),
    ("rmsprop", {"learning_rate": 0.01, "centered": True, "epsilon": 0.001}),
    ("rmsprop", {"learning_rate": 0.01, "centered": True, "epsilon": 0.001, "momentum": 0.9}
     | DECAY),
    ("adagrad", {}),
    ("adagrad", {"learning_rate": 0.1, "initial_accumulator_value": 0.0, "epsilon": 0.001}),
    ("adagrad", {"learning_rate": 0.1} | EXCLUDED),
    ("lion", {}),
    ("lion", {"learning_rate": 0.01, "beta_1": 0.5, "beta_2": 0.8} | DECAY),
    ("muon", {}),
    ("muon", {"learning_rate": 0.01, "momentum": 0.8, "nesterov": False, "rms_rate": None}),
    ("muon", {"learning_rate": 0.02, "ns_steps": 3, "adam_beta_1": 0.8, "adam_beta_2": 0.97,
              "adam_weight_decay": 0.05, "global_clipnorm": 2.0} | EXCLUDED),
    ("adamax", {}),
    ("adamax", {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.9, "epsilon": 0.01} | DECAY),
    ("adadelta", {}),
    ("adadelta", {"learning_rate": 1.0, "rho": 0.9, "epsilon": 1e-6}),
    ("adadelta", {"learning_rate": 0.5, "epsilon": 0.001} | EXCLUDED),
]


def numbers(arrays):
    return [float(str(value)) for array in arrays
            for value in keras.ops.convert_to_numpy(array).ravel()]


def run(kind, fields, start, gradients):
    fields = dict(fields)
    excluded = fields.pop("exclude_from_weight_decay", [])
    rate = fields.get("learning_rate")
    if isinstance(rate, dict):
        arguments = {key: value for key, value in rate.items() if key != "type"}
        fields["learning_rate"] = keras.optimizers.schedules.CosineDecay(**arguments)
    optimizer = getattr(keras.optimizers, CLASSES[kind])(**fields)
    parameters = [keras.Variable(value, name=name)
                  for value, (name, _, _) in zip(start, PARAMETERS)]
    optimizer.exclude_from_weight_decay(
        var_list=[parameter for parameter, (_, _, role) in zip(parameters, PARAMETERS)
                  if role in excluded])
    after = []
    for row in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(value) for value in row], parameters)
        after.append(numbers(parameters))
    return after


source = numpy.random.default_rng(5)
start = [source.normal(size=shape).astype("float32") for _, shape, _ in PARAMETERS]
gradients = [[source.normal(size=shape).astype("float32") for _, shape, _ in PARAMETERS]
             for _ in range(STEPS)]
for step, (tall, wide, bias, gamma) in enumerate(gradients):
    tall[0, 1] = 0  # never a gradient
    tall[1, 0] *= 1e-6  # below adam's epsilon, once squared
    wide[0, 2] *= 30
    bias[0] *= 1e3
    if step >= 5:
        bias[1] = 0  # momentum goes on
    if step % 2 == 0:
        gamma[0] = 0.25
cases = []
for kind, fields in CASES:
    spec = json.dumps({"type": kind} | fields)
    cases.append({"spec": spec, "after": run(kind, fields, start, gradients)})
with open("optimizers.json", "w") as file:
    json.dump({"keras": keras.__version__,
               "parameters": [{"name": name, "shape": shape, "role": role}
                              for name, shape, role in PARAMETERS],
               "start": numbers(start), "gradients": [numbers(row) for row in gradients],
               "cases": cases}, file)
    file.write("\n")
