"""Makes every fixture anew and compares it with the committed one.

    python check_fixtures.py [PART OF A SCRIPT'S PATH]

Runs each `make_*.py` of the tests in a copy of its folder, and says of each file that it writes by how much its
numbers differ, relative to the largest number of the same list or tensor. Words, lengths and names must be the
same, and numbers within 1e-5 of each other: what is in float32 comes from another library's kernels on another CPU.
Versions of the libraries may differ and are printed. Exits with 1 if something else differs.

Needs the packages in peers.txt.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

import numpy
from safetensors.numpy import load_file

TESTS = pathlib.Path(__file__).resolve().parent.parent
ALLOWED = 1e-5
VERSIONS = {"keras", "torch", "numpy", "scipy", "sklearn", "statsmodels", "scikit-learn"}


def is_numbers(value):
    return isinstance(value, list) and value and all(type(item) in (int, float) for item in value)


def compare(place, committed, made):
    """Yields (difference, place); what cannot be compared is infinitely far off."""
    if is_numbers(committed) and is_numbers(made) and len(committed) == len(made):
        yield from compare_arrays(place, numpy.array(committed, float), numpy.array(made, float))
    elif type(committed) in (int, float) and type(made) in (int, float):
        yield from compare_arrays(place, numpy.array([committed], float), numpy.array([made], float))
    elif isinstance(committed, dict) and isinstance(made, dict) and committed.keys() == made.keys():
        for key, value in committed.items():
            if key in VERSIONS and isinstance(value, str):
                if value != made[key]:
                    print(f"        {key} {value} then, {made[key]} now")
            else:
                yield from compare(f"{place}.{key}", value, made[key])
    elif isinstance(committed, list) and isinstance(made, list) and len(committed) == len(made):
        for index, (old, new) in enumerate(zip(committed, made)):
            yield from compare(f"{place}[{index}]", old, new)
    else:
        yield (0 if committed == made else numpy.inf), place


def compare_arrays(place, committed, made):
    if committed.shape != made.shape:
        yield numpy.inf, place
        return
    both = numpy.isfinite(committed) & numpy.isfinite(made)
    same = numpy.array_equal(committed[~both], made[~both], equal_nan=True)
    scale = numpy.abs(committed[both]).max(initial=0)
    difference = numpy.abs(committed[both] - made[both]).max(initial=0)
    yield (difference / (scale or 1) if same else numpy.inf), place


def compare_trainings(committed, made):
    """Trainings come with tolerances of their own, which Keras's float64 on another CPU meets easily."""
    for key, value in committed.items():
        tolerance = committed.get(f"{key}/tolerance")
        if tolerance is not None and key in made:
            yield numpy.abs(value - made[key]).max() / tolerance[0] * ALLOWED, key
        elif key.endswith("/tolerance"):
            # Drawn from the same noise, so that only what rounding of float64 adds is different.
            yield (numpy.abs(value - made[key]) / value).max() * ALLOWED / 0.1, key
        else:
            yield from compare_arrays(key, value, made[key])


def differences(committed, made):
    if committed.suffix == ".safetensors":
        old, new = load_file(committed), load_file(made)
        if old.keys() != new.keys():
            return [(numpy.inf, "the names of tensors")]
        return list(compare_trainings(old, new))
    return list(compare("", json.loads(committed.read_text()), json.loads(made.read_text())))


def files(folder):
    return {path.relative_to(folder): path.stat().st_mtime_ns
            for path in folder.rglob("*") if path.suffix in (".json", ".safetensors")}


failures = 0
scripts = sorted(path for path in TESTS.rglob("Fixtures/make_*.py")
                 if all(part in str(path) for part in sys.argv[1:]))
for script in scripts:
    print(script.relative_to(TESTS), flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "fixtures"
        shutil.copytree(script.parent, folder)
        before = files(folder)
        ending = subprocess.run([sys.executable, script.name], cwd=folder, capture_output=True, text=True)
        if ending.returncode != 0:
            print(f"FAIL    the script: {ending.stderr.strip().splitlines()[-1:]}")
            failures += 1
            continue
        written = sorted(path for path, time in files(folder).items() if before.get(path) != time)
        failures += not written
        for path in written:
            found = differences(script.parent / path, folder / path)
            worst, place = max(found)
            agrees = worst <= ALLOWED
            failures += not agrees
            print(f"{'ok  ' if agrees else 'FAIL'}    {path}: {len(found)} comparisons, the worst {worst:.1e}"
                  f"{'' if worst == 0 else f' at {place}'}", flush=True)
raise SystemExit(1 if failures else 0)
