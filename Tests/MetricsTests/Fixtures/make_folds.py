"""Writes folds.json: corrected resampled t-tests, as scikit-learn's example and Nadeau and Bengio's formula have them.

Run it in this folder; it needs NumPy, SciPy and scikit-learn. The first case is scikit-learn's example page "Statistical
comparison of models using grid search": its two functions, on its data, with its values (t 0.750, one-sided p 0.227).
"""

import json
import math

import numpy
from scipy import stats
from sklearn.datasets import make_moons
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, RepeatedStratifiedKFold, StratifiedKFold, cross_val_score
from sklearn.datasets import load_breast_cancer
from sklearn.naive_bayes import GaussianNB
from sklearn.svm import SVC


def corrected_std(differences, n_train, n_test):  # scikit-learn's example
    kr = len(differences)
    corrected_var = numpy.var(differences, ddof=1) * (1 / kr + n_test / n_train)
    return numpy.sqrt(corrected_var)


def compute_corrected_ttest(differences, df, n_train, n_test):  # scikit-learn's example, two-sided
    mean = numpy.mean(differences)
    std = corrected_std(differences, n_train, n_test)
    t_stat = mean / std
    return t_stat, 2 * stats.t.sf(numpy.abs(t_stat), df), std


def case(name, differences, n_train, n_test):
    df = len(differences) - 1
    t, p, std = compute_corrected_ttest(differences, df, n_train, n_test)
    mean = float(numpy.mean(differences))
    margin = float(stats.t.ppf(0.975, df) * std)
    return {"name": name, "differences": [float(d) for d in differences], "test_ratio": n_test / n_train,
            "mean": mean, "t": float(t), "p_value": float(p), "interval": [mean - margin, mean + margin]}


def example():
    X, y = make_moons(noise=0.352, random_state=1, n_samples=100)
    grid = [{"kernel": ["linear"]}, {"kernel": ["poly"], "degree": [2, 3]}, {"kernel": ["rbf"]}]
    search = GridSearchCV(SVC(random_state=0), grid, scoring="roc_auc",
                          cv=RepeatedStratifiedKFold(n_splits=10, n_repeats=10, random_state=0))
    search.fit(X, y)
    order = numpy.argsort(search.cv_results_["rank_test_score"], kind="stable")
    scores = numpy.array([[search.cv_results_[f"split{i}_test_score"][model] for i in range(100)]
                          for model in order])
    found = case("scikit-learn's example: rbf and linear", scores[0] - scores[1], 90, 10)
    assert abs(found["t"] - 0.750) < 5e-4 and abs(found["p_value"] / 2 - 0.227) < 5e-4, found
    return found


def five_folds():
    X, y = load_breast_cancer(return_X_y=True)
    folds = StratifiedKFold(5, shuffle=True, random_state=3)
    first = cross_val_score(LogisticRegression(max_iter=10000), X, y, cv=folds)
    second = cross_val_score(GaussianNB(), X, y, cv=folds)
    return case("five folds of the breast cancer data", first - second, 455.2, 113.8)


cases = [
    example(), five_folds(),
    case("two folds", numpy.array([0.02, 0.05]), 50, 50),
    case("ten folds around zero", numpy.array([0.01, -0.01, 0.02, 0, 0, -0.03, 0.01, 0.02, -0.01, 0.005]), 270, 30),
]
assert all(math.isfinite(found["p_value"]) for found in cases)
with open("folds.json", "w") as file:
    json.dump({"cases": cases}, file, indent=1)
    file.write("\n")
