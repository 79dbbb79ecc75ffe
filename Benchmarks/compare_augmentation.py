"""Speed of augmentation: exp and torchvision's v2 transforms by turns, several rounds, on one core.

    python compare_augmentation.py AUGMENTATION_SPEED [--rounds N]

AUGMENTATION_SPEED is the program's path (swift build -c release --product AugmentationSpeed). Run it with a Python
that has torch and torchvision. Both change images of float32 pixels one at a time, 28×28 grey ones and 32×32 coloured
ones, each with its own random numbers. `affine` is a rotation up to 15°, a shift up to a tenth, a zoom up to a tenth
and a shear up to 10°; `elastic` is torchvision's alpha 34 and sigma 4, which are a displacement of 1.4 pixels; `colour`
is a saturation up to 0.4 and a hue up to 0.1. Prints each round's medians in microseconds per image, then the medians
of the rounds and their ratio.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import time

os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})

import torch
from torchvision.transforms import v2

torch.set_num_threads(1)
parser = argparse.ArgumentParser()
parser.add_argument("program", type=pathlib.Path)
parser.add_argument("--rounds", type=int, default=5)
arguments = parser.parse_args()

bilinear = v2.InterpolationMode.BILINEAR
transforms = {
    "affine": v2.RandomAffine(15, translate=(0.1, 0.1), scale=(0.9, 1.1), shear=10, interpolation=bilinear),
    "elastic": v2.ElasticTransform(alpha=34.0, sigma=4.0, interpolation=bilinear),
    "colour": v2.ColorJitter(saturation=0.4, hue=0.1),
}
images = {"grey": torch.rand(500, 1, 28, 28), "rgb": torch.rand(500, 3, 32, 32)}


def ours(kind, size):
    output = subprocess.run([arguments.program, kind, size], check=True, capture_output=True, text=True).stdout
    return statistics.median(float(line) for line in output.split())


def theirs(kind, size):
    times = []
    for _ in range(5):
        start = time.perf_counter()
        for image in images[size]:
            transforms[kind](image)
        times.append((time.perf_counter() - start) / len(images[size]) * 1e6)
    return statistics.median(times)


for kind, size in [("affine", "grey"), ("elastic", "grey"), ("affine", "rgb"), ("elastic", "rgb"), ("colour", "rgb")]:
    pairs = []
    for number in range(arguments.rounds):
        order = (ours, theirs) if number % 2 == 0 else (theirs, ours)
        found = {function: function(kind, size) for function in order}
        pairs.append((found[ours], found[theirs]))
        print(f"{kind} {size}, round {number + 1}: exp {pairs[-1][0]:.2f}  torchvision {pairs[-1][1]:.0f} µs/image", flush=True)
    ratios = [b / a for a, b in pairs]
    print(
        f"{kind} {size}: exp {statistics.median(a for a, _ in pairs):.2f}  "
        f"torchvision {statistics.median(b for _, b in pairs):.0f} µs/image  "
        f"ratio {statistics.median(ratios):.0f} (from {min(ratios):.0f} to {max(ratios):.0f})"
    )
