"""Cases, and how they are measured: all sides by turns, several rounds, the order turned round every time."""

import dataclasses
import math
import statistics
from typing import Callable

from harness.process import Failed

# From so much of a core on, what others did meanwhile is told.
DISTURBANCE = 0.1


@dataclasses.dataclass
class Reading:
    """One side's value in one round. None: it was measured, and there is no such value (see `details`)."""

    value: float | None
    others: float
    details: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass
class Case:
    name: str
    unit: str
    is_better: str  # "higher" or "lower"
    sides: dict[str, Callable[[int], Reading]]  # by name; called with the round's number
    reference: str = "exp"
    note: str = ""  # what exactly is compared
    absent: str = "no value"  # how a reading without a value is told
    # How ratios are to be read: "advantage" is above 1 where the reference is better, "growth" where it is smaller.
    ratio: str = "advantage"

    def ratio_to(self, reference, value):
        if self.ratio == "growth" or self.is_better == "lower":
            return value / reference
        return reference / value


def measure(case, rounds, tell):
    """Measures a case and returns all there is to know of it, ready for JSON."""
    readings = {name: [] for name in case.sides}
    for number in range(rounds):
        names = list(case.sides)
        for name in names if number % 2 == 0 else reversed(names):
            try:
                reading = dataclasses.asdict(case.sides[name](number))
            except Failed as error:
                reading = {"failed": str(error)}
            readings[name].append(reading)
            tell(f"  round {number + 1}, {name}: {text(case, reading)}")
    result = {
        "name": case.name, "unit": case.unit, "better": case.is_better, "note": case.note,
        "reference": case.reference, "ratio": case.ratio,
        "sides": {name: summary(case, readings, name) for name in case.sides}, "readings": readings,
    }
    result["problems"] = problems(case, readings)
    return result


def text(case, reading):
    if "failed" in reading:
        return "failed: " + reading["failed"]
    told = case.absent if reading["value"] is None else f"{figure(reading['value'])} {case.unit}"
    if reading["others"] >= DISTURBANCE:
        told += f" (others took {reading['others']:.2f} cores meanwhile)"
    return told


def summary(case, readings, name):
    """Median over rounds, and of the rounds' ratios; a value that is not there counts as the worst one."""
    ok = [reading for reading in readings[name] if "failed" not in reading]
    worst = -math.inf if case.is_better == "higher" else math.inf
    values = [worst if reading["value"] is None else reading["value"] for reading in ok]
    median = statistics.median(values) if values else None
    pairs = [
        (mine["value"], other["value"])
        for mine, other in zip(readings[case.reference], readings[name])
        if mine.get("value") is not None and other.get("value") is not None
    ]
    ratios = [case.ratio_to(*pair) for pair in pairs] if name != case.reference else []
    return {
        "rounds": len(readings[name]), "failed": len(readings[name]) - len(ok),
        "without_value": sum(reading["value"] is None for reading in ok),
        "median": median if median is not None and math.isfinite(median) else None,
        "ratio": None if not ratios else {
            "median": statistics.median(ratios), "least": min(ratios), "largest": max(ratios), "rounds": len(ratios),
        },
        "disturbed": sum(reading["others"] >= DISTURBANCE for reading in ok),
    }


def problems(case, readings):
    """What makes the figures of a case doubtful."""
    found = [
        f"{name} failed in round {number}: {reading['failed']}"
        for name in readings for number, reading in enumerate(readings[name], 1) if "failed" in reading
    ]
    sizes = {
        name: reading["details"]["parameters"]
        for name in readings for reading in readings[name] if "parameters" in reading.get("details", {})
    }
    if case.ratio == "advantage" and len(set(sizes.values())) > 1:
        found.append(f"the networks differ in their numbers of parameters: {sizes}")
    return found


def figure(value):
    """Three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(result):
    """A result in lines."""
    lines = [f"{result['name']} ({result['unit']}, {result['better']} is better)"]
    if result["note"]:
        lines.append("  " + result["note"])
    for name, side in result["sides"].items():
        median = "–" if side["median"] is None else figure(side["median"])
        line = f"  {name:16}{median:>10}"
        if side["ratio"]:
            ratio = side["ratio"]
            word = "times the first" if result["ratio"] == "growth" else f"× in favour of {result['reference']}"
            line += f"   {ratio['median']:.2f} {word} ({ratio['least']:.2f} to {ratio['largest']:.2f})"
            if ratio["rounds"] < side["rounds"]:
                line += f" in {ratio['rounds']} of {side['rounds']} rounds"
        for count, word in ((side["failed"], "failed"), (side["without_value"], "without a value"),
                            (side["disturbed"], "disturbed by others")):
            if count:
                line += f"; {count} of {side['rounds']} {word}"
        lines.append(line)
    return "\n".join(lines + [f"  problem: {problem}" for problem in result["problems"]])
