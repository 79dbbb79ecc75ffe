"""What a peer is asked to do, and images for it. Every peer takes the same arguments and prints lines of JSON."""

import argparse
import gzip
import json
import pathlib

import numpy

import colours
from networks import NETWORKS

# As in the experiments: pixels from 0 to 1, for LeNet-5 from -1 to 1, or with a mean of 0 and a deviation of 1.
SYMMETRIC = {"lenet5"}
STANDARD = {"mnist-fast"}


def arguments(description):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("action", choices=["train", "predict"])
    parser.add_argument("network", choices=list(NETWORKS))
    parser.add_argument("--data-dir", type=pathlib.Path, required=True)
    parser.add_argument("--images", type=int, required=True, help="images to train on, or to predict")
    parser.add_argument("--validation", type=int, default=0, help="images held out, each class alike")
    parser.add_argument("--epochs", type=int, default=1, help="of 'predict': passes over the images")
    parser.add_argument("--batch-size", type=int, default=128)
    parser.add_argument("--threads", type=int, required=True)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--stop-at", type=float, help="end after an epoch with this val_accuracy")
    parser.add_argument("--precision", choices=["float32", "bfloat16"], default="float32")
    parser.add_argument("--compile", action="store_true", help="of PyTorch alone")
    return parser.parse_args()


def step_count(task):
    """Steps of the whole training."""
    return task.epochs * -(-task.images // task.batch_size)


def say(**values):
    print(json.dumps(values), flush=True)


def read(folder, name, header):
    path = folder / "mnist" / name
    data = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(name + ".gz").read_bytes())
    return numpy.frombuffer(data, numpy.uint8, offset=header)


def data(task):
    """Training images (count×28×28×1, or 32×32×3) and labels, then those held out: as many as exp's, though not the same."""
    if task.network == "cifar10":
        pixels, labels = colours.images(task.images)
        return pixels.astype("float32") / 255, labels, pixels[:0], labels[:0]
    pixels = read(task.data_dir, "train-images-idx3-ubyte", 16).reshape(-1, 28, 28, 1)
    labels = read(task.data_dir, "train-labels-idx1-ubyte", 8).astype("int64")
    generator = numpy.random.default_rng(0)
    shares = numpy.bincount(labels) * task.validation / len(labels)
    counts = shares.astype(int)
    counts[numpy.argsort(counts - shares)[: task.validation - counts.sum()]] += 1
    held = [generator.permutation(numpy.flatnonzero(labels == label))[:count] for label, count in enumerate(counts)]
    held = numpy.concatenate(held)
    train = numpy.setdiff1d(numpy.arange(len(labels)), held)[: task.images]
    if len(train) < task.images:
        raise SystemExit(f"{task.images} images were asked for, there are {len(train)}")

    mean, deviation = (pixels[train].mean(), pixels[train].std()) if task.network in STANDARD else (0, 255)

    def images(indices):
        scaled = (pixels[indices].astype("float32") - numpy.float32(mean)) / numpy.float32(deviation)
        return scaled * 2 - 1 if task.network in SYMMETRIC else scaled

    return images(train), labels[train], images(held), labels[held]
