"""The network of experiment 'every-operation' in PyTorch, exported by exp.

    python net.py picture.png  # the class of each picture
    python net.py              # its layers

    model = load()
    probabilities = predict(model, images)  # uint8 of shape (N, 9, 8, 3)

The module itself takes scaled images, channels first, and gives scores before the softmax,
as torch.nn.CrossEntropyLoss wants them.
Needs torch, numpy and safetensors, and Pillow for pictures.
Identity of the experiment: 0123abcd
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
CLASS_NAMES = ["ant", "bée", "\"c\"", "d"]
# The network reads (byte - SHIFT) / DIVISOR, channel by channel.
SHIFT = [10.0, 100.5, 200.0]
DIVISOR = [50.0, 60.25, 70.0]
# Divides the scores before the softmax. Fitted on validation images, so that the
# probabilities are as often right as they say.
TEMPERATURE = 1.75


class GaussianDropout(nn.Module):
    """Multiplies each value with a normal random number around 1, in training only."""

    def __init__(self, rate):
        super().__init__()
        self.deviation = (rate / (1 - rate)) ** 0.5

    def forward(self, x):
        return x * (1 + self.deviation * torch.randn_like(x)) if self.training else x


class GaussianNoise(nn.Module):
    """Adds a normal random number to each value, in training only."""

    def __init__(self, deviation):
        super().__init__()
        self.deviation = deviation

    def forward(self, x):
        return x + self.deviation * torch.randn_like(x) if self.training else x


class PReLUByPlace(nn.Module):
    """PReLU with slopes of their own for places of the image, and not only for channels."""

    def __init__(self, *shape):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(shape))

    def forward(self, x):
        return torch.where(x > 0, x, self.weight * x)


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv2d = nn.Conv2d(3, 8, 3, stride=(2, 1), padding=1)
        self.batch_normalization = nn.BatchNorm2d(8, eps=0.001, momentum=0.1)
        self.grouped = nn.Conv2d(8, 12, 3, padding=2, dilation=2, groups=4, bias=False)
        self.prelu = nn.PReLU(12)
        self.prelu_by_column = PReLUByPlace(12, 1, 8)
        self.group_normalization = nn.GroupNorm(3, 12, eps=0.001)
        self.layer_normalization = nn.LayerNorm(12, eps=0.001)
        self.layer_normalization.bias.requires_grad_(False)  # not learned
        self.separable_conv2d = nn.Module()
        self.separable_conv2d.depthwise = nn.Conv2d(
            12, 24, 3, padding=1, groups=12, bias=False
        )
        self.separable_conv2d.pointwise = nn.Conv2d(24, 8, 1)
        self.separable_conv2d.activation = nn.PReLU(8)
        self.spatial_dropout2d = nn.Dropout2d(0.5)
        self.dropout = nn.Dropout(0.5)
        self.hidden = nn.Linear(288, 6)
        self.group_of_vector = nn.GroupNorm(2, 48, eps=0.01)
        self.group_of_vector.weight.requires_grad_(False)  # not learned
        self.layer_of_vector = nn.LayerNorm(48, eps=0.01)
        self.batch_of_vector = nn.BatchNorm1d(48, eps=0.01, momentum=0.1)
        self.batch_of_vector.weight.requires_grad_(False)  # not learned
        self.prelu_of_vector = nn.PReLU(48)
        self.alpha_dropout = nn.AlphaDropout(0.1)
        self.gaussian_dropout = GaussianDropout(0.2)
        self.gaussian_noise = GaussianNoise(0.1)
        self.dense = nn.Linear(48, 4, bias=False)

    def forward(self, x):
        """The scores of images of shape (N, 3, 9, 8)."""
        x = F.relu(self.conv2d(x))
        x = self.batch_normalization(x)
        x = F.leaky_relu(self.grouped(x), 0.3)
        x = self.prelu(x)
        x = self.prelu_by_column(x)
        x = self.group_normalization(x)
        x = self.layer_normalization(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        x = self.separable_conv2d.pointwise(self.separable_conv2d.depthwise(x))
        x = self.separable_conv2d.activation(x)
        x = F.pad(x, (0, 2, 1, 0))
        x = x[:, :, :-1, 1:]
        x = F.interpolate(x, scale_factor=(2, 3), mode="nearest-exact")
        max_pooling2d = F.max_pool2d(F.pad(x, (0, 0, 0, 1), value=-torch.inf), 3, stride=(4, 6))
        branch = F.elu(max_pooling2d, 0.7)
        branch_2 = F.gelu(max_pooling2d)
        branch_3 = F.silu(max_pooling2d)
        branch_4 = F.hardswish(max_pooling2d)
        add = branch + branch_2 + branch_3 + branch_4
        multiply = branch * branch_2 * branch_3 * branch_4
        average = (branch + branch_2 + branch_3 + branch_4) / 4
        x = torch.stack((branch, branch_2, branch_3, branch_4)).amax(0)
        x = torch.cat((add, multiply, average, x), dim=1)
        x = F.avg_pool2d(x, 3, stride=(1, 2), padding=1, count_include_pad=False)
        x = F.mish(F.softplus(x))
        x = self.spatial_dropout2d(x)
        reshape = x.permute(0, 2, 3, 1).flatten(1).unflatten(1, (8, 6, 6)).permute(0, 3, 1, 2)
        softmax_of_pixels = F.softmax(reshape, dim=1)
        x = reshape.flatten(1)
        x = F.hardtanh(x * 0.5 + 0.25, 0.0, 2.0)
        x = self.dropout(x)
        hidden = torch.tanh(self.hidden(x))
        global_average_pooling2d = reshape.mean((2, 3))
        x = F.max_pool2d(F.pad(softmax_of_pixels, (0, 0, 0, 1), value=-torch.inf), 3)
        x = torch.sigmoid(x.permute(0, 2, 3, 1).flatten(1))
        x = torch.cat((hidden, global_average_pooling2d, x), dim=1)
        x = self.group_of_vector(x)
        x = self.layer_of_vector(x)
        x = self.batch_of_vector(x)
        x = self.prelu_of_vector(x)
        x = self.alpha_dropout(x)
        x = self.gaussian_dropout(x)
        x = self.gaussian_noise(x)
        return self.dense(x)


def load(weights=Path(__file__).with_name("net.safetensors")):
    """The trained network, in evaluation mode."""
    model = Network()
    model.load_state_dict(load_file(weights))
    return model.eval()


def scale(images):
    """The numbers that the network reads of uint8 images of shape (N, 9, 8, 3)."""
    images = np.asarray(images)
    if images.dtype != np.uint8 or images.shape[1:] != (9, 8, 3):
        raise ValueError(
            "images must be uint8 of shape (N, 9, 8, 3), "
            f"not {images.dtype} of shape {images.shape}"
        )
    return ((images - SHIFT) / DIVISOR).astype("float32")


@torch.no_grad()
def predict(model, images):
    """The probability of each class, as an array, for uint8 images of shape
    (N, 9, 8, 3)."""
    x = torch.from_numpy(scale(images)).permute(0, 3, 1, 2)
    scores = torch.cat([model(part) for part in x.split(256)])
    return F.softmax(scores / TEMPERATURE, dim=1).numpy()


def read(picture):
    """The bytes, of shape (9, 8, 3), of a PNG or JPEG file prepared as in training."""
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
        sheet = Image.new("RGB", image.size, (200, 200, 200))
        sheet.paste(image, mask=image)
        image = sheet.convert("RGB")
        width = min(8, max(1, round(image.width / image.height * 9)))
        height = min(9, max(1, round(image.height / image.width * 8)))
        border = Image.new("RGB", (8, 9), (200, 200, 200))
        place = (round((8 - width) * 0.5), round((9 - height) * 0.5))
        border.paste(image.resize((width, height), Image.Resampling.BOX), place)
        image = border
    return np.asarray(image).reshape((9, 8, 3))


def main(pictures):
    model = load()
    if not pictures:
        print(model)
        print("probabilities of an image of zeros:")
        print(predict(model, np.zeros((1, 9, 8, 3), "uint8"))[0])
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
