"""Lets workers of two "machines" share a folder of runs over sshfs: two mounts of one folder, whose files' times are cached
and whose locks do not see each other, with clocks that are five minutes apart and jump.

    python check_shared_folder.py EXP FOLDER

Needs Debian's packages sshfs, openssh-server and faketime, and the rights to mount by FUSE; says so and ends well where
they are missing.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

PROGRAMS = ["sshfs", "sshd", "ssh-keygen", "fusermount3", "faketime"]
PORT = 20022
LEASE = 12  # seconds; in earnest it is 240
SPEC = """\
data: {dataset: {type: synthetic_digits, training: 2000, test: 100}}
model: {layers: [{type: conv2d, filters: 8, kernel_size: 3}, flatten, {type: dense, units: 10, activation: softmax}]}
optimizer: {type: sgd, learning_rate: 0.01}
training: {epochs: %d, batch_size: 20}
callbacks: [{type: model_checkpoint}]
seeds: [%s]
"""
os.environ["PATH"] += ":/usr/sbin:/sbin"


class Server:
    """An sshd for this user alone, and mounts of its folder."""

    def __init__(self, folder):
        self.folder = folder
        self.shared = folder / "shared"
        self.shared.mkdir(parents=True)
        self.mounts = []
        for name in ["host", "user"]:
            subprocess.run(
                ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        shutil.copy(folder / "user.pub", folder / "authorized")
        (folder / "sshd_config").write_text(
            f"Port {PORT}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nPidFile {folder}/pid\n"
            f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n"
            "Subsystem sftp internal-sftp\n")
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        self.process = subprocess.Popen(
            [shutil.which("sshd"), "-D", "-e", "-f", folder / "sshd_config"],
            stderr=open(folder / "sshd.log", "w"))
        time.sleep(1)

    def mount(self, name):
        place = self.folder / name
        place.mkdir()
        subprocess.run(
            ["sshfs", "-p", str(PORT), f"localhost:{self.shared}", place, "-o",
             f"IdentityFile={self.folder}/user,StrictHostKeyChecking=no,UserKnownHostsFile=/dev/null,"
             "LogLevel=ERROR,cache_timeout=3,attr_timeout=3,entry_timeout=3"], check=True)
        self.mounts.append(place)
        return place

    def end(self):
        for place in self.mounts:
            subprocess.run(["fusermount3", "-u", "-z", place])
        self.process.terminate()
        self.process.wait()


def exp(program, place, arguments, shift=None):
    """A worker on the machine that has the shared folder at `place` and a clock that is wrong by `shift`."""
    environment = os.environ | {"EXP_LEASE_SECONDS": str(LEASE)}
    command = [program, *arguments, "--output-dir", "runs"]
    if shift:
        environment["DONT_FAKE_MONOTONIC"] = "1"
        if isinstance(shift, pathlib.Path):  # it says how wrong the clock is, and may change
            environment |= {"FAKETIME_TIMESTAMP_FILE": str(shift), "FAKETIME_NO_CACHE": "1"}
            command = ["env", "-u", "FAKETIME", *command]
        command = ["faketime", "-f", "+0" if isinstance(shift, pathlib.Path) else shift, *command]
    return subprocess.Popen(
        command, cwd=place, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True)


def runs(folder):
    """The runs' folders with their records."""
    files = sorted((folder / "runs").glob("*/*_seed-*/run.json"))
    return [(file.parent, json.loads(file.read_text())) for file in files]


def completed(folder):
    return [(path, record) for path, record in runs(folder) if record["status"] == "completed"]


