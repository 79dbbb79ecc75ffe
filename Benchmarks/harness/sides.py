"""The two kinds of sides: exp, and scripts in peers/. Both train what a Task says and tell it in the same words."""

import csv
import dataclasses
import json
import pathlib
import re
import statistics
import tempfile

from harness.process import Failed, run

BENCHMARKS = pathlib.Path(__file__).resolve().parent.parent
PEERS = BENCHMARKS / "peers"
PEER_NAMES = ("keras", "torch", "torch-compile", "jax", "exp-bfloat16", "torch-bfloat16")


@dataclasses.dataclass
class Task:
    network: str
    images: int
    epochs: int
    batch_size: int
    threads: int
    seed: int = 0
    validation: int = 0
    stop_at: float | None = None


@dataclasses.dataclass
class Epoch:
    seconds: float  # of training alone, unless there is validation: exp's column then has it, too
    arrived: float  # seconds since the start of the process, when it told of the epoch
    val_accuracy: float | None


@dataclasses.dataclass
class Training:
    task: Task
    epochs: list
    parameters: int
    process: object
    manifest: dict | None = None  # exp's run.json

    def rate(self):
        """Images per second: the median epoch without the first."""
        return self.task.images / statistics.median(epoch.seconds for epoch in self.epochs[1:])


def side(name, options):
    library, _, variant = name.partition("-")
    kind = Exp if library == "exp" else Peer
    return kind(name, variant, options)


class Exp:
    def __init__(self, name, variant, options):
        self.name, self.precision, self.options = name, variant or "float32", options

    def command(self, task, folder, settings=()):
        values = {
            "data.limit": task.images, "data.validation": task.validation,
            "training.epochs": task.epochs, "training.batch_size": task.batch_size, "precision": self.precision,
            **dict(settings),
        }
        if task.network == "cifar10":
            values["data.dataset.path"] = self.colours(task, folder)
        if task.stop_at is not None:
            values["callbacks"] = f"[{{type: target_reached, monitor: val_accuracy, value: {task.stop_at}}}]"
        command = [
            self.options.exp, "run", BENCHMARKS / "networks" / f"{task.network}.yaml", "--output-dir", folder,
            "--data-dir", self.options.data_dir, "--threads", task.threads, "--seed", task.seed, "--no-color",
        ]
        return command + [word for key, value in values.items() for word in ("--set", f"{key}={value}")]

    def colours(self, task, folder):
        """A file of the pictures that peers make for themselves."""
        path = pathlib.Path(folder).resolve() / "colours.npz"
        run([self.options.python, PEERS / "colours.py", path, task.images], self.options.limit)
        return path

    def train(self, task, folder=None, settings=()):
        """Trains, and leaves the run in `folder` if one is given."""
        if folder is None:
            with tempfile.TemporaryDirectory() as scratch:
                return self.train(task, scratch, settings)
        process = run(self.command(task, folder, settings), self.options.limit)
        (path,) = pathlib.Path(folder).glob("*/*/run.json")
        manifest = json.loads(path.read_text())
        if manifest["data"]["training_count"] != task.images:
            raise Failed(f"trained on {manifest['data']['training_count']} images, not on {task.images}")
        arrivals = {}
        for seconds, text in process.lines:
            if match := re.match(r"\s*(\d+)/\d+ ", text):
                arrivals[int(match[1])] = seconds
        with open(path.with_name("history.csv")) as file:
            rows = list(csv.DictReader(file))
        if len(arrivals) != len(rows):
            raise Failed(f"told of {len(arrivals)} epochs, and wrote {len(rows)} into its history")
        epochs = [
            Epoch(float(row["seconds"]), arrivals[int(row["epoch"])], number(row.get("val_accuracy")))
            for row in rows
        ]
        return Training(task, epochs, manifest["parameter_count"], process, manifest)


class Peer:
    def __init__(self, name, variant, options):
        self.name, self.options = name, options
        self.script = PEERS / f"{name.partition('-')[0]}_peer.py"
        self.variant = ["--compile"] if variant == "compile" else ["--precision", variant or "float32"]

    def command(self, action, task):
        command = [
            self.options.python, self.script, action, task.network, "--data-dir", self.options.data_dir,
            "--images", task.images, "--validation", task.validation, "--epochs", task.epochs,
            "--batch-size", task.batch_size, "--threads", task.threads, "--seed", task.seed,
            *self.variant,
        ]
        return command + (["--stop-at", task.stop_at] if task.stop_at is not None else [])

    def train(self, task, action="train"):
        process = run(self.command(action, task), self.options.limit)
        told = [(seconds, json.loads(text)) for seconds, text in process.lines if text.startswith("{")]
        epochs = [
            Epoch(words["seconds"], seconds, words.get("val_accuracy")) for seconds, words in told if "epoch" in words
        ]
        return Training(task, epochs, told[0][1]["parameters"], process)


def number(text):
    return float(text) if text else None
