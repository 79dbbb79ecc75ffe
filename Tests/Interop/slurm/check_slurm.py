"""Runs a sweep by `exp run --launcher` on a real Slurm of three nodes, disturbs it, and compares the bits with a local run.

    python check_slurm.py EXP FOLDER [CHECK…]

The cluster is made in FOLDER by `cluster.py`, and taken down at the end. Only the small disk, which is filled, needs
rights: root mounts it, and becomes `nobody` then. Without Slurm it says what to install, and ends with 0.
"""

import ctypes
import hashlib
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import subprocess
import sys
import time

import cluster as slurm

HERE = pathlib.Path(__file__).resolve().parent


CHECKS = ["refusal", "calm", "folds", "queue", "weights", "attach", "cancel", "trouble", "orphan", "preemption", "disk",
          "time", "short"]

# Eight runs that train for long enough to be disturbed.
LONG = ["sweep.yaml", "--seed", "0", "--set", "training.epochs=200"]


class Failure(Exception):
    pass


def require(holds, text):
    if not holds:
        raise Failure(text)


def cell(manifest):
    """What tells a run's cell from others: its experiment, seed and fold."""
    return (manifest["spec_hash"], manifest["seed"], (manifest.get("fold") or {}).get("index"))


def digests(root):
    """What each run in `root` computed, by cell: digests of all that does not tell the time."""
    found = {}
    for record in pathlib.Path(root).glob("*/*/run.json"):
        manifest = json.loads(record.read_text())
        if manifest["status"] != "completed":
            continue
        folder = record.parent
        results = json.loads((folder / "results.json").read_text())
        for name in ["train_seconds", "images_per_second"]:
            results.pop(name, None)
        rows = [line.split(",") for line in (folder / "history.csv").read_text().splitlines()]
        seconds = rows[0].index("seconds")
        history = [row[:seconds] + row[seconds + 1:] for row in rows]
        parts = [
            (folder / "weights.safetensors").read_bytes(), (folder / "predictions.csv").read_bytes(),
            (folder / "trace.csv").read_bytes(), json.dumps(history).encode(),
            json.dumps(results, sort_keys=True).encode(),
        ]
        found.setdefault(cell(manifest), []).append(tuple(hashlib.sha256(part).hexdigest() for part in parts))
    return found


