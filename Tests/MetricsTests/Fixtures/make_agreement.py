"""Writes agreement.json: what several networks predict, and how far they agree by statsmodels and scikit-learn.

Run it in this folder; it needs both. The first case is Fleiss's example as Wikipedia has it (14 raters, 10 subjects, kappa
0.210).
"""

import itertools
import json

import numpy
import sklearn
import statsmodels
from sklearn.metrics import accuracy_score
from statsmodels.stats.inter_rater import aggregate_raters, fleiss_kappa

RATINGS = [[0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1], [7, 7, 0, 0, 0],
           [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7]]


def case(name, predictions, count):
    """Of predictions with a row for each network."""
    predictions = numpy.asarray(predictions)
    table, _ = aggregate_raters(predictions.T, n_cat=count)
    is_one = (table.sum(axis=0) > 0).sum() == 1
    pairs = [accuracy_score(one, other) for one, other in itertools.combinations(predictions, 2)]
    return {"name": name, "class_count": count, "predictions": predictions.tolist(),
            "unanimous": int((predictions == predictions[0]).all(axis=0).sum()), "pairwise": float(numpy.mean(pairs)),
            "kappa": None if is_one else float(fleiss_kappa(table))}


def drawn(seed, networks, size, count, share):
    source = numpy.random.default_rng(seed)
    labels = source.integers(count, size=size)
    return [numpy.where(source.random(size) < share, labels, source.integers(count, size=size)) for _ in range(networks)]


fleiss = case("Fleiss's example", numpy.array([numpy.repeat(range(5), row) for row in RATINGS]).T, 5)
assert round(fleiss["kappa"], 3) == 0.210, fleiss
cases = [
    fleiss,
    case("five networks", drawn(1, 5, 200, 10, 0.9), 10),
    case("two networks", drawn(2, 2, 100, 3, 0.5), 3),
    case("chance", drawn(3, 4, 60, 4, 0), 4),
    case("always the same", [[0, 1, 2, 2]] * 3, 4),
    case("never the same", [[0, 1], [1, 0]], 2),
    case("one class alone", [[1, 1, 1]] * 2, 3),
]
with open("agreement.json", "w") as file:
    json.dump({"statsmodels": statsmodels.__version__, "scikit_learn": sklearn.__version__, "cases": cases}, file,
              separators=(",", ":"))
    file.write("\n")
