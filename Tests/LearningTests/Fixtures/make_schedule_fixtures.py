"""Writes schedules.json: the rates of Keras's schedules and of its callback by epochs, and of PyTorch's OneCycleLR, over a hundred steps.

Run it in this folder; it needs keras and torch. Both compute in float64 here.
"""

import json
import os
import warnings

os.environ["KERAS_BACKEND"] = "torch"  # two libraries of one process may not agree on their LLVM
import keras
import numpy as np
import torch

STEPS = 100
STEPS_PER_EPOCH = 20
schedules = keras.optimizers.schedules
warnings.filterwarnings("ignore")
keras.config.set_floatx("float64")


def of_keras(schedule):
    rates = [float(schedule(keras.ops.convert_to_tensor(step, dtype="int64")))
             for step in range(STEPS)]
    return {"learning_rates": rates}


def of_callback(schedule):
    """The rates of each step in which Keras's LearningRateScheduler trains."""
    rates = []

    class Recorder(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            rates.append(float(self.model.optimizer.learning_rate.numpy()))

    model = keras.Sequential([keras.layers.Input([1]), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(np.zeros([STEPS_PER_EPOCH, 1]), np.zeros([STEPS_PER_EPOCH, 1]), batch_size=1,
              epochs=STEPS // STEPS_PER_EPOCH, verbose=0,
              callbacks=[keras.callbacks.LearningRateScheduler(schedule), Recorder()])
    return rates


def one_cycle(**fields):
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([parameter], lr=1, momentum=0.5)
    cycle = torch.optim.lr_scheduler.OneCycleLR(optimizer, **fields)
    rates, momenta = [], []
    for _ in range(STEPS):
        rates.append(optimizer.param_groups[0]["lr"])
        momenta.append(optimizer.param_groups[0]["momentum"])
        cycle.step()
    cycles = fields.get("cycle_momentum", True)
    return {"learning_rates": rates} | ({"momenta": momenta} if cycles else {})


CASES = [
    ("{type: constant, learning_rate: 0.3}", {"learning_rates": [0.3] * STEPS}),
    ("0.002", {"learning_rates": [0.002] * STEPS}),
    ("{type: piecewise_constant, boundaries: [10, 11, 60], values: [0.1, 0.2, 0.05, 0.01]}",
     of_keras(schedules.PiecewiseConstantDecay([10, 11, 60], [0.1, 0.2, 0.05, 0.01]))),
    # The piece of the first two epochs ends with step 39.
    ("{type: piecewise_constant, boundaries: [2 epochs, 75 steps], values: [0.1, 0.2, 0.05]}",
     of_keras(schedules.PiecewiseConstantDecay([39, 75], [0.1, 0.2, 0.05]))),
    ("{type: exponential_decay, initial_learning_rate: 0.1, decay_steps: 30, decay_rate: 0.5}",
     of_keras(schedules.ExponentialDecay(0.1, 30, 0.5))),
    ("{type: exponential_decay, initial_learning_rate: 0.001, decay_steps: 1 epoch, "
     "decay_rate: 0.95, staircase: true}",
     of_keras(schedules.ExponentialDecay(0.001, STEPS_PER_EPOCH, 0.95, staircase=True))),
    # By epochs: the value of epoch i, and the last one from then on.
    ("{type: piecewise_constant, values: [0.1, 0.2, 0.05]}",
     {"learning_rates": of_callback(lambda epoch: [0.1, 0.2, 0.05][min(epoch, 2)])}),
    # The `decay` of Keras's optimizers before 2.11.
    ("{type: inverse_time_decay, initial_learning_rate: 0.1, decay_steps: 1, decay_rate: 0.01}",
     {"learning_rates": [0.1 * (1 / (1 + 0.01 * step)) for step in range(STEPS)]}),
    ("{type: inverse_time_decay, initial_learning_rate: 0.1, decay_steps: 7, decay_rate: 0.5}",
     of_keras(schedules.InverseTimeDecay(0.1, 7, 0.5))),
    ("{type: inverse_time_decay, initial_learning_rate: 0.1, decay_steps: 1 epoch, decay_rate: 2, "
     "staircase: true}",
     of_keras(schedules.InverseTimeDecay(0.1, STEPS_PER_EPOCH, 2.0, staircase=True))),
    ("{type: cosine_decay, initial_learning_rate: 0.1}",
     of_keras(schedules.CosineDecay(0.1, STEPS))),
    ("{type: cosine_decay, initial_learning_rate: 0.1, decay_steps: 70, alpha: 0.01}",
     of_keras(schedules.CosineDecay(0.1, 70, alpha=0.01))),
    ("{type: cosine_decay, initial_learning_rate: 0.1, decay_steps: 60, alpha: 0.05, warmup: 15}",
     of_keras(schedules.CosineDecay(0.0, 60, alpha=0.05, warmup_target=0.1, warmup_steps=15))),
    # What the warmup leaves of training.
    ("{type: cosine_decay, initial_learning_rate: 0.1, warmup: 1.5 epochs}",
     of_keras(schedules.CosineDecay(0.0, 70, warmup_target=0.1, warmup_steps=30))),
    ("{type: cosine_decay, initial_learning_rate: 0.1, decay_steps: 13, restarts: true}",
     of_keras(schedules.CosineDecayRestarts(0.1, 13))),
    ("{type: cosine_decay, initial_learning_rate: 0.1, decay_steps: 16, restarts: true, t_mul: 1, "
     "m_mul: 0.8, alpha: 0.1}",
     of_keras(schedules.CosineDecayRestarts(0.1, 16, t_mul=1.0, m_mul=0.8, alpha=0.1))),
    ("{type: cosine_decay, initial_learning_rate: 0.1, decay_steps: 11, restarts: true, "
     "t_mul: 1.5, m_mul: 0.5}",
     of_keras(schedules.CosineDecayRestarts(0.1, 11, t_mul=1.5, m_mul=0.5))),
    ("{type: polynomial_decay, initial_learning_rate: 0.1}",
     of_keras(schedules.PolynomialDecay(0.1, STEPS))),
    ("{type: polynomial_decay, initial_learning_rate: 0.1, decay_steps: 3 epochs, "
     "end_learning_rate: 0.01, power: 2}",
     of_keras(schedules.PolynomialDecay(0.1, 60, 0.01, power=2.0))),
    ("{type: polynomial_decay, initial_learning_rate: 0.1, decay_steps: 30, power: 0.5, cycle: true}",
     of_keras(schedules.PolynomialDecay(0.1, 30, power=0.5, cycle=True))),
    ("{type: one_cycle, max_learning_rate: 0.1}", one_cycle(max_lr=0.1, total_steps=STEPS)),
    ("{type: one_cycle, max_learning_rate: 0.1, total_steps: 5 epochs, pct_start: 0.45, "
     "anneal_strategy: linear, base_momentum: 0.7, max_momentum: 0.9, div_factor: 10, "
     "final_div_factor: 100}",
     one_cycle(max_lr=0.1, total_steps=STEPS, pct_start=0.45, anneal_strategy="linear",
               base_momentum=0.7, max_momentum=0.9, div_factor=10, final_div_factor=100)),
    ("{type: one_cycle, max_learning_rate: 0.1, pct_start: 0.37, three_phase: true}",
     one_cycle(max_lr=0.1, total_steps=STEPS, pct_start=0.37, three_phase=True)),
    ("{type: one_cycle, max_learning_rate: 0.1, cycle_momentum: false, pct_start: 0}",
     one_cycle(max_lr=0.1, total_steps=STEPS, cycle_momentum=False, pct_start=0.0)),
]

with open("schedules.json", "w") as file:
    json.dump({"keras": keras.__version__, "torch": torch.__version__,
               "epochs": STEPS // STEPS_PER_EPOCH, "steps_per_epoch": STEPS_PER_EPOCH,
               "cases": [{"spec": spec} | rates for spec, rates in CASES]}, file)
    file.write("\n")
