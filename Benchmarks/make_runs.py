#!/usr/bin/env python3
"""Makes a folder with many runs, to measure how fast they are read.

    make_runs.py FOLDER --like RUN... [--specs 2000] [--seeds 5]

Each run is varied from one of the finished runs given: its spec by learning rate, batch size and
initializer, its results by some more mistakes. Of the files that tables do not read, only the names
are there.
"""

import argparse
import copy
import datetime
import hashlib
import json
import pathlib
import random


def text(value, indent=0):
    """JSON as exp lays it out: what fits stands on one line."""
    compact = json.dumps(value, ensure_ascii=False)
    is_nested = isinstance(value, dict) or any(isinstance(i, (list, dict)) for i in value or [])
    if not is_nested or indent > 0 and indent + len(compact) <= 96:
        return compact
    margin, end = " " * (indent + 2), "\n" + " " * indent

    def inner(item):
        return text(item, indent + 2) if isinstance(item, (list, dict)) else json.dumps(
            item, ensure_ascii=False)

    if isinstance(value, dict):
        lines = [f"{margin}{json.dumps(key)}: {inner(item)}" for key, item in value.items()]
        return "{\n" + ",\n".join(lines) + end + "}"
    return "[\n" + ",\n".join(margin + inner(item) for item in value) + end + "]"


def ratio(numerator, denominator):
    return numerator / denominator if denominator else 0.0


def with_mistakes(scores, count, draw):
    """The scores with `count` more images taken for another class."""
    matrix = copy.deepcopy(scores["confusion_matrix"])
    classes = range(len(matrix))
    for _ in range(count):
        actual, predicted = draw.choices(classes, k=2)
        if matrix[actual][actual] > 0:
            matrix[actual][actual] -= 1
            matrix[actual][predicted] += 1
    per_class = []
    for label in classes:
        correct, support = matrix[label][label], sum(matrix[label])
        taken = sum(row[label] for row in matrix)
        per_class.append({
            "precision": ratio(correct, taken), "recall": ratio(correct, support),
            "f1": ratio(2 * correct, taken + support), "support": support})
    result = dict(scores)
    result["loss"] = scores["loss"] * draw.uniform(0.8, 1.5)
    result["accuracy"] = sum(matrix[c][c] for c in classes) / sum(map(sum, matrix))
    for name in ("precision", "recall", "f1"):
        result[name + "_macro"] = sum(row[name] for row in per_class) / len(matrix)
    result["per_class"], result["confusion_matrix"] = per_class, matrix
    return result


def varied(values, number):
    """Values that no other number gives."""
    values = copy.deepcopy(values)
    values["experiment"]["optimizer"]["learning_rate"] = round(0.0001 * (1 + number // 4), 4)
    values["experiment"]["training"]["batch_size"] = 32 << number % 4
    return values


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--like", type=pathlib.Path, nargs="+", required=True)
    parser.add_argument("--specs", type=int, default=2000)
    parser.add_argument("--seeds", type=int, default=5)
    options = parser.parse_args()

    models = []
    for run in options.like:
        manifest = json.loads((run / "run.json").read_text())
        results = json.loads((run / "results.json").read_text())
        models.append((manifest, results, json.loads((run / "values.json").read_text())))

    draw = random.Random(0)
    begin = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)
    for number in range(options.specs):
        manifest, results, values = models[number % len(models)]
        values = varied(values, number // len(models))
        spec_hash = hashlib.sha256(f"{manifest['name']} {number}".encode()).hexdigest()
        started = begin + datetime.timedelta(minutes=number)
        mistakes = draw.randrange(60)
        for seed in range(options.seeds):
            name = f"{started:%Y-%m-%d_%H-%M-%S}_{spec_hash[:6]}_seed-{seed}"
            folder = options.folder / manifest["name"] / name
            folder.mkdir(parents=True)
            run = dict(manifest, seed=seed, spec_hash=spec_hash)
            for key, seconds in (("started", 30 * seed), ("ended", 30 * seed + 29)):
                moment = started + datetime.timedelta(seconds=seconds)
                run[key] = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")
            outcome = dict(results)
            for part in ("validation", "test"):
                if part in outcome:
                    outcome[part] = with_mistakes(
                        outcome[part], mistakes + draw.randrange(10), draw)
            (folder / "run.json").write_text(text(run) + "\n")
            (folder / "results.json").write_text(text(outcome) + "\n")
            values["run"]["seeds"] = [seed]
            (folder / "values.json").write_text(text(values) + "\n")
            for file in ("spec.yaml", "resolved.yaml", "history.csv", "report.txt", "predictions.csv",
                         "weights.safetensors", "log.txt"):
                (folder / file).touch()


if __name__ == "__main__":
    main()
