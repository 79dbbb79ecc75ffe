"""Writes pooled_folds.json: held-out probabilities of each fold, and every metric of all of them together by scikit-learn.

Run it in this folder; it needs scikit-learn. The probabilities are those of `cross_val_predict` for data sets of
scikit-learn's own, fold by fold.
"""

import json
import warnings

import numpy
import sklearn
from sklearn import metrics
from sklearn.datasets import load_breast_cancer, load_iris, load_wine, make_classification
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.naive_bayes import GaussianNB

warnings.simplefilter("ignore")  # of float32 rows that do not quite add up to 1


def case(name, X, y, model, count):
    folds = []
    for training, held in StratifiedKFold(count, shuffle=True, random_state=4).split(X, y):
        probabilities = model.fit(X[training], y[training]).predict_proba(X[held]).astype(numpy.float32)
        folds.append((y[held], probabilities))
    return measured(name, folds)


def case_by_class(name, X, y, model):
    """Each fold has images of one class alone."""
    probabilities = cross_val_predict(model, X, y, cv=5, method="predict_proba").astype(numpy.float32)
    return measured(name, [(y[y == label], probabilities[y == label]) for label in numpy.unique(y)])


def measured(name, folds):
    labels = numpy.concatenate([held for held, _ in folds])
    # The numbers of float32, as a file of predictions has them.
    probabilities = numpy.concatenate([rows for _, rows in folds]).astype(numpy.float64)
    classes = list(range(probabilities.shape[1]))
    scores = probabilities[:, 1] if len(classes) == 2 else probabilities
    values = {
        "roc_auc_macro": float(metrics.roc_auc_score(labels, scores, multi_class="ovr")),
        "average_precision_macro": float(metrics.average_precision_score(numpy.eye(len(classes))[labels], probabilities)),
        "log_loss": float(metrics.log_loss(labels, probabilities, labels=classes)),
        "brier_score": float(metrics.brier_score_loss(labels, probabilities, labels=classes)),
        "f1_macro": float(metrics.f1_score(labels, probabilities.argmax(axis=1), average="macro")),
    }
    for k in (3, 5):
        if len(classes) > k:
            values[f"top_{k}_accuracy"] = float(metrics.top_k_accuracy_score(labels, probabilities, k=k, labels=classes))
    return {"name": name, "values": values,
            "folds": [{"labels": held.tolist(),
                       "probabilities": [[float(str(value)) for value in row] for row in rows]} for held, rows in folds]}


six = make_classification(240, n_features=8, n_informative=6, n_classes=6, random_state=2)
cases = [
    case("iris", *load_iris(return_X_y=True), LogisticRegression(max_iter=1000), 5),
    case("wine, naive Bayes", *load_wine(return_X_y=True), GaussianNB(), 3),
    case("breast cancer, two classes", *load_breast_cancer(return_X_y=True), GaussianNB(), 5),
    case("six classes", *six, LogisticRegression(max_iter=1000), 4),
    case_by_class("wine, a class in each fold", *load_wine(return_X_y=True), GaussianNB()),
]
with open("pooled_folds.json", "w") as file:
    json.dump({"scikit_learn": sklearn.__version__, "cases": cases}, file, separators=(",", ":"))
    file.write("\n")
