"""Writes callbacks.json: what Keras's EarlyStopping and ModelCheckpoint do about sequences of a metric.

Run it in this folder; it needs keras with a backend. Each case has the callback's fields as YAML, the values
epoch by epoch (null for NaN), the epochs run, the epoch whose weights there were at the end, and the epochs
whose weights were saved. A network is really trained, but its metric replaced before the callback sees it,
and its one weight set to the number of the epoch.
"""

import json
import math
import pathlib
import tempfile

import keras
import numpy

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
]
CHECKPOINTS = [
    {},
    {"save_best_only": True},
    {"save_best_only": True, "monitor": "val_accuracy"},
    {"save_best_only": True, "monitor": "accuracy", "mode": "min"},
    {"save_best_only": True, "mode": "max"},
]


class Script(keras.callbacks.Callback):
    """Gives the metric its values and the weight the epoch's number."""

    def __init__(self, monitor, values):
        super().__init__()
        self.monitor, self.values, self.epochs = monitor, values, 0

    def on_epoch_end(self, epoch, logs=None):
        logs[self.monitor] = self.values[epoch]
        self.model.layers[0].kernel.assign([[epoch + 1.0]])
        self.epochs = epoch + 1


def run(kind, fields, values):
    monitor = fields.get("monitor", "val_loss")
    script = Script(monitor, values)
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    network.compile(loss="mse", metrics=["accuracy"], run_eagerly=True)
    one = numpy.ones((1, 1))
    with tempfile.TemporaryDirectory() as folder:
        if kind == "early_stopping":
            callback = keras.callbacks.EarlyStopping(**fields)
        else:
            callback = keras.callbacks.ModelCheckpoint(
                f"{folder}/{{epoch}}.weights.h5", save_weights_only=True, **fields)
        network.fit(one, one, validation_data=(one, one), epochs=len(values), verbose=0,
                    callbacks=[script, callback])
        saved = sorted(int(path.name.split(".")[0]) for path in pathlib.Path(folder).iterdir())
    return {"epochs": script.epochs, "final_epoch": int(network.get_weights()[0][0, 0]),
            "saved": saved}


cases = []
for kind, variants in (("early_stopping", STOPPING), ("model_checkpoint", CHECKPOINTS)):
    for fields in variants:
        for name, values in SEQUENCES.items():
            spec = {"type": kind} | fields
            text = ", ".join(f"{key}: {str(value).lower()}" for key, value in spec.items())
            cases.append({"sequence": name, "spec": text, "monitor": fields.get("monitor", "val_loss"),
                          "values": [None if math.isnan(value) else value for value in values],
                          **run(kind, fields, values)})
with open("callbacks.json", "w") as file:
    json.dump({"keras": keras.__version__, "cases": cases}, file)
    file.write("\n")
