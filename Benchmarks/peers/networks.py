"""The networks of networks/ for the peers, layer by layer in Keras's words; each peer builds them of its own layers."""

import dataclasses
import math


@dataclasses.dataclass
class Conv:
    filters: int
    size: int
    strides: int = 1
    padding: str = "valid"
    activation: str | None = None
    use_bias: bool = True


@dataclasses.dataclass
class Pooling:
    kind: str  # "max" or "average", of 2×2


@dataclasses.dataclass
class Dense:
    units: int
    activation: str | None = None


@dataclasses.dataclass
class Dropout:
    rate: float


@dataclasses.dataclass
class Activation:
    name: str


@dataclasses.dataclass
class Residual:
    """The sum of two branches, rectified. No shortcut is the input itself."""

    main: list
    shortcut: list


class BatchNormalization:
    pass


class Flatten:
    pass


class GlobalAveragePooling:
    pass


def normalized(filters, size, **options):
    return [Conv(filters, size, activation="relu", **options), BatchNormalization()]


def plain(filters, size, strides=1):
    return [Conv(filters, size, strides, "same", use_bias=False), BatchNormalization()]


def residual(filters, strides=1):
    main = [*plain(filters, 3, strides), Activation("relu"), *plain(filters, 3)]
    # A kernel of one pixel has nothing to pad.
    shortcut = [Conv(filters, 1, strides, use_bias=False), BatchNormalization()]
    return Residual(main, shortcut if strides > 1 else [])


NETWORKS = {
    "mnist-baseline": [
        Conv(32, 3, activation="relu"), Pooling("max"),
        Conv(64, 3, activation="relu"), Pooling("max"),
        Flatten(), Dense(128, "relu"), Dropout(0.5), Dense(10, "softmax"),
    ],
    "mnist-deotte": [
        *normalized(32, 3), *normalized(32, 3), *normalized(32, 5, strides=2, padding="same"), Dropout(0.4),
        *normalized(64, 3), *normalized(64, 3), *normalized(64, 5, strides=2, padding="same"), Dropout(0.4),
        *normalized(128, 4), Flatten(), Dropout(0.4), Dense(10, "softmax"),
    ],
    "lenet5": [
        Conv(6, 5, padding="same", activation="tanh"), Pooling("average"),
        Conv(16, 5, activation="tanh"), Pooling("average"),
        Flatten(), Dense(120, "tanh"), Dense(84, "tanh"), Dense(10, "softmax"),
    ],
    "mnist-resnet": [
        *plain(16, 3), Activation("relu"), residual(16), residual(32, 2), residual(64, 2),
        GlobalAveragePooling(), Dense(10, "softmax"),
    ],
    "cifar10": [
        *plain(16, 3), Activation("relu"), residual(16), residual(16), residual(32, 2), residual(32),
        residual(64, 2), residual(64), GlobalAveragePooling(), Dense(10, "softmax"),
    ],
    "mnist-fast": [
        Conv(16, 3, activation="relu"), Pooling("max"), BatchNormalization(),
        Conv(32, 3, activation="relu"), Pooling("max"), BatchNormalization(),
        Conv(64, 3, activation="relu"), BatchNormalization(), Flatten(), Dense(10, "softmax"),
    ],
}


@dataclasses.dataclass
class Recipe:
    """How a network is trained. After `warmup` steps, if there are any, the rate falls to zero along a cosine."""

    rate: float = 0.001
    warmup: int = 0
    label_smoothing: float = 0.0

    def rate_at(self, step, steps, cos=math.cos, where=lambda condition, a, b: a if condition else b):
        """The rate of step `step` of `steps`, from 0; `cos` and `where` are those of a library that traces it."""
        if not self.warmup:
            return self.rate
        share = (step - self.warmup) / (steps - self.warmup)
        return self.rate * where(step < self.warmup, step / self.warmup, (1 + cos(math.pi * share)) / 2)


RECIPES = {name: Recipe() for name in NETWORKS} | {"mnist-fast": Recipe(0.02, warmup=200, label_smoothing=0.1)}
