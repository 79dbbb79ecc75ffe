"""Holds what exported Python files make of pictures against `exp predict`.

    python check_exported_pictures.py EXP FOLDER

FOLDER is made. Networks are trained on the shapes of `exp data sample`, each with another preparation, and exported.
Then `python FILE.py PICTURE…` has to name the classes and probabilities of `exp predict RUN PICTURE…`, and `read` with
`predict` those probabilities within 1e-5 (JPEGs 1e-2, as decoders differ in the last bit). What `exp predict` refuses,
`read` has to refuse. Exits with 1 if something does not agree. Needs the packages in peers.txt.
"""

import csv
import importlib.util
import io
import os
import pathlib
import re
import subprocess
import sys

import numpy as np
from PIL import Image

os.environ.setdefault("KERAS_BACKEND", "torch")

SPEC = """name: {name}
data:
  dataset: {{type: image_folder, path: shapes, {preparation}}}
  limit: 600
  validation: 0.1
model:
  layers:
    - {{type: conv2d, filters: 8, kernel_size: 3, activation: relu}}
    - flatten
    - {{type: dense, units: 6, activation: softmax}}
optimizer: adam
training: {{epochs: 3, batch_size: 32}}
"""
PREPARATIONS = {
    "as_they_are": "background: 40",
    "stretched": "image_size: [16, 20]",
    "cropped": "image_size: [24, 12], fit: crop, interpolation: nearest, background: 255",
    "bordered": "image_size: [20, 28], fit: pad, interpolation: area, background: 90, color_mode: grayscale",
}


def scene(random, height, width):
    """Smooth colours, and transparency, with edges: height × width × 4."""
    y, x = np.mgrid[:height, :width] / max(height, width)
    waves = [np.sin(9 * x + 4 * y * k + k) * np.cos(7 * y - 3 * x * k) for k in range(4)]
    image = 0.5 + 0.4 * np.stack(waves, axis=-1)
    image[height // 3:height // 2, width // 4:width // 2] = random.uniform(0, 1, 4)
    return (np.clip(image + random.normal(0, 0.03, image.shape), 0, 1) * 255).astype("u1")


def write_pictures(folder, random, size):
    """Writes one picture of each kind, `size` (height, width) when turned as EXIF says; returns their paths."""
    folder.mkdir()
    full = Image.fromarray(scene(random, *size))
    colours, grey = full.convert("RGB"), full.convert("RGB").convert("L")
    pictures = {
        "rgb.png": colours, "grey.png": grey, "alpha.png": full, "grey-alpha.png": full.convert("LA"),
        "palette.png": colours.quantize(16), "grey16.png": Image.fromarray(np.asarray(grey).astype("u2") * 257 + 3),
        "two.png": grey.convert("1"),
    }
    for name, picture in pictures.items():
        picture.save(folder / name)
    colours.quantize(16).save(folder / "transparent-palette.png", transparency=bytes(range(0, 256, 16)))
    grey.save(folder / "transparent-grey.png", transparency=int(np.asarray(grey)[0, 0]))
    turned = colours.transpose(Image.Transpose.ROTATE_90)
    for name, exif in (("turned.jpg", 6), ("grey.jpg", 1)):
        tags = Image.Exif()
        tags[0x112] = exif
        (turned if exif == 6 else grey).save(folder / name, quality=95, exif=tags)
    # Pillow would turn a PNG, too, but exp does not.
    tags = Image.Exif()
    tags[0x112] = 3
    colours.save(folder / "not-turned.png", exif=tags)
    return sorted(folder.iterdir())


def imported(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def differences(program, run, file, pictures):
    """What `file` and `exp predict` do not agree on, in words, and the largest difference of a probability."""
    module = imported(file)
    columns = ",".join(["class=class"] + [f"p_{name}=p_{name}" for name in module.CLASS_NAMES])
    command = [program, "predict", run, *pictures, "--columns", columns]
    table = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    rows = list(csv.DictReader(io.StringIO(table)))
    expected = np.array([[float(row[f"p_{name}"]) for name in module.CLASS_NAMES] for row in rows])
    found = module.predict(module.load(), np.stack([module.read(picture) for picture in pictures]))
    wrong = [f"{picture.name}: off by {off:.1e}"
             for picture, off in zip(pictures, np.abs(found - expected).max(axis=1), strict=True)
             if not off <= (1e-2 if picture.suffix == ".jpg" else 1e-5)]
    command = [sys.executable, file, *pictures]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    for picture, row, probabilities, line in zip(pictures, rows, expected, lines, strict=True):
        match = re.fullmatch(r"(.*): '(.*)' (\d\.\d{4})", line)
        most = 1e-2 if picture.suffix == ".jpg" else 1e-4
        if not match or (match[1], match[2]) != (str(picture), row["class"]) \
                or abs(float(match[3]) - probabilities.max()) > most:
            wrong.append(f"'{line}' instead of {row['class']} {probabilities.max():.4f}")
    return wrong, np.abs(found - expected).max()


def refusals(program, run, file, pictures, good):
    """The pictures that either takes, of those that both have to refuse; the `good` one after them is still taken."""
    module, wrong = imported(file), []
    for picture in pictures:
        code = subprocess.run([program, "predict", run, picture], capture_output=True).returncode
        if code != 66:
            wrong.append(f"exp predict takes {picture.name}: {code}")
        try:
            module.read(picture)
            wrong.append(f"read takes {picture.name}")
        except (OSError, ValueError):
            pass
        ending = subprocess.run([sys.executable, file, picture, good], capture_output=True, text=True)
        if ending.returncode != 1 or ending.stderr.count("\n") != 1 or ending.stdout.count("\n") != 1:
            wrong.append(f"{file.name} says of {picture.name}: {ending.returncode} {ending.stderr}")
    return wrong


def main(program, folder):
    folder.mkdir(parents=True)
    subprocess.run([program, "data", "sample", folder / "shapes"], check=True, capture_output=True)
    random = np.random.default_rng(3)
    # Of thin ones a border leaves less than a row.
    sizes = {"same": (48, 48), "other": (50, 71), "thin": (3, 221)}
    same, other, thin = (write_pictures(folder / name, random, size) for name, size in sizes.items())
    other += thin
    unreadable = [folder / "cmyk.jpg", folder / "animation.gif", folder / "cut.png"]
    Image.new("CMYK", (48, 48)).save(unreadable[0])
    Image.new("RGB", (48, 48)).save(unreadable[1])
    unreadable[2].write_bytes(same[0].read_bytes()[:-200])
    is_right = True
    for name, preparation in PREPARATIONS.items():
        spec = folder / f"{name}.yaml"
        spec.write_text(SPEC.format(name=name, preparation=preparation))
        subprocess.run([program, "run", spec, "--quiet", "--output-dir", folder / "runs"], check=True,
                       capture_output=True)
        (run,) = (folder / "runs" / name).iterdir()
        for library in ("pytorch", "keras"):
            file = folder / f"{name}_{library}.py"
            subprocess.run([program, "export", run, "--format", library, "-o", file], check=True, capture_output=True)
            resizes = "image_size" in preparation
            wrong, most = differences(program, run, file, same + (other if resizes else []))
            wrong += refusals(program, run, file, unreadable + ([] if resizes else other), same[0])
            print(f"{file.name}: probabilities differ by {most:.1e} from those of exp predict", *wrong, sep="\n  ")
            is_right &= not wrong
    return is_right


if __name__ == "__main__":
    sys.exit(0 if main(sys.argv[1], pathlib.Path(sys.argv[2])) else 1)
