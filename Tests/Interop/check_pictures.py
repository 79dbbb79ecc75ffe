"""Compares the runs of one dataset in several forms: check_pictures.py RUNS, with a folder for each dataset in RUNS."""

import hashlib
import json
import pathlib
import sys

for dataset in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    forms, results = [], set()
    for run in sorted(dataset.iterdir()):
        manifest = json.loads((run / "run.json").read_text())
        forms.append(manifest["data"]["dataset"])
        contents = json.dumps(manifest["data"]["contents"], sort_keys=True)
        weights = hashlib.sha256((run / "weights.safetensors").read_bytes()).hexdigest()
        results.add((contents, weights))
    assert len(set(forms)) == 4, f"{dataset.name}: runs of {forms}"
    assert len(results) == 1, f"{dataset.name}: {len(results)} different results"
    print(f"{dataset.name}: the same data and the same weights as {', '.join(forms)}")
