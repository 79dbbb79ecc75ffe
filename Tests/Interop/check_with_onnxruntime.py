"""Checks ONNX files against the probabilities that they have to give.

    python check_with_onnxruntime.py FOLDER

Beside each NAME.VARIANT.onnx in FOLDER stands NAME.expected.safetensors with `images`, whose numbers are bytes in the
order height, width, channels, and the `probabilities` of each. ONNX's checker must accept the file with its full check,
and onnxruntime give the probabilities within 1e-5, for all images at once and one by one. How to scale images for a file
that takes floats is read from its metadata. Exits with 1 if something does not agree.

Needs the packages in onnx.txt. `ONNXRuntimeTests` calls it, and `make interop` for the fixtures of `ONNXFileTests`.
"""

import json
import pathlib
import sys

import numpy
import onnx
import onnxruntime
from safetensors.numpy import load_file

MOST = 1e-5


def as_input(images, session):
    """The images in the type and the order that the network takes."""
    metadata = session.get_modelmeta().custom_metadata_map
    wanted = session.get_inputs()[0]
    if wanted.type == "tensor(float)":
        images = (images - json.loads(metadata["shift"])) / json.loads(metadata["divisor"])
    images = images.astype({"tensor(float)": "float32", "tensor(uint8)": "uint8"}[wanted.type])
    return images.transpose(0, 3, 1, 2) if "channels, height, width" in metadata["input"] else images


def difference(path):
    """The largest difference of a probability."""
    onnx.checker.check_model(path, full_check=True)
    name = path.stem.rpartition(".")[0]
    expected = load_file(path.with_name(f"{name}.expected.safetensors"))
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    images = as_input(expected["images"], session)
    at_once = session.run(None, {"images": images})[0]
    one_by_one = numpy.concatenate(
        [session.run(None, {"images": images[i:i + 1]})[0] for i in range(len(images))])
    worst = numpy.abs(numpy.stack([at_once, one_by_one]) - expected["probabilities"]).max()
    # What is not a number would be no larger than anything.
    return worst if numpy.isfinite(worst) else numpy.inf


onnxruntime.set_default_logger_severity(3)
differences = {path.name: difference(path)
               for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))}
for name, value in differences.items():
    if value > MOST:
        print(f"FAIL  {name}: differs by {value:.3g} (at most {MOST:g})")
worst = max(differences.values(), default=numpy.inf)
print(f"onnxruntime on {len(differences)} files: probabilities differ by at most {worst:.3g}")
raise SystemExit(1 if worst > MOST else 0)
