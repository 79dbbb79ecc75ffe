"""Checks a run's folder against Keras and scikit-learn.

    python check_run.py RUN [--data-dir DIR]

Builds the network of RUN/resolved.yaml in Keras, loads RUN/weights.safetensors into it, and predicts the
test images: every probability must be within 1e-4 of RUN/predictions.csv. Then computes each score of
`test` in RUN/results.json from predictions.csv with scikit-learn: all must agree to 1e-9 (the loss, whose
probabilities are rounded to float32 in the file, to 1e-6). Exits with 1 if something does not agree.

For datasets of IDX files: {type: mnist}, looked for in DIR/mnist (DIR is $EXP_DATA_DIR, or data, unless
given), and {type: idx}. Needs the packages in peers.txt.
"""

import argparse
import csv
import gzip
import json
import os
import pathlib
import sys

import numpy
import yaml
from safetensors.numpy import load_file
from sklearn import metrics

sys.path.append(str(pathlib.Path(__file__).parent.parent / "LearningTests/Fixtures"))
import keras_network

parser = argparse.ArgumentParser(description="Checks a run's folder against Keras and scikit-learn.")
parser.add_argument("run", type=pathlib.Path)
parser.add_argument("--data-dir", type=pathlib.Path,
                    default=pathlib.Path(os.environ.get("EXP_DATA_DIR", "data")))
arguments = parser.parse_args()
spec = yaml.safe_load((arguments.run / "resolved.yaml").read_text())
failures = 0


def check(what, difference, most):
    global failures
    agrees = difference <= most
    failures += not agrees
    print(f"{'ok  ' if agrees else 'FAIL'}  {what}: differs by {difference:.3g} (at most {most:g})")


def idx(folder, name):
    for path in (folder / name, folder / f"{name}.gz"):
        if path.exists():
            content = path.read_bytes()
            content = gzip.decompress(content) if path.suffix == ".gz" else content
            lengths = numpy.frombuffer(content, ">u4", count=content[3], offset=4)
            return numpy.frombuffer(content, "u1", offset=4 + 4 * content[3]).reshape(lengths)
    raise SystemExit(f"there is no {name}[.gz] in {folder}")


def test_images():
    dataset = spec["data"]["dataset"]
    dataset = {"type": dataset} if isinstance(dataset, str) else dataset
    if dataset["type"] not in ("mnist", "idx"):
        raise SystemExit(f"cannot read the dataset {dataset['type']}")
    folder = pathlib.Path(dataset["path"]) if "path" in dataset else arguments.data_dir / "mnist"
    unit = idx(folder, "t10k-images-idx3-ubyte")[..., None].astype("float32") / 255
    normalization = spec["data"]["normalization"]
    if normalization not in ("unit", "symmetric"):
        raise SystemExit(f"cannot repeat the normalization {normalization}")
    images = unit if normalization == "unit" else 2 * unit - 1
    return images, idx(folder, "t10k-labels-idx1-ubyte")


with (arguments.run / "predictions.csv").open() as file:
    rows = numpy.array(list(csv.reader(file))[1:], dtype=float)
labels, predicted, probabilities = rows[:, 1].astype(int), rows[:, 2].astype(int), rows[:, 3:]

# Keras
images, true_labels = test_images()
network = keras_network.build(spec["model"]["layers"], images.shape[1:])
keras_network.load(network, load_file(arguments.run / "weights.safetensors"))
check("labels", numpy.abs(labels - true_labels).max(), 0)
check("probabilities, from Keras's",
      numpy.abs(network.predict(images, batch_size=500, verbose=0) - probabilities).max(), 1e-4)
check("predicted classes, from the most probable ones",
      numpy.abs(predicted - probabilities.argmax(1)).max(), 0)

# scikit-learn
recorded = json.loads((arguments.run / "results.json").read_text())["test"]
classes = list(range(probabilities.shape[1]))
macro = metrics.precision_recall_fscore_support(labels, predicted, labels=classes, average="macro",
                                                zero_division=0)
scores = {"accuracy": metrics.accuracy_score(labels, predicted), "precision_macro": macro[0],
          "recall_macro": macro[1], "f1_macro": macro[2]}
for name, score in scores.items():
    check(f"{name}, from scikit-learn's {score:.6f}", abs(recorded[name] - score), 1e-9)
per_class = metrics.precision_recall_fscore_support(labels, predicted, labels=classes,
                                                    zero_division=0)
for name, values in zip(("precision", "recall", "f1", "support"), per_class):
    check(f"{name} of each class",
          max(abs(entry[name] - value)
              for entry, value in zip(recorded["per_class"], values, strict=True)), 1e-9)
check("confusion matrix",
      numpy.abs(metrics.confusion_matrix(labels, predicted, labels=classes)
                - numpy.array(recorded["confusion_matrix"])).max(), 0)
loss = -numpy.log(probabilities[numpy.arange(len(labels)), labels]).mean()
check(f"loss, from the probabilities' {loss:.6f}", abs(recorded["loss"] - loss), 1e-6)
raise SystemExit(1 if failures else 0)
