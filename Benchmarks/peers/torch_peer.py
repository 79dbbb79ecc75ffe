"""Trains a network in PyTorch, or predicts with one, as 'bench.py' asks.

Prints the number of parameters, then for each epoch or pass the seconds it took; validation is not counted in them.
Eager, channels last, Adam fused, and batches sliced from one tensor instead of a DataLoader: what is fastest without
compiling. `--precision bfloat16` trains under autocast. Initial weights, epsilons and momenta are Keras's.
"""

import time

import task

request = task.arguments(__doc__.splitlines()[0])

import torch
from torch import nn

torch.set_num_threads(request.threads)
# As exp does; numbers next to nothing take many times as long.
torch.set_flush_denormal(True)


def convolution(inputs, filters, size, **options):
    # Keras's momentum is the share that stays, PyTorch's the share that is new.
    normalization = nn.BatchNorm2d(filters, eps=0.001, momentum=0.01)
    return [nn.Conv2d(inputs, filters, size, **options), nn.ReLU(), normalization]


def network(name):
    if name == "mnist-baseline":
        return [
            nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1600, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10),
        ]
    if name == "mnist-deotte":
        # A padding of 2 on all sides has the shapes of Keras's 'same', which pads 1 before and 2 after.
        return [
            *convolution(1, 32, 3), *convolution(32, 32, 3), *convolution(32, 32, 5, stride=2, padding=2),
            nn.Dropout(0.4),
            *convolution(32, 64, 3), *convolution(64, 64, 3), *convolution(64, 64, 5, stride=2, padding=2),
            nn.Dropout(0.4),
            *convolution(64, 128, 4), nn.Flatten(), nn.Dropout(0.4), nn.Linear(128, 10),
        ]
    return [
        nn.Conv2d(1, 6, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, 10),
    ]


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
model = nn.Sequential(*network(request.network))
for layer in model:
    if isinstance(layer, (nn.Conv2d, nn.Linear)):
        nn.init.xavier_uniform_(layer.weight)
        nn.init.zeros_(layer.bias)
model = model.to(memory_format=torch.channels_last)
loss_function = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), 0.001, eps=1e-7, fused=True)
# The running statistics of a normalization count as parameters, as in Keras; its counter of batches does not.
task.say(parameters=sum(value.numel() for value in model.state_dict().values() if value.is_floating_point()))
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
