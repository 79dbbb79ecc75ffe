"""Writes scikit-learn's handwritten digits as IDX files: make_digits.py FOLDER. The last 360 are the test images."""

import pathlib
import sys

from sklearn.datasets import load_digits

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
digits = load_digits()
images = (digits.images * 15).astype("u1")  # 0 to 16 there, 0 to 240 here
labels = digits.target.astype("u1")
for part, range in (("train", slice(None, -360)), ("t10k", slice(-360, None))):
    for name, values in (("images-idx3", images[range]), ("labels-idx1", labels[range])):
        header = bytes([0, 0, 8, values.ndim]) + b"".join(size.to_bytes(4, "big") for size in values.shape)
        (folder / f"{part}-{name}-ubyte").write_bytes(header + values.tobytes())
