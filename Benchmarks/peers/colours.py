"""Pictures of noise in CIFAR-10's size, from a seed: speed alone is measured on them.

    python3 colours.py FILE COUNT

Writes so many, and some to test on, into an .npz file as exp reads it.
"""

import sys

import numpy


def images(count):
    """Bytes of pictures (count×32×32×3) and their labels."""
    pixels = numpy.random.default_rng(0).integers(0, 256, (count, 32, 32, 3), dtype=numpy.uint8)
    return pixels, numpy.arange(count) % 10


if __name__ == "__main__":
    x, y = images(int(sys.argv[2]))
    numpy.savez(sys.argv[1], x_train=x, y_train=y, x_test=x[:100], y_test=y[:100])
