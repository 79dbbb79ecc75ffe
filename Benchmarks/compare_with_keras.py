"""Training speed of the baseline network: exp and Keras by turns, several rounds, on one machine.

    python compare_with_keras.py EXP DATA_DIR [--rounds N] [--threads N]

EXP is the program's path. Run it with a Python that has keras and tensorflow-cpu. Each round trains both for
five epochs of 54,000 images at batch 128 and takes the median of the last four, since the first one of Keras
includes its compilation. Prints each round, then medians, their ratio and its spread; and, since Keras's
epochs differ a lot from one another, the ratio of exp's median to Keras's fastest epoch of all.
"""

import argparse
import csv
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile

here = pathlib.Path(__file__).parent
parser = argparse.ArgumentParser()
parser.add_argument("exp", type=pathlib.Path)
parser.add_argument("data_dir", type=pathlib.Path)
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--threads", type=int, default=os.cpu_count())
arguments = parser.parse_args()


def exp_rates():
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [
                arguments.exp, "run", here / "baseline_speed.yaml", "--output-dir", folder, "--quiet",
                "--data-dir", arguments.data_dir, "--threads", str(arguments.threads),
            ],
            check=True, stdout=subprocess.DEVNULL,
        )
        (history,) = pathlib.Path(folder).glob("*/*/history.csv")
        rows = list(csv.DictReader(history.open()))
    return [54000 / float(row["seconds"]) for row in rows[1:]]


def keras_rates():
    output = subprocess.run(
        [
            sys.executable, here / "keras_baseline.py", arguments.data_dir,
            "--threads", str(arguments.threads),
        ],
        check=True, capture_output=True, text=True,
    ).stdout
    return [json.loads(line)["images_per_second"] for line in output.splitlines()[1:]]


pairs = []
fastest = 0
for number in range(arguments.rounds):
    order = (exp_rates, keras_rates) if number % 2 == 0 else (keras_rates, exp_rates)
    rates = {function: function() for function in order}
    fastest = max(fastest, *rates[keras_rates])
    ours, theirs = statistics.median(rates[exp_rates]), statistics.median(rates[keras_rates])
    pairs.append((ours, theirs))
    print(f"round {number + 1}: exp {ours:,.0f}  Keras {theirs:,.0f} images/s  ratio {ours / theirs:.2f}", flush=True)
ratios = [ours / theirs for ours, theirs in pairs]
median = statistics.median(ours for ours, _ in pairs)
print(
    f"median: exp {median:,.0f}  Keras {statistics.median(theirs for _, theirs in pairs):,.0f} images/s  "
    f"ratio {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f}); "
    f"{median / fastest:.2f} against Keras's fastest epoch"
)
