"""Writes layers.json: what Keras's layers make of their inputs.

Run it in this folder; it needs keras with a backend, safetensors and PyYAML.

`shapes` has cases with `layer` (as in a spec), `inputs` and `output` (shapes without the batch) and `parameters`
(how many numbers). `values` has cases with `layer`, the shape of one `input`, its `numbers`, the layer's `weights` by
name, and its `output` for them, as prediction gives it.
"""

import json

import keras
import numpy
import yaml

import keras_network

IMAGE, ODD, VECTOR = [9, 7, 6], [5, 8, 3], [24]
CONVOLUTIONS = [
    "filters: 5, kernel_size: 3", "filters: 5, kernel_size: [4, 2], strides: [2, 3], padding: same",
    "filters: 4, kernel_size: 3, dilation_rate: 2",
    "filters: 4, kernel_size: [2, 3], dilation_rate: [3, 2], padding: same",
    "filters: 4, kernel_size: 1, strides: 3", "filters: 3, kernel_size: 2, use_bias: false"]
SHAPES = (
    [("{type: conv2d, %s}" % fields, [IMAGE]) for fields in CONVOLUTIONS]
    + [("{type: conv2d, filters: 9, kernel_size: 3, groups: 3}", [IMAGE])]
    + [("{type: separable_conv2d, %s}" % fields, [ODD]) for fields in CONVOLUTIONS[:1] + CONVOLUTIONS[2:]]
    + [("{type: separable_conv2d, filters: 7, kernel_size: 3, depth_multiplier: 2, strides: 2}", [ODD])]
    + [("{type: depthwise_conv2d, %s}" % fields, [ODD]) for fields in (
        "kernel_size: 3", "kernel_size: 2, depth_multiplier: 3, padding: same",
        "kernel_size: 3, strides: 2, padding: same, use_bias: false", "kernel_size: 2, dilation_rate: 2")]
    + [("{type: %s, %s}" % (kind, fields), [image])
       for kind in ("max_pooling2d", "average_pooling2d") for image in (IMAGE, ODD) for fields in (
           "pool_size: 2", "pool_size: [3, 2], strides: 1", "pool_size: 3, strides: 2, padding: same",
           "pool_size: 2, strides: 3, padding: same", "pool_size: 5")]
    + [("{type: %s%s}" % (kind, fields), [IMAGE])
       for kind in ("global_max_pooling2d", "global_average_pooling2d") for fields in ("", ", keepdims: true")]
    + [(kind, [shape]) for kind in (
        "batch_normalization", "layer_normalization",
        "{type: batch_normalization, center: false}", "{type: layer_normalization, scale: false}",
        "{type: group_normalization, groups: 3}", "{type: group_normalization, groups: 1, scale: false}")
       for shape in (IMAGE, VECTOR)]
    + [("prelu", [IMAGE]), ("prelu", [VECTOR]), ("{type: prelu, shared_axes: [1, 2]}", [IMAGE]),
       ("{type: prelu, shared_axes: [1]}", [IMAGE]), ("{type: prelu, shared_axes: [2]}", [IMAGE])]
    + [(kind, [shape]) for kind in (
        "relu", "{type: leaky_relu, negative_slope: 0.3}", "elu", "selu", "gelu", "silu", "hard_swish",
        "softplus", "tanh", "sigmoid", "softmax", "relu6", "hard_sigmoid", "mish",
        "{type: gaussian_noise, stddev: 0.1}", "{type: gaussian_dropout, rate: 0.5}", "{type: alpha_dropout, rate: 0.5}", "{type: dropout, rate: 0.5}", "{type: rescaling, scale: 2}") for shape in (IMAGE, VECTOR)]
    + [("{type: activation, activation: elu}", [IMAGE]), ("{type: activation, activation: softmax}", [VECTOR])]
    + [("{type: spatial_dropout2d, rate: 0.5}", [IMAGE]), ("flatten", [IMAGE]), ("flatten", [VECTOR]),
       ("{type: dense, units: 4}", [VECTOR]), ("{type: dense, units: 4, use_bias: false}", [VECTOR]),
       ("{type: dense, units: 4}", [IMAGE]), ("{type: dense, units: 4, use_bias: false}", [ODD]),
       ("zero_padding2d", [IMAGE]), ("{type: zero_padding2d, padding: [0, 2]}", [IMAGE]),
       ("{type: zero_padding2d, padding: [[1, 0], [2, 3]]}", [IMAGE]),
       ("cropping2d", [IMAGE]), ("{type: cropping2d, cropping: 2}", [IMAGE]),
       ("{type: cropping2d, cropping: [0, 2]}", [IMAGE]),
       ("{type: cropping2d, cropping: [[1, 0], [2, 3]]}", [IMAGE]),
       ("upsampling2d", [IMAGE]), ("{type: upsampling2d, size: [1, 3], interpolation: nearest}", [IMAGE]),
       ("{type: reshape, target_shape: [4, 3, 2]}", [VECTOR]), ("{type: reshape, target_shape: [-1]}", [IMAGE]),
       ("{type: reshape, target_shape: [3, -1, 9]}", [IMAGE]),
       ("{type: reshape, target_shape: [1, 1, 24]}", [VECTOR])]
    + [(kind, [shape] * count) for kind in ("add", "multiply", "average", "maximum", "concatenate")
       for shape in (IMAGE, VECTOR) for count in (2, 3)]
    + [(kind, shapes) for kind in ("add", "multiply") for shapes in (
        [IMAGE, [1, 1, 6]], [[1, 1, 6], IMAGE, IMAGE], [IMAGE, [6]], [[6], IMAGE], [[1, 1, 6], [6]])]
    + [("concatenate", [[5, 5, 1], [5, 5, 17], [5, 5, 3]]), ("concatenate", [[3], [24], [1]])])

