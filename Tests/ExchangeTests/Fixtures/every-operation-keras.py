"""The network of experiment 'every-operation' in Keras 3, exported by exp.

    python net.py picture.png  # the class of each picture
    python net.py              # its layers

    model = load()
    probabilities = predict(model, images)  # uint8 of shape (N, 9, 8, 3)

The model itself takes scaled images, channels last, and gives probabilities.
KERAS_BACKEND=torch or =jax in the environment names another backend than TensorFlow.
Needs keras with any backend, numpy and safetensors, and Pillow for pictures.
Identity of the experiment: 0123abcd
"""

import sys
from pathlib import Path

import keras
import numpy as np
from keras import layers

try:
    from safetensors.numpy import load_file
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


def build():
    """The network, untrained."""
    if keras.config.image_data_format() != "channels_last":
        raise ValueError("call keras.config.set_image_data_format('channels_last') first")
    inputs = keras.Input((9, 8, 3), name="input")
    x = layers.Conv2D(
        8, 3, strides=(2, 1), padding="same", activation="relu", name="conv2d"
    )(inputs)
    x = layers.BatchNormalization(
        momentum=0.9, epsilon=0.001, name="batch_normalization"
    )(x)
    x = layers.Conv2D(
        12, 3, padding="same", dilation_rate=2, groups=4, use_bias=False, name="grouped"
    )(x)
    x = layers.LeakyReLU(negative_slope=0.3, name="grouped_activation")(x)
    x = layers.PReLU(shared_axes=[1, 2], name="prelu")(x)
    x = layers.PReLU(shared_axes=[1], name="prelu_by_column")(x)
    x = layers.GroupNormalization(3, epsilon=0.001, name="group_normalization")(x)
    x = layers.LayerNormalization(
        epsilon=0.001, center=False, name="layer_normalization"
    )(x)
    x = layers.SeparableConv2D(
        8, 3, padding="same", depth_multiplier=2, name="separable_conv2d"
    )(x)
    x = layers.PReLU(shared_axes=[1, 2], name="separable_conv2d_activation")(x)
    x = layers.ZeroPadding2D(((1, 0), (0, 2)), name="zero_padding2d")(x)
    x = layers.Cropping2D(((0, 1), (1, 0)), name="cropping2d")(x)
    x = layers.UpSampling2D((2, 3), name="upsampling2d")(x)
    max_pooling2d = layers.MaxPooling2D(
        3, strides=(4, 6), padding="same", name="max_pooling2d"
    )(x)
    branch = layers.ELU(alpha=0.7, name="branch")(max_pooling2d)
    branch_2 = layers.Activation("gelu", name="branch_activation")(max_pooling2d)
    branch_3 = layers.Activation("silu", name="branch_activation_2")(max_pooling2d)
    branch_4 = layers.Activation("hard_silu", name="branch_activation_3")(max_pooling2d)
    add = layers.Add(name="add")([branch, branch_2, branch_3, branch_4])
    multiply = layers.Multiply(name="multiply")([branch, branch_2, branch_3, branch_4])
    average = layers.Average(name="average")([branch, branch_2, branch_3, branch_4])
    x = layers.Maximum(name="maximum")([branch, branch_2, branch_3, branch_4])
    x = layers.Concatenate(name="concatenate")([add, multiply, average, x])
    x = layers.AveragePooling2D(
        3, strides=(1, 2), padding="same", name="average_pooling2d"
    )(x)
    x = layers.Activation("softplus", name="softplus")(x)
    x = layers.Activation("mish", name="mish")(x)
    x = layers.SpatialDropout2D(0.5, name="spatial_dropout2d")(x)
    reshape = layers.Reshape((8, 6, 6), name="reshape")(x)
    softmax_of_pixels = layers.Activation("softmax", name="softmax_of_pixels")(reshape)
    x = layers.Flatten(name="flatten")(reshape)
    x = layers.Rescaling(0.5, offset=0.25, name="rescaling")(x)
    x = layers.ReLU(max_value=2.0, name="bounded_relu")(x)
    x = layers.Dropout(0.5, name="dropout")(x)
    hidden = layers.Dense(6, activation="tanh", name="hidden")(x)
    global_average_pooling2d = layers.GlobalAveragePooling2D(
        name="global_average_pooling2d"
    )(reshape)
    x = layers.MaxPooling2D(3, padding="same", name="small")(softmax_of_pixels)
    x = layers.Flatten(name="ordered")(x)
    x = layers.Activation("sigmoid", name="ordered_activation")(x)
    x = layers.Concatenate(name="features")([hidden, global_average_pooling2d, x])
    x = layers.GroupNormalization(
        2, epsilon=0.01, scale=False, name="group_of_vector"
    )(x)
    x = layers.LayerNormalization(epsilon=0.01, name="layer_of_vector")(x)
    x = layers.BatchNormalization(
        momentum=0.9, epsilon=0.01, scale=False, name="batch_of_vector"
    )(x)
    x = layers.PReLU(name="prelu_of_vector")(x)
    x = layers.AlphaDropout(0.1, name="alpha_dropout")(x)
    x = layers.GaussianDropout(0.2, name="gaussian_dropout")(x)
    x = layers.GaussianNoise(0.1, name="gaussian_noise")(x)
    x = layers.Dense(4, use_bias=False, name="dense")(x)
    x = layers.Rescaling(1 / TEMPERATURE, name="temperature")(x)
    x = layers.Activation("softmax", name="dense_activation")(x)
    return keras.Model(inputs, x, name="every_operation")


def load(weights=Path(__file__).with_name("net.safetensors")):
    """The trained network."""
    model = build()
    tensors = load_file(weights)
    for layer in model.layers:
        layer.set_weights([tensors[f"{layer.name}.{w.name}"] for w in layer.weights])
    return model


def scale(images):
    """The numbers that the network reads of uint8 images of shape (N, 9, 8, 3)."""
    images = np.asarray(images)
    if images.dtype != np.uint8 or images.shape[1:] != (9, 8, 3):
        raise ValueError(
            "images must be uint8 of shape (N, 9, 8, 3), "
            f"not {images.dtype} of shape {images.shape}"
        )
    return ((images - SHIFT) / DIVISOR).astype("float32")


def predict(model, images):
    """The probability of each class, as an array, for uint8 images of shape
    (N, 9, 8, 3)."""
    x = scale(images)
    if not len(x):  # Keras predicts no images.
        return np.zeros((0, len(CLASS_NAMES)), "float32")
    return model.predict(x, batch_size=256, verbose=0)


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
        model.summary()
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
