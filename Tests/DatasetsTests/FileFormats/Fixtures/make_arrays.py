"""Writes the NumPy archives beside this script. Pixel number i of an array, counted in C order, is (37 i + offset) % 256."""

import io
import pathlib
import zipfile

import numpy as np

here = pathlib.Path(__file__).parent


def images(*shape, offset=0):
    return ((np.arange(np.prod(shape)) * 37 + offset) % 256).astype("u1").reshape(shape)


train, test = images(6, 2, 3), images(3, 2, 3, offset=100)
labels, test_labels = np.array([0, 1, 2, 2, 1, 0]), np.array([2, 0, 1])
keras = {"x_train": train, "y_train": labels, "x_test": test, "y_test": test_labels}


def save(name, **changes):
    """Keras's arrays with changes; None leaves one out."""
    np.savez(here / name, **{key: value for key, value in {**keras, **changes}.items() if value is not None})


save("keras.npz")
np.savez_compressed(
    here / "medmnist.npz",
    train_images=images(6, 2, 2, 3), train_labels=labels.astype("u1").reshape(-1, 1),
    val_images=images(2, 2, 2, 3, offset=50), val_labels=np.array([[1], [1]], "u1"),
    test_images=images(3, 2, 2, 3, offset=100), test_labels=test_labels.astype("u1").reshape(-1, 1))
save("fortran.npz", x_train=np.asfortranarray(train), y_train=labels.astype(">i4"), y_test=test_labels.astype("<u2"))
save("one-based.npz", y_train=labels + 1, y_test=test_labels + 1)
save("no-test.npz", x_test=None, y_test=None)

with zipfile.ZipFile(here / "versions.npz", "w") as archive:
    for (name, array), version in zip(keras.items(), [(1, 0), (2, 0), (3, 0), (2, 0)]):
        file = io.BytesIO()
        np.lib.format.write_array(file, array, version=version)
        archive.writestr(zipfile.ZipInfo(f"{name}.npy"), file.getvalue())

save("float.npz", x_train=train / 255)
np.savez(here / "pickled.npz", x_train=np.array([train[0], "x"], dtype=object), y_train=labels)
save("no-y-test.npz", y_test=None)
save("one-hot.npz", y_train=np.eye(3, dtype="u1")[labels])
save("negative.npz", y_train=labels.astype("i1") - 1)
save("text.npz", y_train=labels.astype("U3"))
save("float-labels.npz", y_train=labels.astype("f4"))
save("channels-first.npz", x_train=images(6, 3, 2, 4))
save("flat.npz", x_train=images(6, 6))
save("too-few-labels.npz", y_train=labels[:5])
save("other-size.npz", x_test=images(3, 4, 4))
np.savez(here / "unnamed.npz", train, labels)
# To score networks on: a test set without training images, of one class, and arrays of no part.
save("test-alone.npz", x_train=None, y_train=None, y_test=np.array([7, 7, 7]))
np.savez(here / "plain.npz", x=test, y=test_labels)
