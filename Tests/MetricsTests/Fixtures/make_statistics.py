"""Writes statistics.json: tests, intervals and curves by SciPy, statsmodels and scikit-learn.

Run it in this folder; it needs all three.
"""

import json
import math
import random
import warnings

import numpy
import scipy
import sklearn
import statsmodels
from scipy import optimize, special, stats
from sklearn.calibration import calibration_curve
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests

warnings.simplefilter("ignore")  # of samples too small, which are what is tested


def number(value):
    return None if math.isnan(value) else float(value)


def p_values():
    degrees = [1, 1.37, 2, 2.5, 3, 4, 5, 7.77, 9, 10, 19, 33.3, 50, 99, 100.5, 250, 500, 999.9, 1000,
               100000]
    sizes = [0, 1e-300, 1e-12, 1e-6, 0.01, 0.1, 0.5, 0.99, 1, 1.5, 2, 2.776, 4, 7, 12, 30, 100, 1e4,
             1e8, 1e150]
    # 2 sf(t), not 1 - cdf(t), which loses the tail.
    rows = [[d, sign * t, 2 * float(stats.t.sf(t, d))]
            for d in degrees for t in sizes for sign in (1, -1)]
    return [row for row in rows if row[2] > 1e-290]


def quantiles():
    degrees = [1, 1.37, 2, 2.5, 3, 4, 9, 19.5, 33.3, 100, 999.9, 1000, 100000]
    probabilities = [1e-12, 1e-6, 0.005, 0.025, 0.05, 0.25, 0.49, 0.5, 0.51, 0.75, 0.9, 0.95, 0.975,
                     0.995, 0.9995, 0.9999999]
    return [[d, p, float(stats.t.ppf(p, d))] for d in degrees for p in probabilities]


def samples():
    source = random.Random(4)
    return {
        "five seeds": [0.9911, 0.9923, 0.9908, 0.9917, 0.9926],
        "two": [0.25, 0.75],
        "ties": [0.99, 0.98, 0.99, 0.98, 0.99],
        "no variance": [0.1, 0.1, 0.1],
        "one": [0.99],
        "all wrong": [0.0, 0.0, 0.0, 0.0],
        "hundred": [source.gauss(0.99, 0.001) for _ in range(100)],
        "far from zero": [1e9 + x for x in (1.0, 2.0, 4.0)],
        "two of few images": [0.44, 0.52],
        "two near one": [0.9931, 0.9987],
        "two near zero": [0.001, 0.004],
        "all right": [1.0, 1.0, 1.0],
        "nearly all right": [1.0, 1.0, 0.98],
        "one of them all wrong": [0.0, 0.75, 0.8],
        "right or wrong": [0.0, 1.0],
        "thirty": [special.expit(source.gauss(4, 0.3)) for _ in range(30)],
        "losses": [0.02, 0.11],
    }


def interval(name, values, level):
    mean, degrees = numpy.mean(values), len(values) - 1
    non_negative = unit_interval = None
    if len(set(values)) > 1:
        error = stats.sem(values)
        non_negative = numpy.maximum(0, stats.t.interval(level, degrees, loc=mean, scale=error)).tolist()
        if max(values) <= 1:
            # The delta method: d logit(x) / dx = 1 / (x (1 - x)).
            unit_interval = special.expit(stats.t.interval(level, degrees, loc=special.logit(mean),
                                                           scale=error / (mean * (1 - mean)))).tolist()
    return {
        "name": name, "values": values, "level": level, "mean": math.fsum(values) / len(values),
        "deviation": None if len(values) == 1 else
        0.0 if len(set(values)) == 1 else float(numpy.std(values, ddof=1)),
        "non_negative": non_negative, "unit_interval": unit_interval,
    }


def difference(name, first, second, paired):
    test = stats.ttest_rel if paired else (
        lambda a, b: stats.ttest_ind(a, b, equal_var=False))
    result = test(first, second)
    bounds = result.confidence_interval(0.95)
    mean = float(numpy.mean(first) - numpy.mean(second))
    p_value, bounds = number(result.pvalue), [number(bound) for bound in bounds]
    if p_value is None and min(len(first), len(second)) > 1 or p_value == 0:
        bounds = [mean, mean]  # no spread
    return {"name": name, "paired": paired, "first": first, "second": second, "mean": mean,
            "p_value": p_value, "interval": None if None in bounds else bounds}


