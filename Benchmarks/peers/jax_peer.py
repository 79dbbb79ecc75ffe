"""Trains a network in JAX, or predicts with one, as 'bench.py' asks.

Prints the number of parameters, then for each epoch or pass the seconds it took; validation is not counted in them.
A step is compiled as a whole: forward, gradients and Adam, with the memory of the weights given back; the images lie in
JAX's memory. Initial weights, epsilons and momenta are Keras's.
"""

import functools
import os
import time

import task

request = task.arguments(__doc__.splitlines()[0])
# Its threads are as many as the cores that it may use.
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: request.threads])
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import numpy
from jax import lax, nn
from jax import numpy as jnp

import networks

ACTIVATIONS = {"relu": nn.relu, "tanh": jnp.tanh}


def glorot(key, shape):
    limit = (6 / ((shape[-1] + shape[-2]) * numpy.prod(shape[:-2]))) ** 0.5
    return jax.random.uniform(key, shape, minval=-limit, maxval=limit)


def activated(name, x):
    # The loss is told what goes into a softmax.
    return ACTIVATIONS.get(name, lambda x: x)(x)


class Pass:
    """Goes through a network: takes the weights in their order, or makes them where there are none."""

    def __init__(self, weights, running, key, is_training):
        self.weights, self.running, self.key, self.is_training = weights, running, key, is_training
        self.made, self.updated = [], []

    def next_key(self):
        self.key, key = jax.random.split(self.key)
        return key

    def weight(self, make):
        value = make() if self.weights is None else self.weights[len(self.made)]
        self.made.append(value)
        return value

    def run(self, layer, x):
        match layer:
            case networks.Conv():
                shape = (layer.size, layer.size, x.shape[-1], layer.filters)
                kernel = self.weight(lambda: glorot(self.next_key(), shape))
                x = lax.conv_general_dilated(
                    x, kernel, (layer.strides, layer.strides), layer.padding.upper(),
                    dimension_numbers=("NHWC", "HWIO", "NHWC"))
                if layer.use_bias:
                    x = x + self.weight(lambda: jnp.zeros(layer.filters))
                return activated(layer.activation, x)
            case networks.Pooling(kind):
                least, combine = (-jnp.inf, lax.max) if kind == "max" else (0.0, lax.add)
                x = lax.reduce_window(x, least, combine, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
                return x if kind == "max" else x / 4
            case networks.Dense(units, name):
                kernel = self.weight(lambda: glorot(self.next_key(), (x.shape[-1], units)))
                return activated(name, x @ kernel + self.weight(lambda: jnp.zeros(units)))
            case networks.Dropout(rate):
                if not self.is_training:
                    return x
                return jnp.where(jax.random.bernoulli(self.next_key(), 1 - rate, x.shape), x / (1 - rate), 0)
            case networks.Activation(name):
                return activated(name, x)
            case networks.BatchNormalization():
                return self.normalize(x)
            case networks.Flatten():
                return x.reshape(len(x), -1)
            case networks.GlobalAveragePooling():
                return x.mean((1, 2))
            case networks.Residual(main, shortcut):
                return nn.relu(self.chain(main, x) + self.chain(shortcut, x))

    def normalize(self, x):
        channels = x.shape[-1]
        gamma, beta = self.weight(lambda: jnp.ones(channels)), self.weight(lambda: jnp.zeros(channels))
        old = (jnp.zeros(channels), jnp.ones(channels)) if self.running is None else self.running[len(self.updated)]
        mean, variance = (x.mean((0, 1, 2)), x.var((0, 1, 2))) if self.is_training else old
        self.updated.append((0.99 * old[0] + 0.01 * mean, 0.99 * old[1] + 0.01 * variance))
        return (x - mean) * (gamma * lax.rsqrt(variance + 0.001)) + beta

    def chain(self, layers, x):
        for layer in layers:
            x = self.run(layer, x)
        return x


layers, recipe = networks.NETWORKS[request.network], networks.RECIPES[request.network]


def loss_of(weights, running, x, y, key):
    one = Pass(weights, running, key, is_training=True)
    output = one.chain(layers, x)
    wanted = nn.one_hot(y, output.shape[1]) * (1 - recipe.label_smoothing) + recipe.label_smoothing / output.shape[1]
    return -(nn.log_softmax(output) * wanted).sum(1).mean(), (output, one.updated)


@functools.partial(jax.jit, donate_argnums=0)
def train(state, x, y, indices):
    x, y = x[indices], y[indices]
    key, own = jax.random.split(state["key"])
    (loss, (output, running)), gradients = jax.value_and_grad(loss_of, has_aux=True)(
        state["weights"], state["running"], x, y, own)
    number = state["number"] + 1
    first = jax.tree.map(lambda m, g: 0.9 * m + 0.1 * g, state["first"], gradients)
    second = jax.tree.map(lambda v, g: 0.999 * v + 0.001 * g * g, state["second"], gradients)
    rate = recipe.rate_at(number - 1, task.step_count(request), jnp.cos, jnp.where)
    rate *= jnp.sqrt(1 - 0.999**number) / (1 - 0.9**number)
    weights = jax.tree.map(
        lambda w, m, v: w - rate * m / (jnp.sqrt(v) + 1e-7), state["weights"], first, second)
    correct = (output.argmax(1) == y).sum()
    return {
        "weights": weights, "running": running, "first": first, "second": second, "number": number, "key": key,
        "loss": state["loss"] + loss * len(y), "correct": state["correct"] + correct}


@jax.jit
def predicted(weights, running, x):
    return Pass(weights, running, None, is_training=False).chain(layers, x)


def predict(images):
    parts = [
        predicted(state["weights"], state["running"], images[i : i + request.batch_size])
        for i in range(0, len(images), request.batch_size)
    ]
    return jax.block_until_ready(parts)


def train_epoch(state, generator):
    """One epoch; like exp and Keras it also sums up loss and accuracy."""
    state = state | {"loss": jnp.zeros(()), "correct": jnp.zeros((), int)}
    order = generator.permutation(len(x))
    for start in range(0, len(x), request.batch_size):
        state = train(state, x, y, order[start : start + request.batch_size])
    return state, {"loss": float(state["loss"]) / len(x), "accuracy": int(state["correct"]) / len(x)}


images, labels, held_images, held_labels = task.data(request)
x, y, held_x = jnp.asarray(images), jnp.asarray(labels), jnp.asarray(held_images)
maker = Pass(None, None, jax.random.key(request.seed), is_training=True)
maker.chain(layers, x[:2])
zeros = jax.tree.map(jnp.zeros_like, maker.made)
state = {
    "weights": maker.made, "running": [(jnp.zeros_like(mean), jnp.ones_like(mean)) for mean, _ in maker.updated],
    "first": zeros, "second": jax.tree.map(jnp.copy, zeros), "number": jnp.zeros((), int), "key": maker.key}
task.say(parameters=sum(value.size for value in jax.tree.leaves((state["weights"], state["running"]))))
generator = numpy.random.default_rng(request.seed)
for number in range(request.epochs):
    start = time.perf_counter()
    if request.action == "train":
        state, scores = train_epoch(state, generator)
    else:
        predict(x)
        scores = {}
    seconds = time.perf_counter() - start
    if request.action == "train" and request.validation:
        found = numpy.concatenate(predict(held_x)).argmax(1)
        scores["val_accuracy"] = float((found == held_labels).mean())
    task.say(epoch=number + 1, seconds=seconds, **scores)
    if request.stop_at is not None and scores["val_accuracy"] >= request.stop_at:
        break
