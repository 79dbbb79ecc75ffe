"""Writes padding.json: what PyTorch makes of images with that many rows and columns around them.

Run it in this folder; it needs torch and PyYAML.

Each case has a `layer` (as in a spec), the shape of one `input`, its `numbers`, the layer's `weights` by name, and its
`output` for them. Where PyTorch takes no padding of its own for each side, the image is padded before: with zeros for
a convolution, with -inf for maxima, and for means with zeros that are not counted.
"""

import json

import torch
import yaml
from torch.nn import functional

CASES = [
    ("{type: conv2d, filters: 4, kernel_size: 3, padding: 1}", [5, 4, 2]),
    ("{type: conv2d, filters: 3, kernel_size: 3, strides: 2, padding: 1}", [6, 5, 2]),
    ("{type: conv2d, filters: 3, kernel_size: 7, strides: 2, padding: 3}", [9, 8, 1]),
    ("{type: conv2d, filters: 3, kernel_size: [2, 3], strides: [3, 2], padding: [1, 2]}", [7, 6, 2]),
    ("{type: conv2d, filters: 2, kernel_size: 3, padding: [[0, 2], [1, 0]], use_bias: false}", [4, 5, 2]),
    ("{type: conv2d, filters: 4, kernel_size: 3, strides: 2, dilation_rate: 2, padding: 2, groups: 2}", [7, 8, 4]),
    ("{type: conv2d, filters: 2, kernel_size: 3, padding: 2}", [1, 1, 3]),
] + [("{type: %s, %s}" % (kind, fields), image) for kind in ("max_pooling2d", "average_pooling2d")
     for fields, image in (
         ("pool_size: 3, strides: 2, padding: 1", [7, 6, 2]), ("pool_size: 3, strides: 2, padding: 1", [1, 2, 2]),
         ("pool_size: [2, 4], strides: [2, 3], padding: [1, 2]", [5, 8, 3]),
         ("pool_size: 3, strides: [1, 2], padding: [[2, 0], [1, 2]]", [4, 5, 2]))]


def sides(padding):
    """Left, right, top and bottom, as functional.pad wants them."""
    rows, columns = (padding, padding) if isinstance(padding, int) else padding
    (top, bottom), (left, right) = ((side, side) if isinstance(side, int) else side for side in (rows, columns))
    return left, right, top, bottom


def output(fields, images, kernel, bias):
    around = sides(fields["padding"])
    strides = fields.get("strides", 1)
    if fields["type"] == "conv2d":
        return functional.conv2d(functional.pad(images, around), kernel, bias, strides,
                                 dilation=fields.get("dilation_rate", 1), groups=fields.get("groups", 1))
    if fields["type"] == "max_pooling2d":
        return functional.max_pool2d(functional.pad(images, around, value=-torch.inf), fields["pool_size"], strides)
    if isinstance(fields["padding"], int):
        return functional.avg_pool2d(images, fields["pool_size"], strides, fields["padding"], count_include_pad=False)
    sums, counts = (functional.avg_pool2d(functional.pad(each, around), fields["pool_size"], strides)
                    for each in (images, torch.ones_like(images)))
    return sums / counts


def numbers(tensor):
    return [float(f"{value:.8g}") for value in tensor.flatten().tolist()]


def case(text, shape):
    fields = yaml.safe_load(text)
    # As exp has them: height, width, channels.
    image = (torch.rand(shape) * 8 - 4).round(decimals=3)
    weights = {}
    kernel = bias = None
    if fields["type"] == "conv2d":
        size = fields["kernel_size"]
        size = [size, size] if isinstance(size, int) else size
        weights["kernel"] = (torch.rand(*size, shape[2] // fields.get("groups", 1), fields["filters"]) * 2 - 1).round(decimals=3)
        kernel = weights["kernel"].permute(3, 2, 0, 1)
        if fields.get("use_bias", True):
            weights["bias"] = bias = (torch.rand(fields["filters"]) * 2 - 1).round(decimals=3)
    result = output(fields, image.permute(2, 0, 1)[None], kernel, bias)[0].permute(1, 2, 0)
    return {"layer": text, "input": shape, "numbers": numbers(image), "shape": list(result.shape),
            "weights": {name: numbers(tensor) for name, tensor in weights.items()}, "output": numbers(result)}


torch.manual_seed(5)
fixture = {"torch": torch.__version__.split("+")[0], "values": [case(*each) for each in CASES]}
with open("padding.json", "w") as file:
    file.write(json.dumps(fixture).replace('{"layer"', '\n{"layer"') + "\n")
