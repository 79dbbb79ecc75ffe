"""Trains a network in Keras on TensorFlow, or predicts with one, as 'bench.py' asks.

Prints the number of parameters, then for each epoch or pass the seconds it took; validation is not counted in them.
Training is `fit` on arrays, prediction `predict` on arrays, with the defaults of `compile`.
"""

import os
import time

import task

request = task.arguments(__doc__.splitlines()[0])
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import tensorflow
from keras import layers

tensorflow.config.threading.set_intra_op_parallelism_threads(request.threads)
tensorflow.config.threading.set_inter_op_parallelism_threads(request.threads)
if request.precision == "bfloat16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")


def convolution(filters, size, **options):
    return [layers.Conv2D(filters, size, activation="relu", **options), layers.BatchNormalization()]


def network(name):
    if name == "mnist-baseline":
        return [
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    if name == "mnist-deotte":
        return [
            *convolution(32, 3),
            *convolution(32, 3),
            *convolution(32, 5, strides=2, padding="same"),
            layers.Dropout(0.4),
            *convolution(64, 3),
            *convolution(64, 3),
            *convolution(64, 5, strides=2, padding="same"),
            layers.Dropout(0.4),
            *convolution(128, 4),
            layers.Flatten(),
            layers.Dropout(0.4),
            layers.Dense(10, activation="softmax"),
        ]
    return [
        layers.Conv2D(6, 5, padding="same", activation="tanh"),
        layers.AveragePooling2D(2),
        layers.Conv2D(16, 5, activation="tanh"),
        layers.AveragePooling2D(2),
        layers.Flatten(),
        layers.Dense(120, activation="tanh"),
        layers.Dense(84, activation="tanh"),
        layers.Dense(10, activation="softmax"),
    ]


class Reporter(keras.callbacks.Callback):
    """Times the training part of each epoch: from its begin to that of its validation, or its end.

    Nothing is done after a batch: Keras would wait for the numbers of each.
    """

    def on_epoch_begin(self, epoch, logs=None):
        self.start, self.end = time.perf_counter(), None

    def on_test_begin(self, logs=None):
        self.end = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        task.say(epoch=epoch + 1, seconds=(self.end or time.perf_counter()) - self.start, **(logs or {}))
        if request.stop_at is not None and logs["val_accuracy"] >= request.stop_at:
            self.model.stop_training = True


x, y, held_x, held_y = task.data(request)
keras.utils.set_random_seed(request.seed)
model = keras.Sequential([keras.Input((28, 28, 1)), *network(request.network)])
model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
task.say(parameters=model.count_params())
if request.action == "train":
    model.fit(
        x, y, batch_size=request.batch_size, epochs=request.epochs, verbose=0, callbacks=[Reporter()],
        validation_data=(held_x, held_y) if request.validation else None,
    )
else:
    for number in range(request.epochs):
        start = time.perf_counter()
        model.predict(x, batch_size=request.batch_size, verbose=0)
        task.say(epoch=number + 1, seconds=time.perf_counter() - start)
