"""Writes scipy.json: geometric changes of small images, by scipy.ndimage.

    python make_scipy_fixtures.py

Each change is written here as what it does to a point of the image, and the inverse is left to numpy, so that a
sign which is wrong in the program cannot be wrong here too. The bounds are SciPy's `grid-constant`, `nearest` and
`reflect`, the interpolation `map_coordinates` of order 1, or 0 for the nearest pixel.
"""

import json
import pathlib

import numpy
from scipy import ndimage

MODES = {"constant": "grid-constant", "nearest": "nearest", "reflect": "reflect"}
random = numpy.random.default_rng(3)


def rotation(degrees):
    """Counterclockwise, where y points down."""
    c, s = numpy.cos(numpy.radians(degrees)), numpy.sin(numpy.radians(degrees))
    return numpy.array([[c, s, 0], [-s, c, 0], [0, 0, 1.0]])


def translation(right, down):
    return numpy.array([[1, 0, right], [0, 1, down], [0, 0, 1.0]])


def zoom(width, height):
    return numpy.diag([width, height, 1.0])


def shear(degrees):
    """The top, where y is negative, moves to the right."""
    return numpy.array([[1, -numpy.tan(numpy.radians(degrees)), 0], [0, 1, 0], [0, 0, 1.0]])


def elastic(shape, strength):
    return {key: random.uniform(-strength, strength, shape) for key in ("x", "y")}


def places(shape, steps):
    """x and y in the image at which each pixel of the result is read."""
    height, width = shape
    centre = numpy.array([(width - 1) / 2, (height - 1) / 2])[:, None]
    y, x = numpy.mgrid[:height, :width]
    found = numpy.stack([x.ravel(), y.ravel()]).astype(float)
    for step in reversed(steps):
        if isinstance(step, dict):
            # What lies between the pixels of the shifts is interpolated too.
            shifts = [
                ndimage.map_coordinates(step[key], found[::-1], order=1, mode="nearest") for key in "xy"
            ]
            found = found + numpy.stack(shifts)
        else:
            inverse = numpy.linalg.inv(step)
            found = inverse[:2, :2] @ (found - centre) + inverse[:2, 2:] + centre
    return found


def moved(image, steps, fill, order):
    x, y = places(image.shape[:2], steps)
    channels = [
        ndimage.map_coordinates(image[:, :, c], [y, x], order=order, mode=MODES[fill])
        for c in range(image.shape[2])
    ]
    return numpy.stack(channels, axis=-1)


def rounded(array):
    return [float(f"{value:.7g}") for value in numpy.ravel(array)]


def case(name, shape, steps, fill="constant", order=1):
    image = ndimage.gaussian_filter(random.uniform(0, 1, shape), (0.7, 0.7, 0))
    written, used = [], []
    for kind, *numbers in steps:
        if kind == "elastic":
            step = elastic(shape[:2], *numbers)
            written.append({"kind": kind, "x": rounded(step["x"]), "y": rounded(step["y"])})
        else:
            step = globals()[kind](*numbers)
            written.append({"kind": kind, "numbers": numbers})
        used.append(step)
    return {
        "name": name, "shape": shape, "image": rounded(image), "steps": written, "fill": fill,
        "interpolation": "bilinear" if order else "nearest",
        "result": rounded(moved(image, used, fill, order)),
    }


single = [("rotation", 17), ("translation", 1.3, -2.6), ("zoom", 1.25, 0.8), ("shear", 12), ("elastic", 1.5)]
cases = [
    case(f"{step[0]}, {fill}", (9, 11, 1), [step], fill) for step in single for fill in MODES
] + [
    case("far outside, reflected", (6, 5, 1), [("translation", 23.4, -31.7)], "reflect"),
    case("far outside, nearest", (6, 5, 1), [("translation", 23.4, -31.7)], "nearest"),
    case("rotation, nearest pixel", (9, 11, 1), [("rotation", 33)], order=0),
    case("rotation, nearest pixel, reflected", (9, 11, 1), [("rotation", 33)], "reflect", order=0),
    case("more columns than a vector has lanes", (3, 70, 1), [("rotation", 5)]),
    case("one pixel", (1, 1, 1), [("translation", 0.25, 0)]),
    case("colours", (7, 6, 3), [("rotation", -40), ("zoom", 0.9, 0.9)], "reflect"),
    case("rotation, then translation", (10, 8, 1), [("rotation", 30), ("translation", 2.2, 0.7)]),
    case("translation, then rotation", (10, 8, 1), [("translation", 2.2, 0.7), ("rotation", 30)]),
    case("four in a row", (12, 12, 1), [
        ("shear", 10), ("zoom", 1.1, 0.9), ("rotation", -25), ("translation", -1.5, 0.4)]),
    case("elastic, then rotation", (12, 10, 1), [("elastic", 1), ("rotation", 20)]),
    case("rotation, then elastic", (12, 10, 1), [("rotation", 20), ("elastic", 1)]),
    case("elastic between", (12, 10, 1), [("shear", 15), ("elastic", 1), ("zoom", 0.8, 1.2)], "nearest"),
]

smooth = []
for height, width, deviation in [(14, 11, 1.0), (28, 28, 3.0), (9, 16, 2.5), (7, 5, 4.0)]:
    noise = random.uniform(-1, 1, (height, width))
    smooth.append({
        "shape": [height, width], "deviation": deviation, "noise": rounded(noise),
        "result": rounded(ndimage.gaussian_filter(noise, deviation, mode="wrap", truncate=4)),
    })

image = random.uniform(0, 1, (8, 9))
cross = ndimage.generate_binary_structure(2, 1)
thick = ndimage.grey_dilation(image, footprint=cross, mode="nearest")
thin = ndimage.grey_erosion(image, footprint=cross, mode="nearest")
twice = ndimage.grey_dilation(thick, footprint=cross, mode="nearest")
strokes = {
    "shape": [8, 9], "image": rounded(image),
    "results": [
        {"pixels": 2, "result": rounded(thick)},
        {"pixels": -2, "result": rounded(thin)},
        {"pixels": 0.5, "result": rounded(0.75 * image + 0.25 * thick)},
        {"pixels": 3, "result": rounded(0.5 * thick + 0.5 * twice)},
    ],
}

target = pathlib.Path(__file__).with_name("scipy.json")
target.write_text(json.dumps({"moves": cases, "smooth": smooth, "strokes": strokes}) + "\n")
print(target, target.stat().st_size)
