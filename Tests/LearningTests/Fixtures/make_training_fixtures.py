"""Writes networks/*.safetensors: twenty training steps in Keras of each network in networks/*.yaml.

Run it in this folder; it needs keras with a backend, safetensors and PyYAML.

Each file has `images` [samples, height, width, channels], `labels` [samples], the weights before as
`before/conv2d.kernel`, and for each optimizer the loss of each step as `adam/losses` and the weights after
as `adam/conv2d.kernel`. Step i takes samples 12 i ..< 12 i + 12, beginning again at the end. Optimizers:
`adam`, and `momentum` (sgd with rate 0.05 and momentum 0.9).
"""

import pathlib

import keras
import numpy
import yaml
from safetensors.numpy import save_file

import keras_network

STEPS, BATCH, SAMPLES = 20, 12, 48
SHAPES = {"odd_sizes": (11, 9, 3), "grey_images": (14, 14, 1), "residual": (10, 11, 1),
          "mixed": (11, 10, 3)}
OPTIMIZERS = {"adam": lambda: keras.optimizers.Adam(),
              "momentum": lambda: keras.optimizers.SGD(learning_rate=0.05, momentum=0.9)}


def bright_images(labels, shape, source):
    """Noise in eighths, and a patch whose place tells the class, so that there is something to learn."""
    images = source.integers(0, 5, (len(labels), *shape)).astype("float32") / 8
    for image, label in zip(images, labels):
        image[label % 5 * 2:label % 5 * 2 + 2, label // 5 * 4:label // 5 * 4 + 4] += 0.5
    return images


def fixture(name):
    source = numpy.random.default_rng(7)
    layers = yaml.safe_load(pathlib.Path(f"networks/{name}.yaml").read_text())["layers"]
    keras.utils.set_random_seed(3)
    network = keras_network.build(layers, SHAPES[name])
    for variable in network.trainable_variables:
        if "kernel" not in variable.name:  # Biases that are 0 would hide a mistake, scales of 1 too.
            variable.assign_add(source.uniform(-0.1, 0.1, variable.shape))
    before = keras_network.weights(network)
    labels = source.integers(0, network.output_shape[-1], SAMPLES)
    images = bright_images(labels, SHAPES[name], source)
    tensors = {"images": images, "labels": labels.astype("float32")}
    tensors |= {f"before/{key}": value for key, value in before.items()}
    for optimizer, make in OPTIMIZERS.items():
        keras_network.load(network, before)
        network.compile(optimizer=make(), loss="sparse_categorical_crossentropy")
        losses = []
        for step in range(STEPS):
            batch = slice(step * BATCH % SAMPLES, step * BATCH % SAMPLES + BATCH)
            losses.append(network.train_on_batch(images[batch], labels[batch]))
            network.reset_metrics()
        print(name, optimizer, losses[0], losses[-1])
        tensors[f"{optimizer}/losses"] = numpy.array(losses, "float32")
        tensors |= {f"{optimizer}/{key}": value
                    for key, value in keras_network.weights(network).items()}
    save_file(tensors, f"networks/{name}.safetensors", metadata={"keras": keras.__version__})


for name in SHAPES:
    fixture(name)