def differences():
    source = random.Random(5)
    five = [0.9911, 0.9923, 0.9908, 0.9917, 0.9926]
    worse = [0.9901, 0.9915, 0.9911, 0.9899, 0.9904]
    hundred = [source.gauss(0.99, 0.001) for _ in range(100)]
    return [
        difference("pairs", five, worse, True),
        difference("pairs, the other way round", worse, five, True),
        difference("two pairs", [0.5, 0.75], [0.25, 0.625], True),
        difference("one pair", [0.5], [0.25], True),
        difference("pairs without difference", five, five, True),
        difference("pairs with one difference", [0.75, 0.5, 0.25], [0.5, 0.25, 0.0], True),
        difference("pairs with ties", [0.5, 0.5, 0.75, 0.75], [0.5, 0.5, 0.5, 0.75], True),
        difference("pairs, all wrong and all right", [0.0] * 4, [1.0] * 4, True),
        difference("many pairs", hundred, [value - source.gauss(0.0005, 0.0002) for value in hundred],
                   True),
        difference("independent", five, worse, False),
        difference("of unequal size", five, worse[:2], False),
        difference("of very unequal spread", five, [0.1, 0.9, 0.5, 0.99], False),
        difference("one against many", [0.99], five, False),
        difference("many against one", five, [0.99], False),
        difference("one against one", [0.5], [0.25], False),
        difference("no variance on one side", [0.5, 0.5, 0.5], [0.25, 0.75, 0.625, 0.5], False),
        difference("no variance, a difference", [0.5, 0.5, 0.5], [0.25, 0.25], False),
        difference("no variance, no difference", [0.5, 0.5, 0.5], [0.5, 0.5], False),
        difference("the same values", five, five, False),
        difference("a hundred and five", hundred, five, False),
        difference("far apart", [value + 1 for value in five], worse, False),
        difference("tiny values", [1e-60, 2e-60, 4e-60], [1e-60, 1.5e-60], False),
    ]


def holm():
    source = random.Random(6)
    lists = [[0.04], [0.01, 0.04, 0.03, 0.005], [0.02, 0.02, 0.02], [0.5, 0.9, 1.0], [0.0, 1e-15, 0.3],
             [source.random() ** 3 for _ in range(40)]]
    return [{"p_values": values,
             "adjusted": multipletests(values, method="holm")[1].tolist()} for values in lists]


def mcnemar_tests():
    counts = [(0, 0), (0, 1), (1, 0), (5, 5), (3, 4), (12, 31), (31, 12), (0, 10), (0, 60), (40, 90),
              (100, 101), (500, 620), (0, 1000), (1200, 1500), (4900, 5100), (3000, 9000),
              (9000, 9001), (49000, 50000), (498000, 501000)]
    rows = [[b, c, float(mcnemar([[7, b], [c, 9]], exact=True).pvalue)] for b, c in counts]
    return [row for row in rows if row[2] > 1e-290]


def calibration(name, confidences, right, bins=10):
    edges = numpy.linspace(0, 1, bins + 1)
    places = numpy.searchsorted(edges[1:-1], confidences)  # as scikit-learn has it
    counts = numpy.bincount(places, minlength=bins)
    accuracy, confidence = calibration_curve(right, confidences, n_bins=bins)
    filled = counts[counts > 0]
    return {
        "name": name, "bin_count": bins, "confidences": confidences, "right": right,
        "counts": counts.tolist(), "accuracy": accuracy.tolist(), "confidence": confidence.tolist(),
        "error": float(numpy.sum(filled * numpy.abs(accuracy - confidence)) / len(right)),
    }


def calibrations():
    source = random.Random(7)
    sure = [round(1 - source.random() ** 3 * 0.9, 6) for _ in range(400)]
    right = [int(source.random() < value ** 1.5) for value in sure]
    return [
        calibration("many", sure, right),
        calibration("many in fifteen bins", sure, right, 15),
        calibration("on the edges", [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0],
                    [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1]),
        calibration("all wrong", [0.9, 0.95, 0.99, 0.5], [0, 0, 0, 0]),
        calibration("all right", [1.0, 1.0, 1.0], [1, 1, 1]),
        calibration("one", [0.6], [1]),
    ]


def temperature(name, probabilities, labels):
    logits = numpy.log(numpy.array(probabilities, dtype=numpy.float32).astype(numpy.float64))

    def slope(inverse):
        weights = special.softmax(inverse * logits, axis=1)
        return float(numpy.sum(numpy.sum(weights * logits, axis=1) - logits[range(len(labels)), labels]))

    inverse = optimize.brentq(slope, 1 / 20, 20, xtol=1e-15, rtol=1e-14)
    return {
        "name": name, "probabilities": numpy.exp(logits).tolist(), "labels": labels,
        "temperature": 1 / inverse, "scaled": special.softmax(inverse * logits, axis=1).tolist(),
    }


def temperatures():
    source = numpy.random.default_rng(8)

    def case(name, count, classes, sharpness):
        logits = source.normal(size=(count, classes)) * 2
        labels = [int(source.choice(classes, p=special.softmax(row))) for row in logits]
        return temperature(name, special.softmax(sharpness * logits, axis=1), labels)

    return [
        case("too sure", 60, 4, 3), case("not sure enough", 60, 3, 0.2), case("as sure as right", 80, 5, 1),
        case("two classes", 30, 2, 1.5),
        temperature("two of three right", [[0.999, 0.001], [0.999, 0.001], [0.999, 0.001]], [0, 1, 0]),
    ]


with open("statistics.json", "w") as file:
    json.dump({
        "scipy": scipy.__version__, "statsmodels": statsmodels.__version__,
        "scikit_learn": sklearn.__version__,
        "p_values": p_values(),
        "quantiles": quantiles(),
        "intervals": [interval(name, values, level) for name, values in samples().items()
                      for level in (0.95, 0.5)],
        "differences": differences(),
        "holm": holm(),
        "mcnemar": mcnemar_tests(),
        "calibration": calibrations(),
        "temperatures": temperatures(),
    }, file, separators=(",", ":"))
    file.write("\n")
