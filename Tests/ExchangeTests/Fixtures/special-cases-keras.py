"""The network of experiment 'network' in Keras 3, exported by exp.

    python net.py picture.png  # the class of each picture
    python net.py              # its layers

    model = load()
    probabilities = predict(model, images)  # uint8 of shape (N, 12, 10, 1)

The model itself takes scaled images, channels last, and gives probabilities.
KERAS_BACKEND=torch or =jax in the environment names another backend than TensorFlow.
Needs keras with any backend, numpy and safetensors, and Pillow for pictures.
Identity of the experiment: 0
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
CLASS_NAMES = ["0", "1", "2"]
# The network reads (byte - SHIFT) / DIVISOR, channel by channel.
SHIFT = [0.0]
DIVISOR = [255.0]


def window_share(shape, size, strides, padding):
    """The share of each window that lies inside of an image of that shape. Divided by it,
    means leave the padding out, which Keras on PyTorch counts where it is uneven."""
    ones = np.pad(np.ones(shape, "float32"), padding)[None, :, :, None]
    return layers.AveragePooling2D(size, strides)(ones)


def build():
    """The network, untrained."""
    if keras.config.image_data_format() != "channels_last":
        raise ValueError("call keras.config.set_image_data_format('channels_last') first")
    inputs = keras.Input((12, 10, 1), name="input")
    conv_1 = layers.Conv2D(
        4, (2, 4), padding="same", activation="relu", name="conv_1"
    )(inputs)
    x = layers.ZeroPadding2D(((0, 1), (0, 1)), name="average_pooling2d_padding")(conv_1)
    x = layers.AveragePooling2D(2, strides=1, name="average_pooling2d")(x)
    x = x / window_share((12, 10), 2, 1, ((0, 1), (0, 1)))
    x = layers.Rescaling(-0.5, name="rescaling")(x)
    x = layers.Add(name="add")([conv_1, x])
    x = layers.MaxPooling2D(3, strides=1, padding="same", name="same_as_keras")(x)
    x = keras.ops.pad(x, ((0, 0), (2, 2), (1, 1), (0, 0)), constant_values=-np.inf)
    x = layers.MaxPooling2D(3, strides=1, name="wide")(x)
    x = layers.ZeroPadding2D(((2, 2), (1, 1)), name="mean_padding")(x)
    x = layers.AveragePooling2D(3, strides=(1, 2), name="mean")(x)
    x = x / window_share((14, 10), 3, (1, 2), ((2, 2), (1, 1)))
    x = layers.ZeroPadding2D(((1, 1), (1, 1)), name="padded_padding")(x)
    x = layers.Conv2D(4, 3, strides=2, activation="relu6", name="padded")(x)
    x = layers.ZeroPadding2D(((0, 1), (1, 1)), name="train__padding")(x)
    x = layers.DepthwiseConv2D(3, depth_multiplier=2, name="train_")(x)
    x = layers.MaxPooling2D(1, strides=(2, 1), name="train__strides")(x)
    x = layers.Activation("hard_silu", name="train__activation")(x)
    x = layers.Dense(6, activation="tanh", name="pixels")(x)
    x = layers.ZeroPadding2D(((0, 1), (1, 1)), name="both_padding")(x)
    x = layers.Conv2D(6, 2, dilation_rate=2, groups=2, use_bias=False, name="both")(x)
    x = layers.MaxPooling2D(1, strides=(2, 1), name="both_strides")(x)
    both = layers.Activation("elu", name="both_activation")(x)
    global_max_pooling2d = layers.GlobalMaxPooling2D(name="global_max_pooling2d")(both)
    x = layers.Flatten(name="flatten")(both)
    x = layers.Dense(5, activation="selu", name="hidden")(x)
    x = layers.Concatenate(name="x_")([global_max_pooling2d, x])
    x = layers.Activation("hard_sigmoid", name="hard_sigmoid")(x)
    x = layers.Dense(3, activation="softmax", name="class_")(x)
    return keras.Model(inputs, x, name="network")


def load(weights=Path(__file__).with_name("net.safetensors")):
    """The trained network."""
    model = build()
    tensors = load_file(weights)
    for layer in model.layers:
        layer.set_weights([tensors[f"{layer.name}.{w.name}"] for w in layer.weights])
    return model


def scale(images):
    """The numbers that the network reads of uint8 images of shape (N, 12, 10, 1)."""
    images = np.asarray(images)
    if images.dtype != np.uint8 or images.shape[1:] != (12, 10, 1):
        raise ValueError(
            "images must be uint8 of shape (N, 12, 10, 1), "
            f"not {images.dtype} of shape {images.shape}"
        )
    return ((images - SHIFT) / DIVISOR).astype("float32")


def predict(model, images):
    """The probability of each class, as an array, for uint8 images of shape
    (N, 12, 10, 1)."""
    x = scale(images)
    if not len(x):  # Keras predicts no images.
        return np.zeros((0, len(CLASS_NAMES)), "float32")
    return model.predict(x, batch_size=256, verbose=0)


def read(picture):
    """The bytes, of shape (12, 10, 1), of a PNG or JPEG file prepared as in training."""
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
        sheet = Image.new("RGB", image.size, (0, 0, 0))
        sheet.paste(image, mask=image)
        image = sheet.convert("L")
        if image.size != (10, 12):
            size = f"{image.width}x{image.height} pixels (width x height)"
            raise ValueError(f"it has {size}, not 10x12")
    return np.asarray(image).reshape((12, 10, 1))


def main(pictures):
    model = load()
    if not pictures:
        model.summary()
        print("probabilities of an image of zeros:")
        print(predict(model, np.zeros((1, 12, 10, 1), "uint8"))[0])
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
