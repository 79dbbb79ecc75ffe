"""Writes docs/results.md and its curves from the runs of the experiments in experiments/.

    python Benchmarks/write_results.py EXP RUNS

EXP is the command, RUNS the folder that 'exp run' put the runs into. Every number is one of 'exp compare', every
picture one of 'exp report'. Needs nothing but Python.
"""

import json
import pathlib
import subprocess
import sys

BASELINE = "mnist-baseline"
exp, runs = sys.argv[1:]
docs = pathlib.Path(__file__).resolve().parent.parent / "docs"


def ask(*arguments):
    return subprocess.run([exp, *arguments], check=True, capture_output=True, text=True).stdout


def spread(score):
    return f"{score['mean']:.4f}" + (f" ± {score['sd']:.4f}" if score["sd"] is not None else "")


def difference(score):
    if score is None or score["interval"] is None:
        return "–"
    low, high = score["interval"]
    return f"{score['mean']:+.4f} ({low:+.4f} to {high:+.4f})"


def line(row):
    name = row["experiment"]
    return (f"| [{name}](../experiments/{name}.yaml) | {row['runs']} | {row['parameters']:,} "
            f"| {row['epochs']['mean']:.0f} | {row['train_seconds']['mean']:.0f} s | {spread(row['val_accuracy'])} "
            f"| {spread(row['test_accuracy'])} | {spread(row['test_f1_macro'])} "
            f"| {difference(row['test_f1_macro_difference'])} |")


rows = json.loads(ask("compare", runs, "--format", "json", "--baseline", BASELINE,
                      "--metrics", "val_accuracy,test_accuracy,test_f1_macro"))["rows"]
text = ["# Results on MNIST", "",
        "Written by `Benchmarks/write_results.py` from the runs of `exp run experiments/NAME.yaml`. 6,000 images of the",
        "training set are held out for validation, the same for every seed; all choices were made on them, and the test",
        "set was scored once at the end of each run. Mean ± standard deviation over seeds; the last column is the",
        f"difference in test_f1_macro from `{BASELINE}`, with its 95 % interval (Student's t, paired by seed).", "",
        "| experiment | seeds | parameters | epochs | training | val_accuracy | test_accuracy | test_f1_macro | difference |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
text += [line(row) for row in rows]
text += ["", "Published for one network like `mnist-deotte`: a test accuracy of 0.9964 ± 0.0005.", "",
         "## Curves", "", "Validation accuracy by epoch: the mean over the seeds that trained so long, one standard",
         "deviation to both sides. Where values span a factor of ten, the scale is logarithmic in the distance from 1.", ""]
for row in rows:
    name = row["experiment"]
    ask("report", f"{runs}/{name}", "--svg", "val_accuracy", "--output", str(docs / "results" / f"{name}.svg"))
    text += [f"### {name}", "", f"![Validation accuracy of {name} by epoch](results/{name}.svg)", ""]
(docs / "results.md").write_text("\n".join(text).rstrip() + "\n")
