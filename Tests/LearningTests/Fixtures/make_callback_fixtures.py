"""Writes callbacks.json: what the callbacks of Keras, and PyTorch's AveragedModel, do about sequences of numbers.

Run it in this folder; it needs keras with a backend, and torch. Each of 'cases' has the callback's fields as YAML,
the values epoch by epoch (null for NaN), the epochs run, the epoch whose weights there were at the end, the epochs
whose weights were saved, and each epoch's learning rate. A network is really trained, but its metric replaced
before the callback sees it, and its one weight set to the number of the epoch. Each of 'averages' has a weight
after each step or epoch, and its average.
"""

import json
import math
import pathlib
import tempfile

import keras
import numpy
import torch

NAN = float("nan")
FALLING = [1.0, 0.5, 0.25, 0.125, 0.0625]
WAVES = [0.5, 0.625, 0.75, 0.625, 0.625, 0.5, 0.875, 0.75, 0.75, 0.75, 0.75, 0.75]
TIES = [0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25]
SMALL_STEPS = [0.5, 0.4375, 0.375, 0.3125, 0.25, 0.1875, 0.125]
GAPS = [0.5, NAN, 0.25, NAN, NAN, NAN, 0.125]
SEQUENCES = {"falling": FALLING, "waves": WAVES, "ties": TIES, "small steps": SMALL_STEPS,
             "gaps": GAPS, "one epoch": [0.5], "worse at once": [0.5, 0.75, 1.0]}
STOPPING = [
    {},
    {"patience": 1},
    {"patience": 2, "restore_best_weights": True},
    {"patience": 3, "restore_best_weights": True, "monitor": "val_accuracy"},
    {"patience": 2, "mode": "max"},
    {"patience": 2, "mode": "min", "monitor": "val_accuracy", "restore_best_weights": True},
    {"patience": 1, "min_delta": 0.0625},
    {"patience": 2, "min_delta": 0.125, "restore_best_weights": True},
    {"patience": 2, "min_delta": 0.125, "monitor": "accuracy", "restore_best_weights": True},
    {"patience": 100, "restore_best_weights": True},
    {"patience": 2, "baseline": 0.25},
    {"patience": 2, "baseline": 0.3125, "min_delta": 0.0625, "restore_best_weights": True},
    {"patience": 1, "baseline": 0.625, "monitor": "val_accuracy"},
    {"patience": 1, "start_from_epoch": 3},
    {"start_from_epoch": 2, "restore_best_weights": True},
    {"patience": 2, "start_from_epoch": 9, "restore_best_weights": True},
    {"patience": 2, "start_from_epoch": 2, "baseline": 0.125, "restore_best_weights": True},
]
CHECKPOINTS = [
    {},
    {"save_best_only": True},
    {"save_best_only": True, "monitor": "val_accuracy"},
    {"save_best_only": True, "monitor": "accuracy", "mode": "min"},
    {"save_best_only": True, "mode": "max"},
    {"every_epochs": 2},
    {"every_epochs": 3},
]
PLATEAUS = [
    {},
    {"patience": 0},
    {"patience": 1, "factor": 0.5},
    {"patience": 2, "factor": 0.5, "cooldown": 1},
    {"patience": 1, "factor": 0.25, "cooldown": 3},
    {"patience": 1, "min_delta": 0.0625, "monitor": "val_accuracy"},
    {"patience": 1, "factor": 0.5, "min_delta": 0.125, "mode": "max"},
    {"patience": 1, "factor": 0.5, "min_lr": 0.04},
    {"patience": 1, "min_lr": 0.2, "cooldown": 2},
]


class Script(keras.callbacks.Callback):
    """Gives the metric its values and the weight the epoch's number."""

    def __init__(self, monitor, values):
        super().__init__()
        self.monitor, self.values, self.epochs, self.rates = monitor, values, 0, []

    def on_epoch_begin(self, epoch, logs=None):
        self.rates.append(float(keras.ops.convert_to_numpy(self.model.optimizer.learning_rate)))

    def on_epoch_end(self, epoch, logs=None):
        logs[self.monitor] = self.values[epoch]
        self.model.layers[0].kernel.assign([[epoch + 1.0]])
        self.epochs = epoch + 1


