"""Speed of decoding: exp and torchvision by turns, several rounds, on 5,000 JPEGs that become 64×64 pixels.

    python compare_decoding.py EXP [--rounds N] [--count N]

EXP is the program's path (make build). Run it with a Python that has torch, torchvision and scikit-image. The
pictures are parts of scikit-image's, about 500×375 pixels in colours, of JPEG quality 85. exp is `exp check` of a spec
with an empty cache: the whole process, with writing the decoded images to the cache. torchvision is ImageFolder with
Resize (bilinear, antialiased) and PILToTensor in a DataLoader of two workers, without the time to import it. Prints
pictures per second in each round, the medians and their ratio, and the seconds of exp's second start.
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import tempfile
import time

import numpy
import skimage.data
from PIL import Image
from torch.utils.data import DataLoader
from torchvision import datasets
from torchvision.transforms import v2

SPEC = """
name: decoding
data:
  dataset: {type: image_folder, path: pictures, image_size: 64}
  validation: 0.2
model:
  layers: [flatten, {type: dense, units: 2, activation: softmax}]
optimizer: adam
training: {epochs: 1}
"""

parser = argparse.ArgumentParser()
parser.add_argument("program", type=pathlib.Path)
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--count", type=int, default=5000)
arguments = parser.parse_args()
program = arguments.program.resolve()


def make_pictures(folder):
    random = numpy.random.default_rng(0)
    sources = [getattr(skimage.data, name)()[..., :3] for name in ("astronaut", "chelsea", "coffee", "rocket")]
    sources = [Image.fromarray(source).resize((720, 540)) for source in sources]
    for number in range(arguments.count):
        width, height = (int(size + random.integers(-40, 41)) for size in (500, 375))
        left, top = int(random.integers(720 - width)), int(random.integers(540 - height))
        picture = sources[number % 4].crop((left, top, left + width, top + height))
        path = folder / f"class{number % 2}" / f"{number:05}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        picture.save(path, quality=85)


def start(folder, cache):
    begin = time.perf_counter()
    subprocess.run(
        [program, "check", folder / "spec.yaml"], check=True, capture_output=True,
        env={**os.environ, "XDG_CACHE_HOME": str(cache)})
    return time.perf_counter() - begin


def ours(folder):
    with tempfile.TemporaryDirectory() as cache:
        first = start(folder, cache)
        second_starts.append(start(folder, cache))
    return arguments.count / first


def theirs(folder):
    transform = v2.Compose([v2.Resize((64, 64), antialias=True), v2.PILToTensor()])
    begin = time.perf_counter()
    loader = DataLoader(datasets.ImageFolder(folder / "pictures", transform), batch_size=128, num_workers=2)
    seen = sum(len(images) for images, _ in loader)
    assert seen == arguments.count
    return arguments.count / (time.perf_counter() - begin)


second_starts = []
with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    make_pictures(folder / "pictures")
    (folder / "spec.yaml").write_text(SPEC)
    # Files that were written just now are decoded, but not kept.
    time.sleep(3)
    pairs = []
    for number in range(arguments.rounds):
        order = (ours, theirs) if number % 2 == 0 else (theirs, ours)
        found = {function: function(folder) for function in order}
        pairs.append((found[ours], found[theirs]))
        print(f"round {number + 1}: exp {pairs[-1][0]:.0f}  torchvision {pairs[-1][1]:.0f} pictures/s", flush=True)
    ratios = [a / b for a, b in pairs]
    print(
        f"exp {statistics.median(a for a, _ in pairs):.0f}  torchvision {statistics.median(b for _, b in pairs):.0f} "
        f"pictures/s  ratio {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f}); "
        f"exp's second start {statistics.median(second_starts):.2f} s")
