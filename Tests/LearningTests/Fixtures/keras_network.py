"""Builds in Keras what the section `model:` of a spec describes. Needs keras with a backend."""

import keras
import numpy

LAYERS = {"relu": keras.layers.ReLU, "leaky_relu": keras.layers.LeakyReLU, "prelu": keras.layers.PReLU,
          "elu": keras.layers.ELU, "upsampling2d": keras.layers.UpSampling2D}
FUNCTIONS = {"selu": "selu", "gelu": "gelu", "silu": "silu", "hard_swish": "hard_silu",
             "relu6": "relu6", "hard_sigmoid": "hard_sigmoid", "mish": "mish", "softplus": "softplus", "tanh": "tanh", "sigmoid": "sigmoid", "softmax": "softmax"}


def build(layers, input_shape):
    """The network of `layers`, as read from YAML, each with the name that it has in a run's files."""
    keras.backend.clear_session()
    start = keras.Input(tuple(input_shape))
    tensors, counts = {"input": start}, {}
    result = start
    for fields in layers:
        fields = {"type": fields} if isinstance(fields, str) else dict(fields)
        kind = fields.pop("type")
        name = fields.pop("name", None)
        if name is None:
            count = counts.get(kind, 0)
            counts[kind] = count + 1
            name = f"{kind}_{count}" if count else kind
        inputs = [tensors[one] for one in fields.pop("inputs", [])] or [result]
        made = layer(kind, fields, name)
        result = tensors[name] = made(inputs if len(inputs) > 1 else inputs[0])
    return keras.Model(start, result)


def layer(kind, fields, name=None):
    """The layer of that type with the other fields as read from YAML."""
    options = {key: _value(key, value) for key, value in fields.items()}
    if kind in FUNCTIONS:
        return keras.layers.Activation(FUNCTIONS[kind], name=name)
    words = "".join(word.capitalize() for word in kind.split("_")).replace("2d", "2D")
    return (LAYERS.get(kind) or getattr(keras.layers, words))(name=name, **options)


def _value(key, value):
    part = {"type": value} if isinstance(value, str) else value
    if key == "activation" and isinstance(value, (str, dict)):
        return layer(part["type"], {key: value for key, value in part.items() if key != "type"})
    for kind in ("initializer", "regularizer", "constraint"):
        if key.endswith(f"_{kind}") and isinstance(value, dict):
            options = {key: value for key, value in value.items() if key != "type"}
            return getattr(keras, f"{kind}s").get({"class_name": value["type"], "config": options})
    return _tuples(value)


def _tuples(value):
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


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
