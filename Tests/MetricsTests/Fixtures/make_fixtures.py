"""Writes classification.json: predictions and what scikit-learn makes of them.

Run it in this folder; it needs scikit-learn.
"""

import json
import random
import re

import sklearn
from sklearn.metrics import (accuracy_score, classification_report, confusion_matrix,
                             precision_recall_fscore_support)


def case(name, class_count, labels, predictions):
    classes = list(range(class_count))
    per_class = precision_recall_fscore_support(labels, predictions, labels=classes,
                                                zero_division=0)
    macro = precision_recall_fscore_support(labels, predictions, average="macro",
                                            zero_division=0)
    return {
        "name": name,
        "class_count": class_count,
        "labels": labels,
        "predictions": predictions,
        "accuracy": float(accuracy_score(labels, predictions)),
        "precision_macro": float(macro[0]),
        "recall_macro": float(macro[1]),
        "f1_macro": float(macro[2]),
        "precision": per_class[0].tolist(),
        "recall": per_class[1].tolist(),
        "f1": per_class[2].tolist(),
        "support": per_class[3].tolist(),
        "confusion_matrix": confusion_matrix(labels, predictions, labels=classes).tolist(),
        # Where accuracy is 0, scikit-learn 1.9 prints the support as a float.
        "report": re.sub(r"(\d+)\.0$", r"  \1",
                         classification_report(labels, predictions, digits=4, zero_division=0), flags=re.MULTILINE),
    }


def noisy(labels, class_count, error_rate, seed):
    source = random.Random(seed)
    return [source.randrange(class_count) if source.random() < error_rate else label
            for label in labels]


ten = [random.Random(i).randrange(10) for i in range(500)]
two = [int(random.Random(i).random() < 0.2) for i in range(101)]
many = [random.Random(i).randrange(256) for i in range(1500)]

cases = [
    case("ten classes", 10, ten, noisy(ten, 10, 0.15, 7)),
    case("a class never predicted", 3, [0, 1, 2, 2, 1, 0], [0, 1, 1, 0, 1, 0]),
    case("a class without support", 4, [0, 1, 3, 3, 1, 0], [0, 1, 3, 2, 1, 0]),
    case("a class neither there nor predicted", 4, [0, 1, 3, 3], [0, 1, 3, 1]),
    case("all wrong", 3, [0, 1, 2, 0], [1, 2, 0, 2]),
    case("perfect", 5, [0, 1, 2, 3, 4, 4], [0, 1, 2, 3, 4, 4]),
    case("two classes", 2, two, noisy(two, 2, 0.3, 3)),
    case("one sample", 3, [1], [1]),
    case("one sample, wrong", 3, [1], [2]),
    case("all taken for one class", 10, ten, [3] * len(ten)),
    case("classes of equal scores", 4, [0, 0, 1, 1, 2, 2, 3, 3], [0, 1, 1, 2, 2, 3, 3, 0]),
    case("256 classes", 256, many, noisy(many, 256, 0.4, 5)),
]
with open("classification.json", "w") as file:
    json.dump({"scikit_learn": sklearn.__version__, "cases": cases}, file,
              separators=(",", ":"))
    file.write("\n")