def wait_until(condition, what, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return
        time.sleep(0.2)
    raise SystemExit(f"it did not happen in {seconds} s: {what}")


def expect(condition, what):
    if not condition:
        raise SystemExit(f"wrong: {what}")


def weights(path):
    return (path / "weights.safetensors").read_bytes()


def check_sharing(program, server, one, two):
    """Two machines share 8 runs; each is made once."""
    (server.shared / "few.yaml").write_text(SPEC % (10, ", ".join(map(str, range(8)))))
    clock = server.folder / "clock"
    clock.write_text("+5m")
    workers = [
        exp(program, one, ["run", "few.yaml", "--missing", "--quiet", "--threads", "1"], clock),
        exp(program, two, ["run", "few.yaml", "--missing", "--quiet", "--threads", "1"], "-5m"),
    ]
    for jump in ["-20m", "+90m", "-5m"]:
        time.sleep(1)
        clock.write_text(jump)
    for worker in workers:
        error = worker.communicate()[1]
        expect(worker.returncode == 0, f"exit code {worker.returncode}: {error}")
    done = runs(server.shared)
    expect(sorted(record["seed"] for _, record in done) == list(range(8)), "each seed once")
    expect(all(record["status"] == "completed" for _, record in done), "all are completed")
    print(f"shared over two mounts, with clocks that are wrong and jump: {len(done)} runs, each once")


def check_takeover(program, server, one, two, how):
    """A worker is killed, or stopped and comes back; another machine takes its run over, in a copy."""
    spec = f"{how}.yaml"
    (server.shared / spec).write_text(SPEC % (60 if how == "killed" else 61, "0"))
    first = exp(program, one, ["run", spec, "--missing", "--quiet", "--threads", "1"], "+5m")

    def own():
        """The run, and its copy; their names tell nothing, since clocks differ."""
        found = [(path, record) for path, record in runs(server.shared) if record["name"] == how]
        return sorted(found, key=lambda run: len(run[1]["resumptions"]))

    wait_until(lambda: own() and list((own()[0][0] / "state").glob("epoch-*")), "a state is saved")
    os.killpg(first.pid, signal.SIGKILL if how == "killed" else signal.SIGSTOP)
    time.sleep(0.5)
    old = own()[0][0]
    before = {p: p.read_bytes() for p in old.rglob("*") if p.is_file() and p.parent.name != "state"}
    # While the lease lasts, the run is left to the first.
    early = exp(program, two, ["run", spec, "--missing", "--quiet", "--threads", "1"], "-5m")
    error = early.communicate()[1]
    expect(early.returncode == 0 and len(own()) == 1, f"it is taken over too early: {error}")
    listed = exp(program, two, ["list"], "-5m").communicate()[0]
    expect("running" in listed and "crashed" not in listed, f"it is listed as crashed:\n{listed}")
    time.sleep(LEASE + 4)
    second = exp(program, two, ["run", spec, "--missing", "--quiet", "--threads", "1"], "-5m")
    if how == "stopped":
        wait_until(lambda: len(own()) == 2, "it is taken over")
        os.killpg(first.pid, signal.SIGCONT)
    error = second.communicate()[1]
    expect(second.returncode == 0, f"exit code {second.returncode}: {error}")
    code = first.wait()
    expect(len(own()) == 2, "it goes on in a copy")
    expect([path for path, record in own() if record["status"] == "completed"] == [own()[1][0]],
           "the copy is completed, and it alone")
    expect(own()[1][1]["resumptions"][-1].get("continued") == old.name, "the copy says of what it is one")
    after = {p: p.read_bytes() for p in old.rglob("*") if p.is_file() and p.parent.name != "state"}
    changed = [path for path in before if before[path] != after.get(path)]
    # Who is stopped in the middle of a write ends that when it comes back.
    expect(len(changed) <= (how == "stopped"), f"the old folder has changed: {changed}")
    if how == "stopped":
        expect(code == 75, f"who comes back ends with 75, not {code}")
    alone = exp(program, server.shared, ["run", spec, "--quiet", "--threads", "1"])
    error = alone.communicate()[1]
    expect(alone.returncode == 0, error)
    whole = [path for path, record in completed(server.shared)
             if record["name"] == how and not record["resumptions"]]
    expect(weights(whole[0]) == weights(own()[-1][0]), "the same bits as in one go")
    print(f"a worker that was {how}: its run is taken over in a copy, and ends in the same bits")


def main():
    program, folder = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing or not os.access("/dev/fuse", os.W_OK):
        print(
            f"skipped: runs shared over sshfs, for want of {', '.join(missing) or 'the right to mount'}"
            " (apt-get install sshfs openssh-server faketime)")
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    server = Server(folder)
    try:
        one, two = server.mount("one"), server.mount("two")
        check_sharing(program, server, one, two)
        check_takeover(program, server, one, two, "killed")
        check_takeover(program, server, one, two, "stopped")
    finally:
        server.end()


main()
