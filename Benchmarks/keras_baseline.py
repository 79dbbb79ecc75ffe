"""The network of experiments/mnist-baseline.yaml in Keras, trained on MNIST.

Prints one line of JSON for each epoch: training images per second, validation not counted.

    python keras_baseline.py DATA_DIR [--epochs N] [--threads N] [--seed N] [--full]

Needs keras and tensorflow-cpu.
"""

import argparse
import gzip
import json
import os
import pathlib
import time

parser = argparse.ArgumentParser()
parser.add_argument("data_dir", type=pathlib.Path)
parser.add_argument("--epochs", type=int, default=5)
parser.add_argument("--threads", type=int, default=0)
parser.add_argument("--seed", type=int, default=0)
parser.add_argument("--full", action="store_true", help="the whole recipe: validation, early stopping, test scores")
arguments = parser.parse_args()

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"
import keras
import numpy
import tensorflow

if arguments.threads:
    tensorflow.config.threading.set_intra_op_parallelism_threads(arguments.threads)
    tensorflow.config.threading.set_inter_op_parallelism_threads(arguments.threads)


def read(name, header):
    path = arguments.data_dir / "mnist" / name
    data = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(name + ".gz").read_bytes())
    return numpy.frombuffer(data, numpy.uint8, offset=header)


def images(part):
    return read(f"{part}-images-idx3-ubyte", 16).reshape(-1, 28, 28, 1).astype("float32") / 255


class Rate(keras.callbacks.Callback):
    """Times the training part of each epoch: from its begin to the end of its last batch."""

    def on_epoch_begin(self, epoch, logs=None):
        self.start = time.perf_counter()

    def on_train_batch_end(self, batch, logs=None):
        self.end = time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        seconds = self.end - self.start
        rate = count / seconds
        print(json.dumps({"epoch": epoch + 1, "images_per_second": rate, **(logs or {})}), flush=True)


x, y = images("train"), read("train-labels-idx1-ubyte", 8).astype("int64")
keras.utils.set_random_seed(arguments.seed)

# 6,000 images held out, as many of each class as in the whole, as in the experiment.
generator = numpy.random.default_rng(0)
held = numpy.concatenate(
    [generator.permutation(numpy.flatnonzero(y == label))[: round((y == label).sum() / 10)] for label in range(10)]
)
train = numpy.setdiff1d(numpy.arange(len(y)), held)
count = len(train)

model = keras.Sequential(
    [
        keras.Input((28, 28, 1)),
        keras.layers.Conv2D(32, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Conv2D(64, 3, activation="relu"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(128, activation="relu"),
        keras.layers.Dropout(0.5),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
model.compile(keras.optimizers.Adam(0.001), "sparse_categorical_crossentropy", metrics=["accuracy"])
callbacks = [Rate()]
validation = None
if arguments.full:
    validation = (x[held], y[held])
    callbacks.append(keras.callbacks.EarlyStopping("val_accuracy", patience=3, restore_best_weights=True))
model.fit(
    x[train], y[train], batch_size=128, epochs=arguments.epochs, verbose=0, callbacks=callbacks,
    validation_data=validation,
)
if arguments.full:
    from sklearn.metrics import f1_score

    test_y = read("t10k-labels-idx1-ubyte", 8)
    predicted = model.predict(images("t10k"), verbose=0).argmax(1)
    print(json.dumps({"seed": arguments.seed, "test_f1_macro": f1_score(test_y, predicted, average="macro")}))