def run(kind, fields, values):
    monitor = fields.get("monitor", "val_loss")
    script = Script(monitor, values)
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    network.compile(
        keras.optimizers.SGD(0.1), loss="mse", metrics=["accuracy"], run_eagerly=True)
    one = numpy.ones((1, 1))
    with tempfile.TemporaryDirectory() as folder:
        if kind == "early_stopping":
            callback = keras.callbacks.EarlyStopping(**fields)
        elif kind == "reduce_lr_on_plateau":
            callback = keras.callbacks.ReduceLROnPlateau(**fields)
        else:
            # save_freq counts batches, and there is one in each epoch.
            fields = {"save_freq" if key == "every_epochs" else key: value
                      for key, value in fields.items()}
            callback = keras.callbacks.ModelCheckpoint(
                f"{folder}/{{epoch}}.weights.h5", save_weights_only=True, **fields)
        network.fit(one, one, validation_data=(one, one), epochs=len(values), verbose=0,
                    callbacks=[script, callback])
        saved = sorted(int(path.name.split(".")[0]) for path in pathlib.Path(folder).iterdir())
    return {"epochs": script.epochs, "final_epoch": int(network.get_weights()[0][0, 0]),
            "saved": saved, "learning_rates": [round(rate, 9) for rate in script.rates]}


def exponential_average(momentum, steps=20):
    """A weight after each step of SGD with random gradients, and Keras's average of it."""
    random = numpy.random.default_rng(1)
    weight = keras.Variable([0.5])
    optimizer = keras.optimizers.SGD(0.1, use_ema=True, ema_momentum=momentum)
    optimizer.build([weight])
    weights, averages = [], []
    for _ in range(steps):
        optimizer.apply([keras.ops.convert_to_tensor(random.normal(size=1).astype("float32"))])
        weights.append(float(weight.numpy()[0]))
        averages.append(float(optimizer._model_variables_moving_average[0].numpy()[0]))
    return {"spec": f"type: exponential_moving_average, momentum: {momentum}",
            "weights": weights, "averages": averages}


def stochastic_average(start, epochs=20):
    """A weight after each epoch, and PyTorch's average of it from epoch 'start' on."""
    random = numpy.random.default_rng(2)
    network = torch.nn.Linear(1, 1, bias=False)
    averaged = torch.optim.swa_utils.AveragedModel(network)
    weights, averages = [], []
    for epoch in range(1, epochs + 1):
        with torch.no_grad():
            network.weight.fill_(float(random.normal()))
        weights.append(network.weight.item())
        if epoch >= start:
            averaged.update_parameters(network)
        averages.append((averaged.module if epoch >= start else network).weight.item())
    return {"spec": f"type: stochastic_weight_averaging, start_epoch: {start}",
            "weights": weights, "averages": averages}


cases = []
for kind, variants in (("early_stopping", STOPPING), ("model_checkpoint", CHECKPOINTS),
                       ("reduce_lr_on_plateau", PLATEAUS)):
    for fields in variants:
        for name, values in SEQUENCES.items():
            first = fields.get("start_from_epoch", 0)
            if first < len(values) and math.isnan(values[first]):
                continue  # Keras takes this for the best, exp does not.
            spec = {"type": kind} | fields
            text = ", ".join(f"{key}: {str(value).lower()}" for key, value in spec.items())
            cases.append({"sequence": name, "spec": text, "monitor": fields.get("monitor", "val_loss"),
                          "values": [None if math.isnan(value) else value for value in values],
                          **run(kind, fields, values)})
averages = [exponential_average(0.99), exponential_average(0.5), exponential_average(0.0),
            stochastic_average(1), stochastic_average(8), stochastic_average(20)]
with open("callbacks.json", "w") as file:
    json.dump({"keras": keras.__version__, "torch": torch.__version__, "cases": cases,
               "averages": averages}, file)
    file.write("\n")
