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

import networks

tensorflow.config.threading.set_intra_op_parallelism_threads(request.threads)
tensorflow.config.threading.set_inter_op_parallelism_threads(request.threads)
if request.precision == "bfloat16":
    keras.mixed_precision.set_global_policy("mixed_bfloat16")


def built(layer, x):
    """What comes of `x` behind a layer of networks.py."""
    match layer:
        case networks.Conv():
            return layers.Conv2D(
                layer.filters, layer.size, strides=layer.strides, padding=layer.padding, activation=layer.activation,
                use_bias=layer.use_bias)(x)
        case networks.Pooling(kind):
            return (layers.MaxPooling2D if kind == "max" else layers.AveragePooling2D)(2)(x)
        case networks.Dense(units, activation):
            return layers.Dense(units, activation=activation)(x)
        case networks.Dropout(rate):
            return layers.Dropout(rate)(x)
        case networks.Activation(name):
            return layers.Activation(name)(x)
        case networks.BatchNormalization():
            return layers.BatchNormalization()(x)
        case networks.Flatten():
            return layers.Flatten()(x)
        case networks.GlobalAveragePooling():
            return layers.GlobalAveragePooling2D()(x)
        case networks.Residual(main, shortcut):
            return layers.ReLU()(layers.Add()([chain(main, x), chain(shortcut, x)]))


def chain(parts, x):
    for part in parts:
        x = built(part, x)
    return x


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
source = keras.Input(x.shape[1:])
model = keras.Model(source, chain(networks.NETWORKS[request.network], source))
recipe = networks.RECIPES[request.network]
rate = recipe.rate
if recipe.warmup:
    steps = task.step_count(request) - recipe.warmup
    rate = keras.optimizers.schedules.CosineDecay(0.0, steps, warmup_target=rate, warmup_steps=recipe.warmup)
loss = "sparse_categorical_crossentropy"
if recipe.label_smoothing:
    loss = keras.losses.CategoricalCrossentropy(label_smoothing=recipe.label_smoothing)
    y, held_y = keras.utils.to_categorical(y, 10), keras.utils.to_categorical(held_y, 10)
model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
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
