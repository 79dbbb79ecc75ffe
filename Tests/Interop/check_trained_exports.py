"""Holds exports of trained networks against the probabilities that exp recorded and predicts.

    python check_trained_exports.py train EXP FOLDER
    python check_trained_exports.py onnx|pytorch|keras FOLDER

The first enlarges scikit-learn's handwritten digits to 28x28 pixels, trains networks of experiments/ on them for two
epochs, and exports each in every format, as it is and calibrated. The others predict the test images with those of a
format: each probability must be within 1e-5 of the run's predictions.csv and of `exp predict --calibrated`. They exit
with 1 if one is not, or if calibration changes next to nothing. Need the packages in peers.txt; `onnx` those in onnx.txt.
"""

import csv
import importlib.util
import json
import pathlib
import subprocess
import sys

import numpy as np

EXPERIMENTS = ["mnist-deotte", "mnist-baseline", "lenet5", "mnist-mlp", "mnist-resnet", "mnist-tiny"]
# The options of `exp export` and the file's name.
FORMATS = {
    "onnx": [(["--format", "onnx"], "floats.onnx"),
             (["--format", "onnx", "--input", "bytes", "--layout", "nhwc"], "bytes.onnx")],
    "pytorch": [(["--format", "pytorch"], "with_pytorch.py")],
    "keras": [(["--format", "keras"], "with_keras.py")],
}
MOST = 1e-5


def idx(values):
    header = bytes([0, 0, 8, values.ndim]) + b"".join(size.to_bytes(4, "big") for size in values.shape)
    return header + values.astype("u1").tobytes()


def train(program, folder):
    from sklearn.datasets import load_digits

    digits = load_digits()
    images = np.pad(np.kron(digits.images * 15, np.ones((3, 3))), ((0, 0), (2, 2), (2, 2)))
    data = folder / "digits"
    data.mkdir(parents=True)
    for part, places in (("train", slice(None, -360)), ("t10k", slice(-360, None))):
        (data / f"{part}-images-idx3-ubyte").write_bytes(idx(images[places]))
        (data / f"{part}-labels-idx1-ubyte").write_bytes(idx(digits.target[places]))
    for name in EXPERIMENTS:
        settings = [f"data.dataset={{type: idx, path: {data.resolve()}}}", "data.validation=200", "training.epochs=2"]
        subprocess.run(
            [program, "run", f"experiments/{name}.yaml", "--seed", "0", "--quiet", "--output-dir", folder / "runs"]
            + [word for setting in settings for word in ("--set", setting)], check=True, capture_output=True)
        (run,) = (folder / "runs" / name).iterdir()
        written = folder / "written" / name
        columns = ",".join(f"p_{label}=p_{label}" for label in range(10))
        written.mkdir(parents=True)
        subprocess.run(
            [program, "predict", run, data / "t10k-images-idx3-ubyte", "--calibrated", "--columns", columns,
             "-o", written / "calibrated.csv"], check=True)
        for options, file in sum(FORMATS.values(), []):
            for more in ([], ["--calibrated"]):
                target = written / ("calibrated" if more else "plain") / file
                target.parent.mkdir(exist_ok=True)
                subprocess.run([program, "export", run, *options, *more, "-o", target], check=True,
                               capture_output=True)


def predicted(file, images):
    """What the export `file` gives for `images`, bytes of shape (N, 28, 28, 1)."""
    if file.suffix == ".onnx":
        import onnxruntime

        session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
        if session.get_inputs()[0].type != "tensor(uint8)":
            metadata = session.get_modelmeta().custom_metadata_map
            shift, divisor = (np.array(json.loads(metadata[key])) for key in ("shift", "divisor"))
            images = ((images - shift) / divisor).astype("f4").transpose(0, 3, 1, 2)
        return session.run(None, {"images": images})[0]
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.predict(module.load(), images)


def table(path):
    with path.open() as file:
        return np.array([[float(row[f"p_{label}"]) for label in range(10)] for row in csv.DictReader(file)])


def check(library, folder):
    data = (folder / "digits" / "t10k-images-idx3-ubyte").read_bytes()
    images = np.frombuffer(data, "u1", offset=16).reshape(-1, 28, 28, 1)
    is_right = True
    for name in EXPERIMENTS:
        (run,) = (folder / "runs" / name).iterdir()
        written = folder / "written" / name
        recorded, calibrated = table(run / "predictions.csv"), table(written / "calibrated.csv")
        temperature = json.loads((run / "results.json").read_text())["temperature"]
        powers = recorded ** (1 / temperature)
        off = np.abs(powers / powers.sum(axis=1, keepdims=True) - calibrated).max()
        change = np.abs(calibrated - recorded).max()
        print(f"{name}: temperature {temperature:.2f} changes probabilities by {change:.1e} at most, and exp's are off "
              f"by {off:.1e}")
        is_right &= bool(off <= MOST and change > 100 * MOST)
        for _, file in FORMATS[library]:
            plain = np.abs(predicted(written / "plain" / file, images) - recorded).max()
            scaled = np.abs(predicted(written / "calibrated" / file, images) - calibrated).max()
            print(f"{name}, {file}: {len(images)} images, off by {plain:.1e}; calibrated, by {scaled:.1e} "
                  f"(at most {MOST:.0e})")
            # Not "greater": what is not a number is no agreement.
            is_right &= bool(plain <= MOST and scaled <= MOST)
    return is_right


if sys.argv[1] == "train":
    train(sys.argv[2], pathlib.Path(sys.argv[3]))
else:
    sys.exit(0 if check(sys.argv[1], pathlib.Path(sys.argv[2])) else 1)
