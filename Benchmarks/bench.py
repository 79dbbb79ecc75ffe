"""Measures exp beside Keras, PyTorch and JAX on this machine: by turns, each in processes of its own.

    python3 bench.py --exp PROGRAM --python PYTHON [--rounds N] [--only NAME]…

PYTHON is one with requirements.txt installed. The networks are those in networks/, which peers/networks.py has in other
words. NAME is a measure (training, roofline, startup, accuracy, inference, memory, growth) or the beginning of a
case's name, such as training/lenet5; `--list` shows them. Prints medians over rounds, and the median of the rounds'
ratios with the smallest and the largest; every reading is in the JSON file. Exits with 1 if a side failed.
"""

import argparse
import datetime
import json
import os
import pathlib
import re
import sys

from harness import machine, rounds
from harness.process import Failed, run
from harness.sides import BENCHMARKS, PEER_NAMES, Task, side
from measures import MEASURES


def parse():
    cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache") / "exp"
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n\n")[0], epilog=__doc__.split("\n\n")[2],
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exp", type=pathlib.Path, default=BENCHMARKS.parent / ".build/release/exp")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--data-dir", type=pathlib.Path, default=os.environ.get("EXP_DATA_DIR") or cache)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)), help="default: one per core")
    parser.add_argument("--only", action="append", default=[], metavar="NAME")
    parser.add_argument(
        "--peers", default=",".join(default_peers()), help=f"of {', '.join(PEER_NAMES)}; default here: %(default)s")
    parser.add_argument("--limit", type=int, default=900, help="seconds after which a process counts as failed")
    parser.add_argument("--results", type=pathlib.Path, default=BENCHMARKS / "results", help="folder for the JSON file")
    parser.add_argument("--list", action="store_true", help="list the cases and measure nothing")
    options = parser.parse_args()
    if options.limit < 1:
        parser.error("--limit is at least 1")
    unknown = set(filter(None, options.peers.split(","))) - set(PEER_NAMES)
    if unknown:
        parser.error(f"there are no peers {sorted(unknown)}: there are {', '.join(PEER_NAMES)}")
    if options.rounds < 1 or options.threads < 1:
        parser.error("--rounds and --threads are at least 1")
    return parser, options


def default_peers():
    # Without instructions for it bfloat16 is emulated, which nobody would train with.
    has_bfloat16 = {"avx512_bf16", "amx_bf16"} & machine.cpu_flags()
    return [name for name in PEER_NAMES if has_bfloat16 or not name.endswith("bfloat16")]


def versions(exp, options):
    """Of all programs. Training for a moment also shows at once whether exp finds its data."""
    trained = exp.train(Task("lenet5", images=128, epochs=1, batch_size=128, threads=options.threads))
    peers = run([options.python, "-c", machine.VERSIONS], options.limit)
    told = [text for _, text in peers.lines if text.startswith("{")]
    return {"exp": machine.program(options.exp, trained.manifest), "peers": json.loads(told[-1])}


def main():
    parser, options = parse()
    exp = side("exp", options)
    sides = [exp] + [side(name, options) for name in options.peers.split(",") if name]
    cases = [case for measure in MEASURES.values() for case in measure(sides, options)]
    chosen = [case for case in cases if not options.only or any(case.name.startswith(name) for name in options.only)]
    for name in options.only:
        if not any(case.name.startswith(name) for case in cases):
            parser.error(f"nothing is called {name}: there are {', '.join(case.name for case in cases)}")
    if options.list:
        print("\n".join(case.name for case in chosen))
        return 0
    try:
        programs = versions(exp, options)
    except Failed as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    begin = datetime.datetime.now()
    report = {
        "started": begin.astimezone().isoformat(timespec="seconds"), "rounds": options.rounds,
        "threads": options.threads, "peers": options.peers, "machine": machine.description(), "programs": programs,
        "cases": [],
    }
    print(json.dumps({key: report[key] for key in ("machine", "programs")}, indent=2))
    name = re.sub(r"[^a-z0-9]+", "-", (report["machine"]["cpu"] or "unknown").lower()).strip("-")
    path = options.results / f"{begin:%Y-%m-%d_%H-%M-%S}_{name}.json"
    options.results.mkdir(parents=True, exist_ok=True)
    for case in chosen:
        print(f"\n{case.name}", flush=True)
        result = rounds.measure(case, options.rounds, lambda text: print(text, flush=True))
        report["cases"].append(result)
        # After each case, so that an end before the last one loses nothing.
        path.write_text(json.dumps(report, indent=1, allow_nan=False, ensure_ascii=False) + "\n")
    print("\n" + "\n\n".join(map(rounds.table, report["cases"])) + f"\n\n{path}")
    return 1 if any(result["problems"] for result in report["cases"]) else 0


if __name__ == "__main__":
    sys.exit(main())
