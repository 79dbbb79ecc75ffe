"""Has exp read pictures made of MNIST's test images: check_digit_pictures.py EXP RUN MNIST SEED….

MNIST is the folder of its IDX files. Each seed draws 1,000 others: the longer side has 20 to 400 pixels (as many small
ones as large), with MNIST's own margins or with random ones, dark on bright or bright on dark, on evenly or unevenly
lit paper with grain, as PNG or as JPEG of quality 30 to 95. Ends with 1 if less than 96 % of those of a seed are read
right.
"""

import csv
import gzip
import io
import pathlib
import subprocess
import sys
import tempfile

import numpy as np
from PIL import Image

COUNT = 1000
WANTED = 0.96
FILTERS = [Image.Resampling.BILINEAR, Image.Resampling.BICUBIC, Image.Resampling.LANCZOS]


def values(folder, name, header):
    path = folder / name
    data = path.read_bytes() if path.exists() else gzip.decompress((folder / (name + ".gz")).read_bytes())
    return np.frombuffer(data, "u1", offset=header)


def picture(random, digit):
    """The bytes of a picture of `digit`, and the ending of its file's name."""
    if random.random() < 0.5:
        rows, columns = np.nonzero(digit.max(axis=1))[0], np.nonzero(digit.max(axis=0))[0]
        digit = digit[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1]
        most = max(digit.shape) // 2
        digit = np.pad(digit, random.integers(1, most + 1, (2, 2)))
    side = np.exp(random.uniform(np.log(20), np.log(400)))
    size = [max(1, round(length * side / max(digit.shape))) for length in digit.shape[::-1]]
    ink = np.asarray(Image.fromarray(digit).resize(size, random.choice(FILTERS)), "f4") / 255
    paper, pen = sorted(random.uniform(0, 255, 2))
    if pen - paper < 90:
        paper, pen = random.uniform(0, 60), random.uniform(170, 255)
    if random.random() < 0.5:
        paper, pen = pen, paper
    grey = paper + (pen - paper) * ink
    if random.random() < 0.5:
        # Light from one side, a fifth weaker at most at the other.
        down, right = random.uniform(-0.1, 0.1, 2)
        y, x = np.mgrid[-1:1:ink.shape[0] * 1j, -1:1:ink.shape[1] * 1j]
        grey *= 1 + down * y + right * x
    grey += random.normal(0, random.uniform(0, 8), grey.shape)
    image = Image.fromarray(np.clip(grey, 0, 255).round().astype("u1"))
    if random.random() < 0.3:
        image = image.convert("RGB")
    file = io.BytesIO()
    if random.random() < 0.25:
        image.save(file, "png")
        return file.getvalue(), "png"
    image.save(file, "jpeg", quality=int(random.integers(30, 96)))
    return file.getvalue(), "jpg"


def write(folder, images, labels, seed):
    """Writes the pictures of `seed`; returns the class of each file."""
    random = np.random.default_rng(seed)
    classes = {}
    for number, index in enumerate(random.choice(len(images), COUNT, replace=False)):
        data, ending = picture(random, images[index])
        file = folder / f"{number:04}.{ending}"
        file.write_bytes(data)
        classes[str(file)] = int(labels[index])
    return classes


def main():
    program, run, mnist, *seeds = sys.argv[1:]
    mnist = pathlib.Path(mnist)
    images = values(mnist, "t10k-images-idx3-ubyte", 16).reshape(-1, 28, 28)
    labels = values(mnist, "t10k-labels-idx1-ubyte", 8)
    lowest = 1.0
    for seed in map(int, seeds):
        with tempfile.TemporaryDirectory() as folder:
            classes = write(pathlib.Path(folder), images, labels, seed)
            command = [program, "predict", run, folder, "--prepare", "digits", "--format", "csv"]
            table = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        rows = list(csv.DictReader(io.StringIO(table)))
        assert {row["image"] for row in rows} == set(classes), "each picture has a row"
        right = sum(row["class"] == str(classes[row["image"]]) for row in rows) / COUNT
        lowest = min(lowest, right)
        print(f"seed {seed}: {right:.1%} right")
    sys.exit(lowest < WANTED)


if __name__ == "__main__":
    main()
