"""What a reader needs to know of the machine and the programs, to compare figures."""

import hashlib
import os
import pathlib
import platform
import re
import subprocess

FLAGS = ("avx2", "fma", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile", "amx_bf16")
VERSIONS = """
import importlib.metadata, json, platform
found = {"python": platform.python_version()}
for name in ("jax", "keras", "onnxruntime", "tensorflow-cpu", "tensorflow", "torch"):
    try:
        found[name] = importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        pass
try:
    import re, torch
    found["onednn of torch"] = re.search(r"MKL-DNN v([\\d.]+)", torch.__config__.show())[1]
except (ImportError, TypeError):
    pass
print(json.dumps(found))
"""


def output(*command, folder=None):
    """What a command prints; nothing if it fails."""
    try:
        return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return None


def field(path, key):
    match = re.search(rf"^{key}\s*[:=]\s*\"?(.*?)\"?$", pathlib.Path(path).read_text(), re.MULTILINE)
    return match[1] if match else None


def cpu_flags():
    return set((field("/proc/cpuinfo", "flags") or "").split())


def description():
    return {
        "cpu": field("/proc/cpuinfo", "model name"),
        "cores": len(os.sched_getaffinity(0)),
        "flags": [flag for flag in FLAGS if flag in cpu_flags()],
        "memory_gigabytes": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9, 1),
        "system": field("/etc/os-release", "PRETTY_NAME"),
        "kernel": platform.release(),
        "load_at_start": os.getloadavg()[0],
    }


def program(path, manifest):
    """exp: the file itself by its checksum, and the state of the checkout that it lies in, if any."""
    folder = pathlib.Path(path).resolve().parent
    changes = output("git", "status", "--porcelain", "--untracked-files=no", folder=folder)
    return {
        "version": output(path, "--version"),
        "sha256": hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest(),
        "checkout": output("git", "rev-parse", "HEAD", folder=folder),
        "checkout_has_changes": None if changes is None else changes != "",
        "onednn": manifest["machine"]["onednn_version"],
        "instruction_set": manifest["machine"]["instruction_set"],
        "toolchain": manifest.get("toolchain"),
    }
