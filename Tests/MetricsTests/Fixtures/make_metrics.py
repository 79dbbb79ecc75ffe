"""Writes metrics.json: probabilities, and every metric of them by scikit-learn.

Run it in this folder; it needs scikit-learn. Where a metric is undefined it has null: scikit-learn warns and gives 0, NaN
or 1, or fails.
"""

import json
import math
import warnings

import numpy
import sklearn
from sklearn import metrics

warnings.simplefilter("ignore")


def softmax(logits):
    powers = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def defined(value):
    return None if math.isnan(value) else float(value)


def averages(labels, predictions):
    values = {}
    for average in ("macro", "micro", "weighted"):
        scores = metrics.precision_recall_fscore_support(labels, predictions, average=average, zero_division=0)
        for name, value in zip(("precision", "recall", "f1"), scores):
            values[f"{name}_{average}"] = float(value)
    return values


def case(name, labels, probabilities):
    # The numbers of float32, as a file of predictions has them.
    probabilities = numpy.asarray(probabilities, dtype=numpy.float32).astype(numpy.float64)
    labels = numpy.asarray(labels)
    count = probabilities.shape[1]
    classes = list(range(count))
    predictions = probabilities.argmax(axis=1)
    occurring = set(labels.tolist())
    # Of two classes scikit-learn takes the probabilities of the second, but for labels that are one-hot.
    scores = probabilities[:, 1] if count == 2 else probabilities
    is_whole = occurring == set(classes)
    values = averages(labels, predictions) | {
        "accuracy": float(metrics.accuracy_score(labels, predictions)),
        "balanced_accuracy": float(metrics.balanced_accuracy_score(labels, predictions)),
        "cohen_kappa": defined(metrics.cohen_kappa_score(labels, predictions)),
        "matthews_corrcoef": float(metrics.matthews_corrcoef(labels, predictions)) if len(occurring) > 1 else None,
        "roc_auc_macro": float(metrics.roc_auc_score(labels, scores, multi_class="ovr")) if is_whole else None,
        "average_precision_macro": (
            float(metrics.average_precision_score(numpy.eye(count)[labels], probabilities)) if is_whole else None),
        "log_loss": float(metrics.log_loss(labels, probabilities, labels=classes)),
        "brier_score": float(metrics.brier_score_loss(labels, probabilities, labels=classes)),
    }
    for k in (3, 5):
        values[f"top_{k}_accuracy"] = (
            float(metrics.top_k_accuracy_score(labels, probabilities, k=k, labels=classes)) if count > k else None)
    curves = None
    if count == 2 and is_whole:
        # Without the threshold above all probabilities, which takes no sample.
        false, true, thresholds = metrics.roc_curve(labels, scores, drop_intermediate=False)
        precision, recall, _ = metrics.precision_recall_curve(labels, scores)
        curves = {
            "thresholds": thresholds[1:].tolist(), "false_positive_rates": false[1:].tolist(),
            "true_positive_rates": true[1:].tolist(), "precisions": precision[-2::-1].tolist(),
            "recalls": recall[-2::-1].tolist(),
            "best_balanced_accuracy": max(metrics.balanced_accuracy_score(labels, scores >= threshold)
                                          for threshold in thresholds)}
    return {"name": name, "labels": labels.tolist(), "curves": curves,
            "probabilities": [[float(str(numpy.float32(value))) for value in row] for row in probabilities],
            "values": values}


def drawn(seed, size, weights, sharpness):
    source = numpy.random.default_rng(seed)
    labels = source.choice(len(weights), size=size, p=numpy.asarray(weights) / sum(weights))
    logits = source.normal(size=(size, len(weights)))
    logits[numpy.arange(size), labels] += sharpness
    return labels, softmax(logits * 1.5)


ten = drawn(1, 300, [1] * 10, 2)
rare = drawn(2, 200, [90, 8, 2], 1)
two = drawn(3, 150, [4, 1], 1)
seven = drawn(4, 80, [1] * 7, 0)
perfect = numpy.eye(4)[[0, 1, 2, 3, 3, 1]]
cases = [
    case("ten classes", *ten),
    case("rare classes", *rare),
    case("two classes", *two),
    case("two classes, of which one is rare and never predicted", [0] * 12 + [1], [[0.9 - 0.01 * i, 0.1 + 0.01 * i]
                                                                                 for i in range(13)]),
    case("chance", *seven),
    case("many of equal probability", ten[0], numpy.round(ten[1], 1) / numpy.round(ten[1], 1).sum(axis=1)[:, None]),
    case("two classes, many of equal probability", two[0], numpy.round(two[1], 1)),
    case("all of equal probability", [0, 1, 2, 3, 4, 5, 5], numpy.full((7, 6), 1 / 6)),
    case("sure and right", [0, 1, 2, 3, 3, 1], perfect),
    case("sure and wrong", [1, 2, 3, 0, 0, 2], perfect),
    case("probabilities too small for float32", [0, 1, 2, 2], softmax(numpy.array(
        [[200.0, 0, 90], [0, 120, -30], [100, 0, 10], [0, 0, 60]]))),
    case("a class without samples", [0, 1, 0, 1, 3], softmax(numpy.random.default_rng(5).normal(size=(5, 4)))),
    case("samples of one class", [1, 1, 1], [[0.2, 0.7, 0.1], [0.6, 0.3, 0.1], [0.1, 0.8, 0.1]]),
    case("samples of one class, all taken for it", [1, 1], [[0.2, 0.8], [0.4, 0.6]]),
    case("all taken for one class", [0, 1, 2, 1], [[0.5, 0.3, 0.2], [0.6, 0.2, 0.2], [0.4, 0.3, 0.3], [0.9, 0.1, 0]]),
]
with open("metrics.json", "w") as file:
    json.dump({"scikit_learn": sklearn.__version__, "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
