"""Writes docs/results.md and its curves from the runs of the experiments in experiments/.

    python Benchmarks/write_results.py RUNS

RUNS is the folder that 'exp run' put the runs into. Of each seed the latest completed run counts. Needs nothing but
Python.
"""

import csv
import json
import math
import pathlib
import statistics
import sys

EXPERIMENTS = ["mnist-mlp", "lenet5", "mnist-baseline", "mnist-augmented", "mnist-tiny", "mnist-resnet",
               "mnist-deotte"]
# Two-sided 95 % quantiles of Student's t by degrees of freedom.
STUDENT = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776}
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 640, 300, 56, 40, 16

runs_folder = pathlib.Path(sys.argv[1])
docs = pathlib.Path(__file__).resolve().parent.parent / "docs"


class Run:
    def __init__(self, folder):
        self.manifest = json.loads((folder / "run.json").read_text())
        self.results = json.loads((folder / "results.json").read_text())
        with open(folder / "history.csv", newline="") as file:
            self.history = list(csv.DictReader(file))

    def score(self, part, name):
        return self.results[part][name]


def runs_of(experiment):
    by_seed = {}
    for folder in sorted((runs_folder / experiment).glob("*")):
        if (folder / "results.json").exists():
            run = Run(folder)
            if run.manifest["status"] == "completed":
                by_seed[run.manifest["seed"]] = run
    return dict(sorted(by_seed.items()))


def spread(values):
    values = list(values)
    if len(values) < 2:
        return f"{values[0]:.4f}"
    return f"{statistics.mean(values):.4f} ± {statistics.stdev(values):.4f}"


def row(name, runs):
    test = spread(run.score("test", "f1_macro") for run in runs.values())
    validation = spread(run.score("validation", "accuracy") for run in runs.values())
    first = next(iter(runs.values()))
    parameters = sum(layer["parameters"] for layer in first.manifest["layers"])
    epochs = statistics.mean(len(run.history) for run in runs.values())
    seconds = statistics.mean(run.results["train_seconds"] for run in runs.values())
    return (f"| [{name}](../experiments/{name}.yaml) | {len(runs)} | {parameters:,} | {epochs:.0f} | {seconds:.0f} s "
            f"| {validation} | {test} |")


def paired(baseline, other, name):
    seeds = [seed for seed in baseline if seed in other]
    differences = [other[seed].score("test", name) - baseline[seed].score("test", name) for seed in seeds]
    mean = statistics.mean(differences)
    half = STUDENT[len(seeds) - 1] * statistics.stdev(differences) / math.sqrt(len(seeds))
    listed = ", ".join(f"{difference:+.4f}" for difference in differences)
    return f"{mean:+.4f} (95 % interval {mean - half:+.4f} to {mean + half:+.4f}; by seed {listed})"


def curve(name, runs):
    """Validation accuracy by epoch: the mean over seeds, in a band from the lowest to the highest."""
    length = min(len(run.history) for run in runs.values())
    columns = [[float(run.history[epoch]["val_accuracy"]) for run in runs.values()] for epoch in range(length)]
    low = min(0.98, min(min(column) for column in columns[1:] or columns))
    low = math.floor(low * 200) / 200

    def x(epoch):
        return LEFT + (WIDTH - LEFT - 16) * (epoch / max(1, length - 1))

    def y(value):
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (max(value, low) - low) / (1 - low)

    def points(values):
        return " ".join(f"{x(epoch):.1f},{y(value):.1f}" for epoch, value in values)

    band = points(list(enumerate(max(column) for column in columns))
                  + list(reversed(list(enumerate(min(column) for column in columns)))))
    mean = points(enumerate(statistics.mean(column) for column in columns))
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
             'font-size="12" role="img">',
             f"<title>{name}: validation accuracy by epoch</title>",
             f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>']
    step = 0.005 if 1 - low <= 0.03 else 0.01 if 1 - low <= 0.06 else 0.05
    tick = math.ceil(low / step) * step
    while tick <= 1 + 1e-9:
        lines.append(f'<line x1="{LEFT}" x2="{WIDTH - 16}" y1="{y(tick):.1f}" y2="{y(tick):.1f}" stroke="#dddddd"/>'
                     f'<text x="{LEFT - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:.3f}</text>')
        tick += step
    for epoch in range(0, length, max(1, length // 10)):
        lines.append(f'<text x="{x(epoch):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{epoch + 1}</text>')
    lines += [f'<polygon points="{band}" fill="#4477aa" opacity="0.25"/>',
              f'<polyline points="{mean}" fill="none" stroke="#225588" stroke-width="2"/>',
              f'<text x="{(WIDTH + LEFT) / 2}" y="{HEIGHT - 6}" text-anchor="middle">epoch</text>', "</svg>"]
    (docs / "results").mkdir(parents=True, exist_ok=True)
    (docs / "results" / f"{name}.svg").write_text("\n".join(lines) + "\n")


found = {name: runs for name in EXPERIMENTS if (runs := runs_of(name))}
text = ["# Results on MNIST", "",
        "Written by `Benchmarks/write_results.py` from the runs of `exp run experiments/NAME.yaml`. 6,000 images of the",
        "training set are held out for validation, the same for every seed; all choices were made on them, and the test",
        "set was scored once at the end of each run. Mean ± standard deviation over seeds.", "",
        "| experiment | seeds | parameters | epochs | training | val_accuracy | test_f1_macro |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"]
text += [row(name, runs) for name, runs in found.items()]
if "mnist-baseline" in found and "mnist-augmented" in found:
    text += ["", "`mnist-augmented` less `mnist-baseline`, paired by seed: test_f1_macro "
             + paired(found["mnist-baseline"], found["mnist-augmented"], "f1_macro") + "."]
if "mnist-deotte" in found:
    accuracies = spread(run.score("test", "accuracy") for run in found["mnist-deotte"].values())
    text += ["", f"`mnist-deotte`: test accuracy {accuracies}; published for one such network: 0.9964 ± 0.0005."]
text += ["", "## Curves", "", "Validation accuracy by epoch: the mean over seeds, in a band from the lowest to the",
         "highest seed, as far as all seeds trained.", ""]
for name, runs in found.items():
    curve(name, runs)
    text += [f"### {name}", "", f"![Validation accuracy of {name} by epoch](results/{name}.svg)", ""]
(docs / "results.md").write_text("\n".join(text).rstrip() + "\n")
