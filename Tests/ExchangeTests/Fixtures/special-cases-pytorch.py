"""The network of experiment 'network' in PyTorch, exported by exp.

    python net.py picture.png  # the class of each picture
    python net.py              # its layers

    model = load()
    probabilities = predict(model, images)  # uint8 of shape (N, 12, 10, 1)

The module itself takes scaled images, channels first, and gives scores before the softmax,
as torch.nn.CrossEntropyLoss wants them.
Needs torch, numpy and safetensors, and Pillow for pictures.
Identity of the experiment: 0
"""

import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

try:
    from safetensors.torch import load_file
except ImportError as error:
    raise ImportError("reading the weights needs: pip install safetensors") from error

# The name of each class, in the order of the probabilities.
CLASS_NAMES = ["0", "1", "2"]
# The network reads (byte - SHIFT) / DIVISOR, channel by channel.
SHIFT = [0.0]
DIVISOR = [255.0]


def average_pooling(x, size, stride, padding):
    """Average pooling with as much padding on each side, which the means leave out."""
    ones = F.pad(torch.ones_like(x[:1, :1]), padding)
    means = F.avg_pool2d(F.pad(x, padding), size, stride)
    return means / F.avg_pool2d(ones, size, stride)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv_1 = nn.Conv2d(1, 4, (2, 4))
        self.padded = nn.Conv2d(4, 4, 3, stride=2, padding=1)
        self.train_ = nn.Conv2d(4, 8, 3, stride=(2, 1), groups=4)
        self.pixels = nn.Conv2d(8, 6, 1)
        self.both = nn.Conv2d(6, 6, 2, stride=(2, 1), dilation=2, groups=2, bias=False)
        self.hidden = nn.Linear(36, 5)
        self.class_ = nn.Linear(11, 3)

    def forward(self, x):
        """The scores of images of shape (N, 1, 12, 10)."""
        conv_1 = F.relu(self.conv_1(F.pad(x, (1, 2, 0, 1))))
        x = average_pooling(conv_1, 2, 1, (0, 1, 0, 1))
        x = x * -0.5
        x = conv_1 + x
        x = F.max_pool2d(x, 3, stride=1, padding=1)
        x = F.max_pool2d(F.pad(x, (1, 1, 2, 2), value=-torch.inf), 3, stride=1)
        x = average_pooling(x, 3, (1, 2), (1, 1, 2, 2))
        x = F.relu6(self.padded(x))
        x = F.hardswish(self.train_(F.pad(x, (1, 1, 0, 1))))
        x = torch.tanh(self.pixels(x))
        both = F.elu(self.both(F.pad(x, (1, 1, 0, 1))))
        global_max_pooling2d = both.amax((2, 3))
        x = both.flatten(1)
        x = F.selu(self.hidden(x))
        x = F.hardsigmoid(torch.cat((global_max_pooling2d, x), dim=1))
        return self.class_(x)


def load(weights=Path(__file__).with_name("net.safetensors")):
    """The trained network, in evaluation mode."""
    model = Network()
    model.load_state_dict(load_file(weights))
    return model.eval()


def scale(images):
    """The numbers that the network reads of uint8 images of shape (N, 12, 10, 1)."""
    images = np.asarray(images)
    if images.dtype != np.uint8 or images.shape[1:] != (12, 10, 1):
        raise ValueError(
            "images must be uint8 of shape (N, 12, 10, 1), "
            f"not {images.dtype} of shape {images.shape}"
        )
    return ((images - SHIFT) / DIVISOR).astype("float32")


@torch.no_grad()
def predict(model, images):
    """The probability of each class, as an array, for uint8 images of shape
    (N, 12, 10, 1)."""
    x = torch.from_numpy(scale(images)).permute(0, 3, 1, 2)
    scores = torch.cat([model(part) for part in x.split(256)])
    return F.softmax(scores, dim=1).numpy()


def read(picture):
    """The bytes, of shape (12, 10, 1), of a PNG or JPEG file prepared as in training."""
    from PIL import Image, ImageOps

    with Image.open(picture, formats=["PNG", "JPEG"]) as image:
        if image.mode == "CMYK":
            raise ValueError("it is a CMYK JPEG; convert it to RGB")
        if image.format != "PNG":
            image = ImageOps.exif_transpose(image)
        if image.mode in ("I", "I;16"):  # Of 16 bits the upper 8 are taken.
            image = Image.fromarray((np.asarray(image) >> 8).astype("uint8"))
        image = image.convert("RGBA")
        # What is transparent shows the background.
        sheet = Image.new("RGB", image.size, (0, 0, 0))
        sheet.paste(image, mask=image)
        image = sheet.convert("L")
        if image.size != (10, 12):
            size = f"{image.width}x{image.height} pixels (width x height)"
            raise ValueError(f"it has {size}, not 10x12")
    return np.asarray(image).reshape((12, 10, 1))


def main(pictures):
    model = load()
    if not pictures:
        print(model)
        print("probabilities of an image of zeros:")
        print(predict(model, np.zeros((1, 12, 10, 1), "uint8"))[0])
    unread = 0
    for picture in pictures:
        try:
            image = read(picture)
        except Exception as error:  # Pillow raises many kinds for damaged files.
            print(f"error: {picture}: {error}", file=sys.stderr)
            unread += 1
            continue
        probabilities = predict(model, image[None])[0]
        best = probabilities.argmax()
        print(f"{picture}: {CLASS_NAMES[best]!r} {probabilities[best]:.4f}")
    if unread:
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
