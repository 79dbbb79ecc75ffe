"""Runs the files that exp wrote for a library, and holds their probabilities against exp's own.

    python check_exports.py pytorch|keras FOLDER

FOLDER has NAME.py, NAME.safetensors and NAME.expected.safetensors with images and probabilities. Every tenth network is
trained for a step: in a process of its own, since PyTorch 2.13 crashes in the gradient of a GroupNorm behind other
normalizations, in networks written by hand as well; such crashes are told and are no failures of the export.

    python check_exports.py training pytorch|keras NAME.py
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file


def imported(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def trains(library, file):
    """Whether a step of training runs and has a finite loss."""
    module = imported(file)
    model = module.load()
    images = load_file(file.with_suffix(".expected.safetensors"))["images"].astype(np.uint8)
    labels = np.zeros(len(images), "int64")
    if library == "pytorch":
        import torch

        model.train()
        optimizer = torch.optim.SGD(model.parameters(), lr=1e-3)
        x = torch.from_numpy(module.scale(images)).permute(0, 3, 1, 2)
        loss = torch.nn.functional.cross_entropy(model(x), torch.from_numpy(labels))
        loss.backward()
        optimizer.step()
        return bool(torch.isfinite(loss))
    model.compile("sgd", "sparse_categorical_crossentropy")
    return bool(np.isfinite(model.train_on_batch(module.scale(images), labels)))


def main(library, folder):
    files = sorted(Path(folder).glob("*.py"))
    worst, bad, crashes = 0.0, [], []
    for number, file in enumerate(files):
        expected = load_file(file.with_suffix(".expected.safetensors"))
        images = expected["images"].astype(np.uint8)
        module = imported(file)
        model = module.load()
        found = module.predict(model, images)
        if module.predict(model, images[:0]).shape != (0, found.shape[1]):
            bad.append(f"{file.stem}: no images have other predictions than none")
        difference = float(np.abs(found - expected["probabilities"]).max())
        worst = max(worst, difference)
        # Not "greater": what is not a number is no agreement.
        if not difference < 1e-5:
            bad.append(f"{file.stem}: off by {difference}")
        if number % 10 == 0:
            code = subprocess.run([sys.executable, __file__, "training", library, file]).returncode
            if code < 0 and library == "pytorch":
                crashes.append(f"{file.stem} (signal {-code})")
            elif code != 0:
                bad.append(f"{file.stem}: does not train")
    print(*bad, sep="\n")
    if crashes:
        print("PyTorch itself crashes when it trains", ", ".join(crashes))
    backend = os.environ.get("KERAS_BACKEND", "")
    print(f"{library} {backend}: {len(files)} networks, probabilities off by {worst:.1e} at most")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    if sys.argv[1] == "training":
        sys.exit(0 if trains(sys.argv[2], Path(sys.argv[3])) else 1)
    sys.exit(main(*sys.argv[1:]))
