"""Makes small files in the formats of CIFAR-10, EMNIST and QMNIST, and prints what NumPy reads from them.

    pip install numpy
    python make_catalogue.py

CIFAR-10's layout is that of its authors' page; EMNIST's images are turned upright as everybody does it, with a transpose.
"""

import gzip
import hashlib
import io
import pathlib
import tarfile
import zipfile

import numpy as np

folder = pathlib.Path(__file__).parent
random = np.random.default_rng(0)


def sha256(array):
    return hashlib.sha256(np.ascontiguousarray(array).tobytes()).hexdigest()


def idx(array):
    code = {"uint8": 8, "int32": 12}[array.dtype.name]
    head = bytes([0, 0, code, array.ndim]) + b"".join(n.to_bytes(4, "big") for n in array.shape)
    return head + array.astype(array.dtype.newbyteorder(">")).tobytes()


# Pixels of few values, so that the files are small.
planes = [random.integers(0, 4, (3, 3, 32, 32), np.uint8) * 80 for _ in range(2)]
labels = [np.array([0, 9, 3], np.uint8), np.array([7, 7, 1], np.uint8)]
with tarfile.open(folder / "cifar.tar.gz", "w:gz") as archive:
    for name, images, classes in zip(["data_batch_1.bin", "test_batch.bin"], planes, labels):
        data = b"".join(bytes([c]) + i.tobytes() for c, i in zip(classes, images))
        entry = tarfile.TarInfo("cifar-10-batches-bin/" + name)
        entry.size = len(data)
        archive.addfile(entry, io.BytesIO(data))
for images in planes:
    print("cifar pixels", sha256(images.transpose(0, 2, 3, 1)))

letters = {"train": [1, 2, 2, 1], "test": [2, 1]}
with zipfile.ZipFile(folder / "letters.zip", "w") as archive:
    for part, classes in letters.items():
        upright = random.integers(0, 256, (len(classes), 4, 4), np.uint8)
        published = upright.transpose(0, 2, 1)
        for name, array in [
            (f"emnist-letters-{part}-images-idx3-ubyte.gz", np.ascontiguousarray(published)),
            (f"emnist-letters-{part}-labels-idx1-ubyte.gz", np.array(classes, np.uint8)),
        ]:
            archive.writestr("gzip/" + name, gzip.compress(idx(array), mtime=0))
        print(part, "letters", sha256(upright))

table = random.integers(0, 3000, (3, 8)).astype(np.int32)
table[:, 0] = [1, 0, 1]
(folder / "table-idx2-int").write_bytes(idx(table))
