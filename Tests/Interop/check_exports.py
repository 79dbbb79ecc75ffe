"""Runs the files that exp wrote for a library, and holds their probabilities against exp's own.

    python check_exports.py pytorch|keras FOLDER

FOLDER has NAME.py, NAME.safetensors and NAME.expected.safetensors with images and probabilities.
"""

import importlib.util
import os
import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file


def imported(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def trains(library, module, model, images, labels):
    """Whether a step of training runs and has a finite loss."""
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
    worst, bad = 0.0, []
    for number, file in enumerate(files):
        expected = load_file(file.with_suffix(".expected.safetensors"))
        images = expected["images"].astype(np.uint8)
        module = imported(file)
        model = module.load()
        found = module.predict(model, images)
        difference = float(np.abs(found - expected["probabilities"]).max())
        worst = max(worst, difference)
        # Not "greater": what is not a number is no agreement.
        if not difference < 1e-5:
            bad.append(f"{file.stem}: off by {difference}")
        if number % 10 == 0:
            labels = np.zeros(len(images), "int64")
            if not trains(library, module, model, images, labels):
                bad.append(f"{file.stem}: does not train")
    print(*bad, sep="\n")
    backend = os.environ.get("KERAS_BACKEND", "")
    print(f"{library} {backend}: {len(files)} networks, probabilities off by {worst:.1e} at most")
    return 1 if bad or not files else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
