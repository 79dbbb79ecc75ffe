"""Makes every fixture anew and compares it with the committed one.

    python check_fixtures.py [PART OF A SCRIPT'S PATH]

Runs each `make_*.py` of the tests in a copy of its folder and prints for each file that it writes how many values
were compared, and the worst difference. Words, lengths and names must be the same. Numbers may differ by 1e-9 of
their size; Keras's and torchvision's, which are float32 and come from kernels that another CPU has others of, by 1e-5
of the largest in their list; those of trainings by what the file itself says. Tables and what is in archives must be
the same. Other versions of the libraries are printed. Exits with 1 if something differs.

Needs the packages in peers.txt.
"""

import json
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

import numpy
from safetensors import SafetensorError, safe_open
from safetensors.torch import load_file

TESTS = pathlib.Path(__file__).resolve().parent.parent
DATA = (".csv", ".gz", ".npz", ".tar", ".zip")
VERSIONS = {"keras", "torch", "torchvision", "numpy", "scipy", "sklearn", "statsmodels", "scikit_learn"}


def is_number(value):
    return type(value) in (int, float)


def compare(place, committed, made, allowed):
    """Yields (difference, place); the difference is 1 where it is as large as allowed, infinite where types differ."""
    if isinstance(committed, dict) and isinstance(made, dict) and committed.keys() == made.keys():
        for key, value in committed.items():
            if key in VERSIONS and isinstance(value, str):
                print_versions(key, value, made[key])
            else:
                yield from compare(f"{place}.{key}", value, made[key], allowed)
    elif isinstance(committed, list) and isinstance(made, list) and len(committed) == len(made):
        if all(type(item) is int for item in committed):
            yield (0 if committed == made else numpy.inf), place
        elif all(map(is_number, committed + made)):
            yield compare_arrays(numpy.array(committed, float), numpy.array(made, float), allowed), place
        else:
            for index, (old, new) in enumerate(zip(committed, made)):
                yield from compare(f"{place}[{index}]", old, new, allowed)
    elif type(committed) is float and is_number(made):
        yield compare_arrays(numpy.array([committed], float), numpy.array([made], float), allowed), place
    else:
        yield (0 if committed == made else numpy.inf), place


def print_versions(library, then, now):
    if then != now:
        print(f"        {library} {then} then, {now} now")


def exactly(committed):
    return 1e-9 * numpy.abs(committed)


def as_float32(committed):
    return 1e-5 * numpy.abs(committed).max(initial=0)


def compare_arrays(committed, made, allowed):
    """The largest difference as a share of what is `allowed`; what is not finite has to be the same."""
    if committed.shape != made.shape:
        return numpy.inf
    finite = numpy.isfinite(committed)
    if not numpy.array_equal(committed[~finite], made[~finite], equal_nan=True) or not numpy.isfinite(made[finite]).all():
        return numpy.inf
    committed, made = committed.astype(float), made.astype(float)
    difference = numpy.abs(committed[finite] - made[finite])
    bounds = numpy.maximum(numpy.broadcast_to(allowed(committed[finite]), difference.shape), 1e-300)
    return numpy.divide(difference, bounds).max(initial=0)


def compare_tensors(committed, made):
    for key, value in committed.items():
        tolerance = committed.get(f"{key}/tolerance")
        if key.endswith("/tolerance"):
            # Drawn from the same noise: only what rounding of float64 adds is different.
            yield compare_arrays(value, made[key], lambda old: 0.1 * old), key
        elif tolerance is not None:
            yield compare_arrays(value, made[key], lambda old: tolerance[0]), key
        else:
            yield compare_arrays(value, made[key], as_float32), key


def contents(path):
    """What is in an archive, however it is compressed; the bytes of another file."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    if tarfile.is_tarfile(path):
        with tarfile.open(path) as archive:
            return {entry.name: archive.extractfile(entry).read() if entry.isfile() else entry.linkname
                    for entry in archive}
    return path.read_bytes()


def differences(committed, made, allowed):
    if committed.suffix in DATA:
        return [(0 if contents(committed) == contents(made) else numpy.inf, "the contents")]
    if committed.suffix == ".safetensors":
        with safe_open(committed, "np") as then, safe_open(made, "np") as now:
            for library, version in (then.metadata() or {}).items():
                print_versions(library, version, (now.metadata() or {}).get(library))
        # NumPy has no bfloat16.
        old, new = ({name: tensor.double().numpy() for name, tensor in load_file(path).items()}
                    for path in (committed, made))
        if old.keys() != new.keys():
            return [(numpy.inf, "the names of tensors")]
        return list(compare_tensors(old, new))
    return list(compare("", json.loads(committed.read_text()), json.loads(made.read_text()), allowed))


def files(folder):
    return {path.relative_to(folder): path.stat().st_mtime_ns
            for path in folder.rglob("*") if path.suffix in (".json", ".safetensors", *DATA)}


def check(script):
    """Whether all that the script writes is as committed."""
    print(script.relative_to(TESTS), flush=True)
    is_float32 = not {"LearningTests", "PyTorch"}.isdisjoint(script.parts) or "torchvision" in script.name
    allowed = as_float32 if is_float32 else exactly
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary) / "fixtures"
        shutil.copytree(script.parent, folder)
        before = files(folder)
        ending = subprocess.run([sys.executable, script.name], cwd=folder, capture_output=True, text=True)
        if ending.returncode != 0:
            print(f"FAIL    {ending.stderr.strip()}")
            return False
        written = sorted(path for path, time in files(folder).items() if before.get(path) != time)
        if not written:
            print("FAIL    the script wrote nothing")
        agree = bool(written)
        for path in written:
            try:
                found = differences(script.parent / path, folder / path, allowed)
            except (OSError, ValueError, SafetensorError) as error:
                print(f"FAIL    {path}: {error}")
                agree = False
                continue
            worst, place = max(found, default=(numpy.inf, "nothing"))
            agree = agree and worst <= 1
            print(f"{'ok  ' if worst <= 1 else 'FAIL'}    {path}: {len(found)} comparisons, the worst difference "
                  f"{worst:.1e} of what is allowed{f', at {place}' if worst else ''}", flush=True)
        return agree


scripts = sorted(path for path in TESTS.rglob("Fixtures/make_*.py")
                 if all(part in str(path) for part in sys.argv[1:]))
if not scripts:
    raise SystemExit(f"no script has {sys.argv[1:]} in its path")
raise SystemExit(0 if all([check(script) for script in scripts]) else 1)
