"""Trains a network in PyTorch, or predicts with one, as 'bench.py' asks.

Prints the number of parameters, then for each epoch or pass the seconds it took; validation is not counted in them.
Eager, channels last, Adam fused, and batches sliced from one tensor instead of a DataLoader: what is fastest without
compiling; `--compile` does that, too. `--precision bfloat16` trains under autocast. Initial weights, epsilons and momenta are
Keras's.
"""

import time

import task

request = task.arguments(__doc__.splitlines()[0])

import torch
from torch import nn

import networks

torch.set_num_threads(request.threads)
# As exp does; numbers next to nothing take many times as long.
torch.set_flush_denormal(True)


class Residual(nn.Module):
    def __init__(self, main, shortcut):
        super().__init__()
        self.main, self.shortcut = main, shortcut

    def forward(self, x):
        return torch.relu(self.main(x) + self.shortcut(x))


def activation(name):
    # The loss is told what goes into a softmax.
    return {"relu": [nn.ReLU()], "tanh": [nn.Tanh()]}.get(name, [])


def built(layer, channels, side):
    """A layer of networks.py for images of that size, as a list of PyTorch's, and the size of what comes of it."""
    match layer:
        case networks.Conv():
            # As much on all sides has the shapes of Keras's 'same', which pads one less before than after where the
            # image is even and the stride 2.
            padding = layer.size // 2 if layer.padding == "same" else 0
            convolution = nn.Conv2d(
                channels, layer.filters, layer.size, stride=layer.strides, padding=padding, bias=layer.use_bias)
            side = (side + 2 * padding - layer.size) // layer.strides + 1
            return [convolution, *activation(layer.activation)], layer.filters, side
        case networks.Pooling(kind):
            return [nn.MaxPool2d(2) if kind == "max" else nn.AvgPool2d(2)], channels, side // 2
        case networks.Dense(units, name):
            return [nn.Linear(channels, units), *activation(name)], units, 1
        case networks.Dropout(rate):
            return [nn.Dropout(rate)], channels, side
        case networks.Activation(name):
            return activation(name), channels, side
        case networks.BatchNormalization():
            # Keras's momentum is the share that stays, PyTorch's the share that is new.
            return [nn.BatchNorm2d(channels, eps=0.001, momentum=0.01)], channels, side
        case networks.Flatten():
            return [nn.Flatten()], channels * side * side, 1
        case networks.GlobalAveragePooling():
            return [nn.AdaptiveAvgPool2d(1), nn.Flatten()], channels, 1
        case networks.Residual(main, shortcut):
            beside, _, _ = chain(shortcut, channels, side)
            behind, channels, side = chain(main, channels, side)
            return [Residual(behind, beside)], channels, side


def chain(parts, channels, side):
    modules = []
    for part in parts:
        found, channels, side = built(part, channels, side)
        modules += found
    return nn.Sequential(*modules), channels, side


def autocast():
    return torch.autocast("cpu", torch.bfloat16, enabled=request.precision == "bfloat16")


def tensors(images, labels):
    images = torch.from_numpy(images).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
    return images, torch.from_numpy(labels)


def train_epoch():
    """One epoch; like exp and Keras it also sums up loss and accuracy."""
    model.train()
    loss_sum, correct = torch.zeros(()), torch.zeros((), dtype=torch.int64)
    for indices in torch.randperm(len(x)).split(request.batch_size):
        with autocast():
            output = model(x[indices])
            loss = loss_function(output, y[indices])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        if recipe.warmup:
            schedule.step()
        loss_sum += loss.detach() * len(indices)
        correct += (output.detach().argmax(1) == y[indices]).sum()
    return {"loss": loss_sum.item() / len(x), "accuracy": correct.item() / len(x)}


@torch.inference_mode()
def predict(images):
    model.eval()
    with autocast():
        return [model(images[i : i + request.batch_size]) for i in range(0, len(images), request.batch_size)]


images, labels, held_images, held_labels = task.data(request)
x, y = tensors(images, labels)
held_x, held_y = tensors(held_images, held_labels)
torch.manual_seed(request.seed)
model, _, _ = chain(networks.NETWORKS[request.network], x.shape[1], x.shape[2])
for layer in model.modules():
    if isinstance(layer, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(layer.weight)
        if layer.bias is not None:
            nn.init.zeros_(layer.bias)
model = model.to(memory_format=torch.channels_last)
recipe = networks.RECIPES[request.network]
loss_function = nn.CrossEntropyLoss(label_smoothing=recipe.label_smoothing)
optimizer = torch.optim.Adam(model.parameters(), 1.0, eps=1e-7, fused=True)
schedule = torch.optim.lr_scheduler.LambdaLR(
    optimizer, lambda step: recipe.rate_at(step, task.step_count(request)))
# The running statistics of a normalization count as parameters, as in Keras; its counter of batches does not.
task.say(parameters=sum(value.numel() for value in model.state_dict().values() if value.is_floating_point()))
if request.compile:
    # In place, so that its own code is what both training and prediction call.
    model.compile()
for number in range(request.epochs):
    start = time.perf_counter()
    if request.action == "train":
        scores = train_epoch()
    else:
        predict(x)
        scores = {}
    seconds = time.perf_counter() - start
    if request.action == "train" and request.validation:
        predicted = torch.cat(predict(held_x)).argmax(1)
        scores["val_accuracy"] = (predicted == held_y).sum().item() / len(held_y)
    task.say(epoch=number + 1, seconds=seconds, **scores)
    if request.stop_at is not None and scores["val_accuracy"] >= request.stop_at:
        break
