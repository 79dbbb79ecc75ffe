"""Writes network.safetensors, the weights of a small network of PyTorch's, and network.json, what it predicts.

Run it in this folder; it needs safetensors and torch. network.yaml is the same network as a spec: it has the layers of
torchvision's ResNets, with modules that are called alike, at odd sizes, and a dense layer that takes a flattened image.

network.json has the `shape` of the images (height, width, channels), their `numbers` one after the other, and the
`probabilities` of each.
"""

import json

import torch
from safetensors.torch import save_file
from torch import nn

IMAGES, HEIGHT, WIDTH = 5, 17, 14


class Block(nn.Module):
    def __init__(self, channels, filters):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, filters, 3, stride=2, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(filters)
        self.conv2 = nn.Conv2d(filters, filters, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(filters)
        self.downsample = nn.Sequential(nn.Conv2d(channels, filters, 1, stride=2, bias=False), nn.BatchNorm2d(filters))

    def forward(self, x):
        y = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        return torch.relu(y + self.downsample(x))


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 6, 7, stride=2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(6)
        self.maxpool = nn.MaxPool2d(3, stride=2, padding=1)
        self.layer1 = nn.Sequential(Block(6, 8))
        self.avgpool = nn.AvgPool2d(2, stride=1, padding=1, count_include_pad=False)
        self.fc = nn.Linear(8 * 4 * 3, 4)

    def forward(self, x):
        x = self.maxpool(torch.relu(self.bn1(self.conv1(x))))
        return self.fc(self.avgpool(self.layer1(x)).flatten(1)).softmax(1)


torch.manual_seed(3)
network = Network().eval()
for module in network.modules():
    if isinstance(module, nn.BatchNorm2d):
        for tensor in (module.weight.data, module.running_var):
            tensor.uniform_(0.5, 2)
        for tensor in (module.bias.data, module.running_mean):
            tensor.uniform_(-0.5, 0.5)
save_file(network.state_dict(), "network.safetensors", {"torch": torch.__version__.split("+")[0]})
images = (torch.rand(IMAGES, 3, HEIGHT, WIDTH) * 2 - 1).round(decimals=3)
with torch.no_grad():
    probabilities = network(images)
with open("network.json", "w") as file:
    json.dump({"torch": torch.__version__.split("+")[0], "shape": [HEIGHT, WIDTH, 3],
               "numbers": [round(value, 3) for value in images.permute(0, 2, 3, 1).flatten().tolist()],
               "probabilities": [float(f"{value:.8g}") for value in probabilities.flatten().tolist()]}, file)
    file.write("\n")
