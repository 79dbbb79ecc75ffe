"""Writes networks/*.safetensors: twenty training steps in Keras of each network in networks/*.yaml, in float64.

Run it in this folder; it needs keras with jax, safetensors and PyYAML.

Each file has `images` [samples, height, width, channels], `labels` [samples], the weights before as
`before/conv2d.kernel`, and for each optimizer the loss of each step as `adam/losses` and the weights after
as `adam/conv2d.kernel`. Step i takes samples 12 i ..< 12 i + 12, beginning again at the end. Optimizers:
`adam`, and `momentum` (sgd with rate 0.05 and momentum 0.9).

Each of these has a tolerance under its name with `/tolerance`, one number: how far float32 may be off. That is
a property of the network, not of a CPU. Eight more trainings, also in float64, begin each step with weights
that are changed by up to 16 roundings to float32 (2⁻²⁴ of the weight each): as many as the sums of a few
hundred products have, each in whatever order, add up to. The tolerance is twice the most by which one of them
ends elsewhere, and at least 32 roundings of the tensor's largest value. Keras in float32 has to stay within half
of it, and its part is printed; where it does not, eight draws did not show enough, and the data is passed over.

Where a value lies so near to the bend of a ReLU or to its neighbour under a maximum pooling that a rounding
decides which way a gradient takes, or where Adam makes a whole step out of a gradient that should cancel, the
tolerance grows by orders of magnitude, and the comparison says nothing. Such data is passed over: the script
takes the first seed with which no tolerance exceeds MOST of the way that the tensor's values have gone.
"""

import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_ENABLE_X64"] = "1"

import itertools
import pathlib

import keras
import numpy
import yaml
from safetensors.numpy import save_file

import keras_network

STEPS, BATCH, SAMPLES = 20, 12, 48
SHAPES = {"odd_sizes": (11, 9, 3), "grey_images": (14, 14, 1), "residual": (10, 11, 1),
          "mixed": (11, 10, 3), "constrained": (9, 10, 2), "attention": (10, 10, 2)}
OPTIMIZERS = {"adam": lambda: keras.optimizers.Adam(),
              "momentum": lambda: keras.optimizers.SGD(learning_rate=0.05, momentum=0.9)}
ROUNDINGS, DRAWS, MOST = 16, 8, 0.002


def bright_images(labels, shape, source):
    """Noise in eighths, and a patch whose place tells the class, so that there is something to learn."""
    images = source.integers(0, 5, (len(labels), *shape)).astype("float32") / 8
    for image, label in zip(images, labels):
        image[label % 5 * 2:label % 5 * 2 + 2, label // 5 * 4:label // 5 * 4 + 4] += 0.5
    return images


class Training:
    """A network in Keras with one optimizer, which can be trained again and again from the same weights."""

    def __init__(self, name, optimizer, dtype):
        keras.backend.set_floatx(dtype)
        layers = yaml.safe_load(pathlib.Path(f"networks/{name}.yaml").read_text())["layers"]
        self.network = keras_network.build(layers, SHAPES[name])
        self.network.compile(optimizer=OPTIMIZERS[optimizer](), loss="sparse_categorical_crossentropy")
        self.network.optimizer.build(self.network.trainable_variables)
        self.start = [numpy.array(variable) for variable in self.network.optimizer.variables]

    def run(self, before, images, labels, noise=None):
        """The losses and weights of twenty steps, with weights changed by `noise` before each."""
        network = self.network
        keras_network.load(network, before)
        for variable, value in zip(network.optimizer.variables, self.start):
            variable.assign(value)
        losses = []
        for step in range(STEPS):
            for variable in network.trainable_variables if noise else []:
                change = noise.uniform(-1, 1, variable.shape) * ROUNDINGS * 2.0**-24
                variable.assign(variable * (1 + change))
            batch = slice(step * BATCH % SAMPLES, step * BATCH % SAMPLES + BATCH)
            losses.append(network.train_on_batch(images[batch], labels[batch]))
            network.reset_metrics()
        return {"losses": numpy.array(losses)} | keras_network.weights(network)


def start(name, seed):
    """Images, labels and weights to begin with, all of them float32 numbers."""
    source = numpy.random.default_rng(seed)
    keras.utils.set_random_seed(seed)
    network = Training(name, "adam", "float32").network
    for variable in network.trainable_variables:
        if "kernel" not in variable.name:  # Biases that are 0 would hide a mistake, scales of 1 too.
            variable.assign_add(source.uniform(-0.1, 0.1, variable.shape))
    labels = source.integers(0, network.output_shape[-1], SAMPLES)
    return keras_network.weights(network), bright_images(labels, SHAPES[name], source), labels


def distances(results, others):
    """For each tensor, the most by which one of the `others` differs."""
    return {key: max(numpy.abs(other[key] - value).max() for other in others)
            for key, value in results.items()}


def trainings(name, seed, trainers):
    """The tensors of a file; None if rounding decides too much with that seed."""
    before, images, labels = start(name, seed)
    tensors = {"images": images, "labels": labels.astype("float32")}
    tensors |= {f"before/{key}": value for key, value in before.items()}
    for optimizer, (exact, single) in trainers.items():
        after = exact.run(before, images, labels)
        noise = numpy.random.default_rng(seed)
        tolerances = distances(
            after, [exact.run(before, images, labels, noise) for _ in range(DRAWS)])
        ways = {key: numpy.abs(value - before.get(key, 0)).max() for key, value in after.items()}
        # Twenty updates are rounded, and losses are sums, wherever the weights go.
        least = {key: ROUNDINGS * 2.0**-24 * numpy.abs(value).max() for key, value in after.items()}
        tolerances = {key: max(value, least[key]) for key, value in tolerances.items()}
        worst = max(tolerances, key=lambda key: (tolerances[key] - least[key]) / (ways[key] or 1))
        share = (tolerances[worst] - least[worst]) / (ways[worst] or 1)
        if share > MOST:
            print(f"{name}, {optimizer}, seed {seed}: rounding decides {share:.1e} of {worst}")
            return None
        off = distances(after, [single.run(before, images, labels)])
        tolerances = {key: 2 * value for key, value in tolerances.items()}
        used = {key: off[key] / tolerances[key] for key in off}
        most = max(used, key=used.get)
        print(f"{name}, {optimizer}, seed {seed}: tolerances up to {share:.1e} of the way ({worst}), "
              f"of which Keras in float32 uses up to {used[most]:.2f} ({most})")
        if used[most] > 0.5:
            print(f"{name}, {optimizer}, seed {seed}: Keras itself is off by {used[most]:.2f} of the tolerance of {most}")
            return None
        tensors |= {f"{optimizer}/{key}": value.astype("float32") for key, value in after.items()}
        tensors |= {f"{optimizer}/{key}/tolerance": numpy.array([value], "float32")
                    for key, value in tolerances.items()}
    return tensors


for name in SHAPES:
    trainers = {optimizer: (Training(name, optimizer, "float64"), Training(name, optimizer, "float32"))
                for optimizer in OPTIMIZERS}
    tensors = next(filter(None, (trainings(name, seed, trainers) for seed in itertools.count())))
    save_file(tensors, f"networks/{name}.safetensors", metadata={"keras": keras.__version__})
