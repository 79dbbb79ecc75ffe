"""Simulates how often 95 % intervals of a mean over seeds cover the true mean, for 2 to 30 seeds.

    python interval_coverage.py > coverage.md

Three ways to make an interval of scores from 0 to 1 are compared: the ordinary t interval; that of `exp compare`, on the
logit scale by the delta method, logit(mean) ± t · sem / (mean (1 - mean)); and the t interval of each score's logit,
which is about another mean. For losses: the ordinary t interval, cut at 0, which `exp compare` has; and the same on the
logarithmic scale. Experiments whose seeds all have one score have no interval and do not count. Needs NumPy and SciPy.
"""

import numpy
from scipy import special, stats

SEEDS = (2, 3, 5, 10, 30)
REPETITIONS = 100_000


def summary(values):
    count = values.shape[1]
    error = values.std(1, ddof=1) / numpy.sqrt(count)
    return values.mean(1), stats.t.ppf(0.975, count - 1) * error


def ordinary(values):
    mean, margin = summary(values)
    return mean - margin, mean + margin


def cut(values):
    low, high = ordinary(values)
    return numpy.maximum(0, low), high


def logit_of_mean(values):
    mean, margin = summary(values)
    distance = margin / (mean * (1 - mean))
    return special.expit(special.logit(mean) - distance), special.expit(special.logit(mean) + distance)


def logit_of_each(values):
    # A score of 0 or 1 has no logit.
    low, high = ordinary(special.logit(numpy.clip(values, 1e-6, 1 - 1e-6)))
    return special.expit(low), special.expit(high)


def logarithm_of_mean(values):
    mean, margin = summary(values)
    return mean * numpy.exp(-margin / mean), mean * numpy.exp(margin / mean)


def logit_normal(median, spread):
    def draw(source, shape):
        return special.expit(source.normal(special.logit(median), spread, shape))
    return f"logit-normal, median {median}, sd {spread} on that scale", draw


def beta(mean, deviation):
    size = mean * (1 - mean) / deviation**2 - 1
    return (f"beta, mean {mean}, sd {deviation}",
            lambda source, shape: source.beta(mean * size, (1 - mean) * size, shape))


def counted(mean, deviation, images):
    name, draw = beta(mean, deviation)
    return f"{name}, on {images} images", lambda source, shape: source.binomial(images, draw(source, shape)) / images


def log_normal(median, spread):
    return (f"log-normal, median {median}, sd {spread} on that scale",
            lambda source, shape: median * numpy.exp(source.normal(0, spread, shape)))


SCORES = [beta(0.99, 0.002), beta(0.99, 0.005), beta(0.95, 0.03), beta(0.9, 0.01), beta(0.9, 0.05),
          logit_normal(0.99, 0.3), logit_normal(0.98, 0.3), logit_normal(0.97, 0.8), logit_normal(0.9, 0.3),
          logit_normal(0.9, 1.0), counted(0.99, 0.005, 1000), counted(0.99, 0.005, 100)]
LOSSES = [log_normal(0.05, 0.2), log_normal(0.05, 0.6)]


def table(title, distributions, ways):
    source = numpy.random.default_rng(18)
    print(f"| {title} | interval | " + " | ".join(f"{count} seeds" for count in SEEDS) + " |")
    print("| --- | --- |" + " ---: |" * len(SEEDS))
    for name, draw in distributions:
        truth = draw(source, 20_000_000).mean()
        covered = {way: [] for way in ways}
        for count in SEEDS:
            values = draw(source, (REPETITIONS, count))
            values = values[values.min(1) < values.max(1)]
            for way, interval in ways.items():
                low, high = interval(values)
                covered[way].append(numpy.mean((low <= truth) & (truth <= high)))
        for way, shares in covered.items():
            print(f"| {name} | {way} | " + " | ".join(f"{100 * share:.1f} %" for share in shares) + " |", flush=True)
            name = ""
    print()


table("scores", SCORES, {"t": ordinary, "t, logit of the mean": logit_of_mean, "t, logit of each": logit_of_each})
table("losses", LOSSES, {"t, cut at 0": cut, "t, logarithm of the mean": logarithm_of_mean})
