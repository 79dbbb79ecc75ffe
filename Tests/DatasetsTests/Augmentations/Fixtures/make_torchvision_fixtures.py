"""Writes torchvision.json: changes of small images, by torchvision's functional API.

    python make_torchvision_fixtures.py

Images are float64 from 0 to 1, every number a byte / 255, in the order height, width, channels. Posterizing and
equalizing are done with the bytes, since torchvision rounds floats to other levels than bytes have.
"""

import json
import pathlib

import numpy
import torch
import torchvision
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional

random = numpy.random.default_rng(5)
NEAREST, BILINEAR = v2.InterpolationMode.NEAREST, v2.InterpolationMode.BILINEAR


def picture(height, width, channels, low=0, high=256):
    """A smooth picture, as bytes."""
    coarse = torch.from_numpy(random.uniform(low, high, (1, channels, 4, 4)))
    smooth = torch.nn.functional.interpolate(coarse, (height, width), mode="bilinear")[0]
    return (smooth + torch.from_numpy(random.uniform(-8, 8, smooth.shape))).clamp(0, 255).round().to(torch.uint8)


def rounded(image):
    if image.dtype == torch.uint8:
        image = image.double() / 255
    return [float(f"{value:.6g}") for value in image.permute(1, 2, 0).flatten().tolist()]


def shape(image):
    return [image.shape[1], image.shape[2], image.shape[0]]


def floats(image):
    return image.double() / 255


colours, grey = picture(9, 7, 3), picture(9, 7, 1)
# All six sectors of the colour circle, greys, black and white.
hues = torch.tensor(
    [[255, 0, 0], [255, 200, 0], [120, 255, 0], [0, 255, 60], [0, 255, 255], [20, 60, 240], [255, 0, 255],
     [250, 10, 90], [0, 0, 0], [255, 255, 255], [77, 77, 77], [200, 100, 100]], dtype=torch.uint8).T.reshape(3, 3, 4)

changes = []


def change(name, image, function, **arguments):
    changes.append({
        "name": name, "shape": shape(image), "image": rounded(image), "arguments": arguments,
        "result": rounded(function(floats(image))),
    })


for image in (colours, hues):
    for factor in (0.0, 0.3, 1.0, 1.7):
        change("saturation", image, lambda x: functional.adjust_saturation(x, factor), factor=factor)
    for amount in (-0.5, -0.21, 0.0, 0.07, 0.33, 0.5):
        change("hue", image, lambda x: functional.adjust_hue(x, amount), factor=amount)
    change("grayscale", image, lambda x: functional.rgb_to_grayscale(x, num_output_channels=3))

for image in (colours, grey):
    for size, sigma in [((3, 3), 0.1), ((3, 5), 0.8), ((7, 1), 2.0), ((17, 13), 3.0)]:
        change(
            "blur", image, lambda x: functional.gaussian_blur(x, [size[1], size[0]], [sigma, sigma]),
            height=size[0], width=size[1], sigma=sigma)
    for padding, top, left, fill in [((4, 2), 0, 3, 0.0), ((1, 3), 2, 6, 0.25), ((20, 20), 1, 20, 0.5)]:
        change(
            "crop", image, lambda x: functional.crop(
                functional.pad(x, [padding[1], padding[0]], fill=fill), top, left, *x.shape[1:]),
            down=padding[0] - top, right=padding[1] - left, fill=fill)

corners = [
    [[0, 0], [6, 0], [6, 8], [0, 8]], [[1, 2], [5, 1], [6, 7], [0, 5]], [[2, 0], [4, 0], [6, 8], [0, 8]],
    [[2, 3], [4, 0], [4, 8], [1, 6]],
]
for image in (colours, grey):
    for ends in corners:
        starts = [[0, 0], [6, 0], [6, 8], [0, 8]]
        change(
            "perspective", image, lambda x: functional.perspective(x, starts, ends, interpolation=BILINEAR),
            corners=ends)

# The operations of RandAugment and TrivialAugment as these two apply them.
operations = []
small_colours, small_grey = picture(5, 4, 3), picture(5, 4, 1)
for limits, policy in [("rand", v2.RandAugment()), ("trivialWide", v2.TrivialAugmentWide())]:
    for name, (magnitudes, is_signed) in policy._AUGMENTATION_SPACE.items():
        for image in (small_colours, small_grey):
            found = magnitudes(31, *image.shape[1:])
            levels = [(7, False), (16, is_signed), (29, False)]
            for level, is_reversed in levels[:1] if found is None else levels:
                magnitude = 0.0 if found is None else float(found[level]) * (-1 if is_reversed else 1)
                given = image if name in ("Posterize", "Equalize") else floats(image)
                result = policy._apply_image_or_video_transform(
                    given, name, magnitude, interpolation=NEAREST, fill={type(given): None})
                operations.append({
                    "operation": name[0].lower() + name[1:], "limits": limits, "level": level,
                    "isReversed": is_reversed, "isGrey": image is small_grey, "result": rounded(result),
                })

# Pictures of some size, since equalizing needs more pixels than there are levels.
large = picture(24, 22, 3, 60, 180)
equalized = {"shape": shape(large), "image": rounded(large), "result": rounded(functional.equalize(large))}

target = pathlib.Path(__file__).with_name("torchvision.json")
target.write_text(json.dumps({
    "torch": torch.__version__.split("+")[0], "torchvision": torchvision.__version__.split("+")[0],
    "changes": changes, "colours": {"shape": shape(small_colours), "image": rounded(small_colours)},
    "grey": {"shape": shape(small_grey), "image": rounded(small_grey)}, "operations": operations, "equalized": equalized,
}) + "\n")
print(target, target.stat().st_size)
