"""Builds in Keras what the section `model:` of a spec describes. Needs keras and safetensors."""

import keras
import numpy

ACTIVATION_LAYERS = ("relu", "tanh", "sigmoid", "softmax")


def build(layers, input_shape):
    """The network of `layers`, as read from YAML, with the names that Keras gives by itself."""
    keras.backend.clear_session()
    return keras.Sequential([keras.Input(tuple(input_shape)), *map(_layer, layers)])


def _layer(fields):
    options = {key: value for key, value in fields.items() if key != "type"}
    options = {key: tuple(value) if isinstance(value, list) else value
               for key, value in options.items()}
    kind = fields["type"]
    if kind in ACTIVATION_LAYERS:
        return keras.layers.Activation(kind)
    classes = {"conv2d": keras.layers.Conv2D, "max_pooling2d": keras.layers.MaxPooling2D,
               "flatten": keras.layers.Flatten, "dense": keras.layers.Dense,
               "dropout": keras.layers.Dropout}
    return classes[kind](**options)


def weights(network):
    """The network's weights under the names that weights.safetensors has: `conv2d_1.kernel`."""
    return {f"{layer.name}.{variable.name}": numpy.array(variable)
            for layer in network.layers for variable in layer.weights}


def load(network, tensors):
    """Sets the network's weights; they must be `tensors`, no more and no less, by name and shape."""
    names = {f"{layer.name}.{variable.name}": variable
             for layer in network.layers for variable in layer.weights}
    if set(names) != set(tensors):
        raise SystemExit(f"Keras's weights are {sorted(names)}, but there are {sorted(tensors)}")
    for name, variable in names.items():
        variable.assign(tensors[name])
