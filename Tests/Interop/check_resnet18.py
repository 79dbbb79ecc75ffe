"""Checks experiments/resnet18.yaml against torchvision.

    python check_resnet18.py make WEIGHTS
    python check_resnet18.py compare WEIGHTS RUN SHAPES

The first writes a resnet18 of six classes with random weights as torchvision has them, in half, double and single
precision. The second holds the probabilities that RUN recorded, which started from WEIGHTS and learned nothing, against
those that torchvision's network gives for the test pictures in SHAPES: each must be within 1e-5. Exits with 1 if one is
not. Needs the packages in peers.txt.
"""

import csv
import pathlib
import sys

import numpy
import torch
import torchvision
from PIL import Image
from safetensors.torch import load_file, save_file

MEAN, STD = [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]


def make(path):
    torch.manual_seed(1)
    network = torchvision.models.resnet18(num_classes=6)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.uniform_(-0.5, 0.5)
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2)
    types = {"layer1.0.conv1.weight": torch.float16, "layer2.0.bn1.running_mean": torch.bfloat16,
             "fc.bias": torch.float64}
    save_file({name: tensor.to(types.get(name, tensor.dtype)) for name, tensor in network.state_dict().items()}, path)


def compare(weights, run, shapes):
    network = torchvision.models.resnet18(num_classes=6)
    network.load_state_dict(load_file(weights))
    network.eval()
    with (pathlib.Path(run) / "predictions.csv").open() as file:
        rows = list(csv.DictReader(file))
    recorded = numpy.array([[float(value) for key, value in row.items() if key.startswith("p_")] for row in rows])
    pictures = [numpy.array(Image.open(pathlib.Path(shapes) / row["file"])) for row in rows]
    with torch.no_grad():
        images = torch.tensor(numpy.array(pictures)).permute(0, 3, 1, 2) / 255
        images = torchvision.transforms.functional.normalize(images, MEAN, STD)
        probabilities = torch.cat([network(batch).softmax(1) for batch in images.split(64)]).numpy()
    difference = numpy.abs(probabilities - recorded).max()
    spread = numpy.ptp(recorded, axis=0).max()
    print(f"resnet18: {len(rows)} pictures, probabilities over a range of {spread:.2f} differ by {difference:.1e} "
          "from torchvision's (at most 1e-05)")
    return difference <= 1e-5


if sys.argv[1] == "make":
    make(*sys.argv[2:])
else:
    raise SystemExit(0 if compare(*sys.argv[2:]) else 1)