class Checks:
    def __init__(self, exp, folder):
        self.exp, self.folder = str(pathlib.Path(exp).resolve()), folder
        self.cluster = slurm.Cluster(folder / "cluster")
        self.long = None

    def run(self, *arguments, **options):
        return subprocess.run(
            [self.exp, *arguments], cwd=self.folder, capture_output=True, text=True, **options)

    def start(self, *arguments):
        """Starts a command that watches a launch, of which there is one at a time."""
        log = open(self.folder / "watch.log", "w")
        return subprocess.Popen([self.exp, *arguments], cwd=self.folder, stdout=log, stderr=log)

    def watched(self):
        return (self.folder / "watch.log").read_text()

    def local(self, name, *arguments):
        ending = self.run("run", *arguments, "--quiet", "--output-dir", name)
        require(ending.returncode == 0, ending.stderr)
        return digests(self.folder / name)

    def job(self, root):
        """The job of the newest launch, once there is one."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            for record in sorted((self.folder / root / ".launches").glob("*/launch.json"))[-1:]:
                job = json.loads(record.read_text()).get("job")
                if job:
                    return job["number"]
            time.sleep(0.1)
        raise Failure("no job within a minute")

    def wait(self, condition, seconds, what):
        deadline = time.monotonic() + seconds
        while not condition():
            require(time.monotonic() < deadline, f"not within {seconds} s: {what}")
            time.sleep(0.2)

    def completed(self, root):
        return sum(map(len, digests(self.folder / root).values()))

    def compare(self, root, expected, repeated=()):
        """Requires that each cell was completed once, those that are `repeated` at most twice, in the expected bits."""
        found = digests(self.folder / root)
        require(found.keys() == expected.keys(), f"{len(found)} of {len(expected)} are completed")
        for key, runs in found.items():
            require(len(runs) <= 1 + (key in repeated), f"{key} was completed {len(runs)} times")
            require(set(runs) == set(expected[key]), f"{key} has other bits than on one machine")
        print(f"  the same bits as on one machine: {len(found)} of {len(expected)} runs", flush=True)

    # Each check

    def check_calm(self):
        """24 runs on three nodes."""
        start = time.monotonic()
        ending = self.run("run", "sweep.yaml", "--launcher", "slurm.yaml", "--output-dir", "calm")
        require(ending.returncode == 0, ending.stderr)
        print(f"  {time.monotonic() - start:.1f} s with 6 workers, the queue's time included")
        require(ending.stdout.count("completed") >= 24, ending.stdout)
        self.compare("calm", self.expected)
        manifests = [json.loads(path.read_text()) for path in (self.folder / "calm").glob("*/*/run.json")]
        jobs = {manifest["machine"]["job"] for manifest in manifests}
        require(len(jobs) == 6, f"all six workers have worked: {jobs}")
        again = self.run("run", "sweep.yaml", "--launcher", "slurm.yaml", "--output-dir", "calm")
        require(again.returncode == 0 and "completed before: 24 of 24" in again.stderr, again.stderr)

    def check_folds(self):
        """Some folds of each spec of a sweep, then all."""
        folds = ["sweep.yaml", "--seed", "1", "--set", "data.validation=null", "--set", "data.folds=3"]
        expected = self.local("local-folds", *folds, "--jobs", "2")
        require(len(expected) == 24, f"three folds of eight specs, not {len(expected)}")
        for chosen, count in [(["--fold", "0,2"], 16), ([], 24)]:
            ending = self.run("run", *folds, *chosen, "--launcher", "slurm.yaml", "--output-dir", "folds")
            require(ending.returncode == 0, ending.stderr)
            require(self.completed("folds") == count, f"{self.completed('folds')} runs, not {count}")
        self.compare("folds", expected)

    def expected_of_long(self):
        """What the runs of `LONG` compute on one machine."""
        if not self.long:
            self.long = self.local("local-long", *LONG, "--jobs", "2")
        return self.long

    def start_long(self, root):
        """Starts a launch of `LONG`; returns the watching process and the job once all workers train."""
        watch = self.start("run", *LONG, "--launcher", "slurm.yaml", "--output-dir", root)
        job = self.job(root)
        self.wait(lambda: len(list((self.folder / root).glob("*/*/history.csv"))) >= 6, 120, "six runs train")
        time.sleep(5)  # a controller needs a while to know of them for good
        return watch, job

    def finish(self, watch, root, leaves=False):
        """Waits for the end of a launch. What it says it has left, if it may, another one does."""
        status = watch.wait(600)
        if leaves and status == 75:
            require(self.watched().rstrip().endswith("next: the same 'exp run --launcher', which does what is left"),
                    self.watched()[-3000:])
            print("  what is left is done by a second launch")
            status = self.run("run", *LONG, "--launcher", "slurm.yaml", "--output-dir", root, timeout=600).returncode
        require(status == 0, f"{status}: {self.watched()[-3000:]}")

    def restarts(self, job):
        """How often tasks of a job were put back into the queue."""
        counts = slurm.run("squeue", "-h", "-r", "-t", "all", "-j", str(job), "-O", "RestartCnt:", check=False)
        return sum(int(count) for count in counts.split() if count.isdigit())

    def check_trouble(self):
        """A node dies with its workers, a task is cancelled, the controller is killed; a watcher leaves, and another comes."""
        long = ["--set", "training.epochs=240"]
        expected = self.local("local-trouble", "sweep.yaml", *long, "--jobs", "2")
        watch = self.start("run", "sweep.yaml", *long, "--launcher", "slurm.yaml", "--output-dir", "trouble")
        job = self.job("trouble")
        self.wait(lambda: self.completed("trouble") >= 2, 120, "two runs completed")
        time.sleep(5)  # a controller that dies right after the start of a job forgets it
        print(f"  n1 dies with {self.cluster.kill_node(1)} processes", flush=True)
        time.sleep(2)
        slurm.run("scancel", f"{job}_3")
        print("  task 3 is cancelled", flush=True)
        self.cluster.kill_controller()
        print("  the controller is killed", flush=True)
        time.sleep(12)
        watch.send_signal(signal.SIGTERM)
        require(watch.wait(30) == 75, "who leaves ends with 75")
        require("exp attach" in self.watched(), self.watched())
        self.cluster.start_controller()
        self.cluster.start_node(1)
        print("  the controller and n1 are back", flush=True)
        ending = self.run("attach", "--output-dir", "trouble", timeout=600)
        require(ending.returncode == 0, ending.stderr[-3000:])
        self.compare("trouble", expected)
        resumed = [
            path for path in (self.folder / "trouble").glob("*/*/run.json")
            if json.loads(path.read_text())["resumptions"]
        ]
        require(resumed, "runs that stopped went on")
        print(f"  {len(resumed)} of them went on after their worker had died or was cancelled")

    def check_time(self):
        """A worker whose time is over in the middle of an epoch goes on in a new job."""
        spec = ["sweep.yaml", "--set", "sweep=null", "--seed", "0", "--threads", "1",
                "--set", "data.dataset.training=60000", "--set", "model.layers.conv2d.filters=64"]
        self.local("one-epoch", *spec, "--set", "training.epochs=1")
        results = next((self.folder / "one-epoch").glob("*/*/results.json"))
        # A minute is the shortest time that Slurm knows.
        epochs = 3 + int(80 / json.loads(results.read_text())["train_seconds"])
        spec += ["--set", f"training.epochs={epochs}"]
        (self.folder / "short.yaml").write_text("type: slurm\nworkers: 1\ntime: 1\n")
        ending = self.run("run", *spec, "--launcher", "short.yaml", "--output-dir", "time", timeout=900)
        require(ending.returncode == 0, ending.stderr)
        runs = list((self.folder / "time").glob("*/*/run.json"))
        require(len(runs) == 1, "it is one run")
        resumptions = json.loads(runs[0].read_text())["resumptions"]
        require(any(resumption["step"] > 0 for resumption in resumptions), f"in mid-epoch: {resumptions}")
        print(f"  it went on {len(resumptions)} times, after "
              + ", ".join(f"epoch {r['epoch']} step {r['step']}" for r in resumptions))
        self.compare("time", self.local("local-time", *spec))

    def check_queue(self):
        """A spec that is changed while its job waits is run as it was submitted."""
        shutil.copy(self.folder / "sweep.yaml", self.folder / "changed.yaml")
        (self.folder / "held.yaml").write_text("type: slurm\nworkers: 2\noptions: [--hold]\n")
        arguments = ["changed.yaml", "--seed", "0", "--launcher", "held.yaml", "--output-dir", "queue"]
        watch = self.start("run", *arguments)
        job = self.job("queue")
        self.wait(lambda: "JobHeldUser" in self.watched(), 30, "that it is held is said")
        (self.folder / "changed.yaml").write_text("nothing: that can be run\n")
        slurm.run("scontrol", "release", str(job))
        require(watch.wait(120) == 0, self.watched()[-3000:])
        self.compare("queue", {key: value for key, value in self.expected.items() if key[1] == 0})

    def check_refusal(self):
        """What sbatch refuses, and its absence."""
        (self.folder / "wrong.yaml").write_text("partition: nowhere\n")
        ending = self.run("run", "sweep.yaml", "--launcher", "wrong.yaml", "--output-dir", "none")
        require(ending.returncode == 1 and "invalid partition" in ending.stderr, ending.stderr)
        bare = {**os.environ, "PATH": "/nonexistent"}
        ending = self.run("run", "sweep.yaml", "--launcher", "slurm", "--output-dir", "none", env=bare)
        require(ending.returncode == 66 and "sbatch" in ending.stderr, ending.stderr)
        require(not list((self.folder / "none").glob("**/*")), "nothing is left")

    def check_weights(self):
        """Initial weights that are changed while the job waits are refused, and taken again when they are back."""
        base = ["sweep.yaml", "--set", "sweep=null"]
        self.local("first", *base)
        weights = [path.read_bytes() for path in (self.folder / "first").glob("*/*/weights.safetensors")]
        initial = self.folder / "initial.safetensors"
        initial.write_bytes(weights[0])
        (self.folder / "waiting.yaml").write_text("type: slurm\nworkers: 2\noptions: [--hold]\n")
        arguments = [*base, "--set", f"model.weights={initial}"]
        expected = self.local("local-weights", *arguments)
        watch = self.start("run", *arguments, "--launcher", "waiting.yaml", "--output-dir", "weights")
        job = self.job("weights")
        initial.write_bytes(weights[1])
        slurm.run("scontrol", "release", str(job))
        require(watch.wait(120) == 66, self.watched()[-3000:])
        require("the initial weights of 'slurm-sweep' are not those that it was submitted with" in self.watched(),
                self.watched()[-3000:])
        require(not list((self.folder / "weights").glob("*/*/run.json")), "no run has begun")
        initial.write_bytes(weights[0])
        ending = self.run("run", *arguments, "--launcher", "slurm.yaml", "--output-dir", "weights")
        require(ending.returncode == 0, ending.stderr)
        self.compare("weights", expected)

    def check_attach(self):
        """Two watch a launch at once, another one comes when all is over, and all see the same."""
        first = self.start("run", *LONG, "--launcher", "slurm.yaml", "--output-dir", "attach")
        self.job("attach")
        self.wait(lambda: list((self.folder / "attach").glob("*/*/history.csv")), 120, "a run trains")
        second = self.run("attach", "--output-dir", "attach", timeout=600)
        require(second.returncode == 0, second.stderr)
        require(first.wait(60) == 0, self.watched()[-3000:])
        third = self.run("attach", "--output-dir", "attach")
        require(third.returncode == 0, third.stderr)
        for watch in [second, third]:
            require(watch.stdout.count("completed") == 8, watch.stdout)
        self.compare("attach", self.expected_of_long())

    def check_cancel(self):
        """All workers are cancelled and save what they have; another launch goes on with it, or this machine alone."""
        spec = ["sweep.yaml", "--seed", "1", "--set", "training.epochs=60"]
        expected = self.local("local-cancel", *spec)
        for root, how in [("cancel", ["--launcher", "slurm.yaml"]), ("alone", ["--missing", "--jobs", "2"])]:
            watch = self.start("run", *spec, "--launcher", "slurm.yaml", "--output-dir", root)
            job = self.job(root)
            self.wait(lambda: self.completed(root) >= 1, 120, "a run completed")
            slurm.run("scancel", str(job))
            require(watch.wait(60) == 75, self.watched()[-3000:])
            require(self.completed(root) < 8, "it was in the middle")
            statuses = [json.loads(path.read_text())["status"] for path in (self.folder / root).glob("*/*/run.json")]
            require("interrupted" in statuses and "running" not in statuses, f"{statuses}")
            ending = self.run("run", *spec, *how, "--output-dir", root)
            require(ending.returncode == 0, ending.stderr)
            self.compare(root, expected)

    def check_orphan(self):
        """A node is lost to the controller, whose jobs on it go on; it comes back while they still write."""
        expected = self.expected_of_long()
        watch, job = self.start_long("orphan")
        self.cluster.kill_daemon(2)
        orphans = self.cluster.processes(2)
        require(orphans, "workers on n2")
        before = self.restarts(job)
        self.wait(lambda: self.restarts(job) > before, 90, "Slurm puts the tasks of n2 back")
        alive = set(self.cluster.processes(2)) & set(orphans)
        require(alive, "the orphans go on")
        print(f"  {self.restarts(job) - before} tasks of n2 are put back while {len(alive)} processes go on there")
        time.sleep(5)
        self.cluster.start_node(2)
        # Slurm now kills the orphans. If the workers that took their places had found nothing to do by then but what the
        # orphans had, they have ended, and nobody is left to go on with it: which comes first is a matter of a moment.
        self.finish(watch, "orphan", leaves=True)
        self.compare("orphan", expected)

    def check_preemption(self):
        """Jobs of a partition with priority take the nodes; the workers come back after them."""
        expected = self.expected_of_long()
        watch, job = self.start_long("preempted")
        slurm.run("sbatch", "--partition=urgent", "--nodes=2", "--exclusive", "--output=/dev/null",
                  "--wrap", "sleep 10")
        self.wait(lambda: self.restarts(job), 90, "workers are put back")
        self.finish(watch, "preempted")
        print(f"  {self.restarts(job)} workers had to make way")
        self.compare("preempted", expected)

    def check_disk(self):
        """The shared disk is full for a while."""
        small = self.folder / "small"
        if not small.is_mount():
            print("  left out: only root can mount a small disk")
            return
        arguments = ["run", "sweep.yaml", "--launcher", "slurm.yaml", "--output-dir", "small/runs"]
        watch = self.start(*arguments)
        self.wait(lambda: self.completed("small/runs") >= 4, 120, "four runs completed")
        with open(small / "filler", "wb", buffering=0) as filler:
            try:
                while True:
                    filler.write(bytes(4096))
            except OSError:
                pass
        require(watch.wait(300) == 74, self.watched()[-3000:])
        require("No space left on device" in self.watched(), self.watched()[-3000:])
        require("next: the same 'exp run --launcher'" in self.watched(), self.watched()[-3000:])
        done = digests(small / "runs")
        require(4 <= len(done) < 24, f"{len(done)} runs were completed")
        require(all(set(runs) == set(self.expected[key]) for key, runs in done.items()),
                "what counts as completed is")
        print(f"  {len(done)} of 24 runs were completed when it was full")
        (small / "filler").unlink()
        ending = self.run(*arguments)
        require(ending.returncode == 0, ending.stderr[-3000:])
        self.compare("small/runs", self.expected)

    def check_short(self):
        """A worker whose time is always over before it has begun is put back twice, and then says so."""
        # As Slurm does 90 seconds before the end of a job's time.
        (self.folder / "slow.yaml").write_text("type: slurm\nworkers: 1\nsetup: ['kill -USR1 $$']\n")
        ending = self.run("run", "sweep.yaml", "--seed", "0", "--launcher", "slow.yaml", "--output-dir", "short",
                          timeout=900)
        require(ending.returncode == 79, f"{ending.returncode}: {ending.stderr}")
        log = next((self.folder / "short/.launches").glob("*/0.log")).read_text()
        require("workers need a longer 'time'" in ending.stderr, ending.stderr + log)
        require(not list((self.folder / "short").glob("*/*/run.json")), "no run has begun")

    def all(self, names):
        self.cluster.up()
        try:
            self.expected = self.local("local", "sweep.yaml", "--jobs", "2")
            require(len(self.expected) == 24, "24 runs")
            for name in names or CHECKS:
                check = getattr(self, f"check_{name}")
                print(f"slurm: {check.__doc__}", flush=True)
                self.cluster.await_nodes()
                start = time.monotonic()
                check()
                print(f"  ok, {time.monotonic() - start:.0f} s", flush=True)
        finally:
            self.cluster.down()


def own_mounts():
    """Gives this process and its children mounts of their own, which go with them; false if that is not allowed."""
    if ctypes.CDLL(None).unshare(0x00020000):  # CLONE_NEWNS
        return False
    subprocess.run(["mount", "--make-rprivate", "/"], check=True)
    return True


def mount_small_disk(folder):
    """Mounts a disk of 16 MB, if that is allowed."""
    folder.mkdir()
    if own_mounts():
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder], check=True)


def become_nobody(folder):
    nobody = pwd.getpwnam("nobody")
    for path in [folder, *folder.rglob("*")]:
        os.chown(path, nobody.pw_uid, nobody.pw_gid)
    os.setgroups([])
    os.setgid(nobody.pw_gid)
    os.setuid(nobody.pw_uid)
    os.environ["HOME"] = str(folder)


def main():
    if len(sys.argv) < 3:
        raise SystemExit(__doc__)
    if slurm.missing():
        print(f"skipped: Slurm, of which {', '.join(slurm.missing())} are not installed; on Debian, as root:\n"
              "  apt-get install --yes --no-install-recommends slurm-wlm munge")
        return
    folder = pathlib.Path(sys.argv[2]).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    exp = shutil.copy(sys.argv[1], folder / "exp")
    shutil.copy(HERE / "sweep.yaml", folder)
    (folder / "slurm.yaml").write_text("type: slurm\nworkers: 6\n")
    if os.geteuid() == 0:
        mount_small_disk(folder / "small")
        become_nobody(folder)
    # What an interpreter or a machine of the caller's has set is not for the workers.
    for name in [name for name in os.environ if re.match("EXP_|SLURM_|SBATCH_", name)]:
        if name != "SLURM_CONF":
            del os.environ[name]
    try:
        Checks(exp, folder).all(sys.argv[3:])
    except Failure as failure:
        raise SystemExit(f"FAILED: {failure}\nthe files are in {folder}")


if __name__ == "__main__":
    main()
