"""Checks ONNX files against the probabilities that they have to give.

    python check_with_onnxruntime.py FOLDER

Beside each NAME.onnx in FOLDER stands NAME.safetensors with `images` and the `probabilities` of each. ONNX's checker must
accept the file with its full check, and onnxruntime give the probabilities within 1e-5, for all images at once and one by
one; for none it gives none. Exits with 1 if something does not agree.

Needs the packages in onnx.txt. `ONNXRuntimeTests` calls it, and `make interop` for the fixtures of `ONNXFileTests`.
"""

import pathlib
import sys

import numpy
import onnx
import onnxruntime
from safetensors.numpy import load_file

MOST = 1e-5


def difference(path):
    """The largest difference of a probability."""
    onnx.checker.check_model(path, full_check=True)
    expected = load_file(path.with_suffix(".safetensors"))
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    takes_bytes = session.get_inputs()[0].type == "tensor(uint8)"
    images = expected["images"].astype("uint8" if takes_bytes else "float32")
    at_once = session.run(None, {"images": images})[0]
    one_by_one = numpy.concatenate(
        [session.run(None, {"images": images[i:i + 1]})[0] for i in range(len(images))])
    none = session.run(None, {"images": images[:0]})[0]
    if none.shape != (0, expected["probabilities"].shape[1]):
        return numpy.inf
    # A NaN is less than nothing, so it must not be compared.
    worst = numpy.abs(numpy.stack([at_once, one_by_one]) - expected["probabilities"]).max()
    return worst if numpy.isfinite(worst) else numpy.inf


onnxruntime.set_default_logger_severity(3)
differences = {path.stem: difference(path)
               for path in sorted(pathlib.Path(sys.argv[1]).glob("*.onnx"))}
for name, value in differences.items():
    if value > MOST:
        print(f"FAIL  {name}: differs by {value:.3g} (at most {MOST:g})")
worst = max(differences.values(), default=numpy.inf)
print(f"onnxruntime on {len(differences)} files: probabilities differ by at most {worst:.3g}")
raise SystemExit(1 if worst > MOST else 0)
