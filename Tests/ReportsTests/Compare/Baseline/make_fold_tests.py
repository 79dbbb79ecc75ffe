"""Prints the numbers in FoldTestTests.swift: repeated cross-validation, and folds that lack a class.

It needs NumPy, SciPy and scikit-learn. The test is the one of scikit-learn's example page "Statistical comparison of models
using grid search", two-sided: every fold of every repetition is a difference.
"""

import numpy
from scipy import stats
from sklearn.datasets import make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import RepeatedStratifiedKFold, cross_val_score
from sklearn.naive_bayes import GaussianNB

X, y = make_classification(80, n_features=6, n_informative=3, flip_y=0.1, random_state=5)
folds = RepeatedStratifiedKFold(n_splits=4, n_repeats=3, random_state=1)
first = cross_val_score(LogisticRegression(), X, y, cv=folds)
second = cross_val_score(GaussianNB(), X, y, cv=folds)
for name, scores in (("first", first), ("second", second)):
    print(name, "mistakes of 20:", numpy.rint((1 - scores) * 20).astype(int).tolist())
differences = second - first
deviation = numpy.sqrt(numpy.var(differences, ddof=1) * (1 / len(differences) + 20 / 60))
t = differences.mean() / deviation
margin = stats.t.ppf(0.975, len(differences) - 1) * deviation
print("mean", differences.mean(), "p", 2 * stats.t.sf(abs(t), len(differences) - 1),
      "interval", differences.mean() - margin, differences.mean() + margin)
print("second, scores.mean() and scores.std(ddof=1):", second.mean(), second.std(ddof=1))


def area(pairs, confidence):
    """One-vs-rest, macro, of (class, prediction), the rest of the probability shared by the other classes."""
    rest = (1 - confidence) / 2
    rows = [[confidence if label == predicted else rest for label in range(3)] for _, predicted in pairs]
    return roc_auc_score([label for label, _ in pairs], rows, multi_class="ovr", average="macro")


one = [(0, 0), (1, 1), (0, 1), (1, 0)], [(0, 0), (1, 1), (2, 2), (2, 0)], [(0, 0), (1, 2), (2, 2), (1, 1)]
other = [(0, 0), (1, 1), (0, 0), (1, 0)], [(0, 0), (1, 1), (2, 2), (2, 2)], [(0, 0), (1, 2), (2, 2), (1, 0)]
print("pooled area:", area(sum(one, []), 0.75), area(sum(other, []), 0.5))