VALUES = [
    ("{type: conv2d, filters: 4, kernel_size: [2, 3], dilation_rate: [2, 1], padding: same}", [5, 4, 2]),
    ("{type: conv2d, filters: 6, kernel_size: 2, groups: 2, strides: 2, padding: same}", [5, 4, 4]),
    ("{type: depthwise_conv2d, kernel_size: 3, depth_multiplier: 2, strides: 2, padding: same}", [5, 4, 3]),
    ("{type: separable_conv2d, filters: 4, kernel_size: [2, 3], depth_multiplier: 2}", [4, 4, 3]),
    ("{type: separable_conv2d, filters: 2, kernel_size: 2, padding: same, activation: silu}", [3, 4, 2]),
    ("{type: average_pooling2d, pool_size: 3, strides: 2, padding: same}", [5, 4, 2]),
    ("{type: max_pooling2d, pool_size: 3, strides: 2, padding: same}", [5, 4, 2]),
    ("global_average_pooling2d", [3, 4, 2]), ("{type: global_max_pooling2d, keepdims: true}", [3, 4, 2]),
    ("batch_normalization", [3, 2, 4]), ("{type: batch_normalization, epsilon: 0.1, scale: false}", [6]),
    ("layer_normalization", [3, 2, 4]), ("{type: layer_normalization, epsilon: 0.01}", [7]),
    ("{type: group_normalization, groups: 2}", [3, 2, 4]), ("{type: group_normalization, groups: 3}", [6]),
    ("prelu", [3, 2, 2]), ("{type: prelu, shared_axes: [1, 2]}", [3, 2, 2]),
    ("{type: prelu, shared_axes: [2]}", [3, 2, 2]), ("{type: prelu, shared_axes: [1]}", [3, 2, 2]),
    ("{type: zero_padding2d, padding: [[1, 0], [0, 2]]}", [2, 2, 2]),
    ("{type: dense, units: 3, activation: elu}", [2, 2, 4]),
    ("{type: cropping2d, cropping: [[1, 0], [0, 2]]}", [4, 4, 2]),
    ("{type: upsampling2d, size: [2, 3]}", [2, 2, 2]),
    ("{type: rescaling, scale: -2, offset: 0.5}", [5]), ("{type: reshape, target_shape: [2, 3, 2]}", [3, 2, 2])
] + [(kind, [16]) for kind in (
    "relu", "{type: leaky_relu, negative_slope: 0.3}", "elu", "{type: elu, alpha: 0.5}", "selu", "gelu", "silu",
    "hard_swish", "softplus", "tanh", "sigmoid", "softmax", "{type: activation, activation: selu}",
    "{type: activation, activation: {type: leaky_relu, negative_slope: 0.1}}", "relu6", "hard_sigmoid", "mish")]


def make(text):
    fields = yaml.safe_load(text)
    fields = {"type": fields} if isinstance(fields, str) else fields
    return keras_network.layer(fields.pop("type"), fields)


def shape_case(text, inputs):
    layer = make(text)
    shapes = [(None, *shape) for shape in inputs]
    shape = shapes if len(shapes) > 1 else shapes[0]
    layer.build(shape)
    output = layer.compute_output_shape(shape)
    return {"layer": text, "inputs": inputs, "output": output[1:], "parameters": layer.count_params()}


def numbers(array):
    return [float(f"{value:.8g}") for value in numpy.asarray(array).ravel().tolist()]


def value_case(text, shape, source):
    layer = make(text)
    layer.build((None, *shape))
    for variable in layer.weights:
        low = 0.2 if variable.name == "moving_variance" else -1
        variable.assign(source.uniform(low, 1, variable.shape).round(3))
    images = (source.uniform(-8, 8, (1, *shape))).round(3).astype("float32")
    return {"layer": text, "input": shape, "numbers": numbers(images),
            "weights": {variable.name: numbers(variable) for variable in layer.weights},
            "output": numbers(layer(images, training=False))}


source = numpy.random.default_rng(11)
fixture = {"keras": keras.__version__, "shapes": [shape_case(*case) for case in SHAPES],
           "values": [value_case(*case, source) for case in VALUES]}
with open("layers.json", "w") as file:
    file.write(json.dumps(fixture).replace('{"layer"', '\n{"layer"') + "\n")
