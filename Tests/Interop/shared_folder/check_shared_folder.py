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
import struct
import subprocess
import sys
import time
import zlib

PROGRAMS = ["sshfs", "sshd", "ssh-keygen", "fusermount3", "faketime"]
PORT = 20022
LEASE = 15  # seconds; in earnest it is 240
SPEC = """\
data: {dataset: {type: synthetic_digits, training: 2000, test: 100}}
model: {layers: [{type: conv2d, filters: 8, kernel_size: 3}, flatten, {type: dense, units: 10, activation: softmax}]}
optimizer: {type: sgd, learning_rate: 0.01}
training: {epochs: %d, batch_size: 20}
callbacks: [{type: model_checkpoint}]
seeds: [%s]
"""
PICTURES = """\
data: {dataset: {type: image_folder, path: pictures, image_size: [8, 8]}, validation: 2}
model: {layers: [flatten, {type: dense, units: 2, activation: softmax}]}
optimizer: {type: sgd, learning_rate: 0.01}
training: {epochs: 1, batch_size: 5}
"""
# Seconds for which a mount may show old attributes and names, of which the lease is three times as long.
CACHE = 3
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
             f"LogLevel=ERROR,dcache_timeout={CACHE},attr_timeout={CACHE},entry_timeout={CACHE}"], check=True)
        self.mounts.append(place)
        return place

    def end(self):
        for place in self.mounts:
            subprocess.run(["fusermount3", "-u", "-z", place])
        self.process.terminate()
        self.process.wait()


def exp(program, place, arguments, shift=None, **variables):
    """The program on the machine that has the shared folder at `place` and a clock that is wrong by `shift`."""
    environment = os.environ | {"EXP_LEASE_SECONDS": str(LEASE)} | variables
    command = [program, *arguments]
    if shift:
        # Files have the times that the server gives them.
        environment |= {"DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
        if isinstance(shift, pathlib.Path):  # it says how wrong the clock is, and may change
            environment |= {"FAKETIME_TIMESTAMP_FILE": str(shift), "FAKETIME_NO_CACHE": "1"}
            command = ["env", "-u", "FAKETIME", *command]
        command = ["faketime", "-f", "+0" if isinstance(shift, pathlib.Path) else shift, *command]
    return subprocess.Popen(
        command, cwd=place, env=environment, text=True, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, start_new_session=True)


def worker(program, place, spec, shift):
    return exp(program, place, ["run", spec, "--missing", "--quiet", "--threads", "1"], shift)


def output(program, place, arguments, shift=None, **variables):
    process = exp(program, place, arguments, shift, **variables)
    text, error = process.communicate()
    expect(process.returncode == 0, f"exit code {process.returncode}: {error}")
    return text


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
        worker(program, one, "few.yaml", clock),
        worker(program, two, "few.yaml", "-5m"),
    ]
    for jump in ["-20m", "+90m", "-5m"]:
        time.sleep(1)
        clock.write_text(jump)
    for process in workers:
        error = process.communicate()[1]
        expect(process.returncode == 0, f"exit code {process.returncode}: {error}")
    done = runs(server.shared)
    expect(sorted(record["seed"] for _, record in done) == list(range(8)), "each seed once")
    expect(all(record["status"] == "completed" for _, record in done), "all are completed")
    print(f"shared over two mounts, with clocks that are wrong and jump: {len(done)} runs, each once")


def check_takeover(program, server, one, two, how):
    """A worker is killed, or stopped and comes back; another machine takes its run over, in a copy."""
    spec = f"{how}.yaml"
    (server.shared / spec).write_text(SPEC % (60 if how == "killed" else 61, "0"))
    first = worker(program, one, spec, "+5m")

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
    early = worker(program, two, spec, "-5m")
    error = early.communicate()[1]
    expect(early.returncode == 0 and len(own()) == 1, f"it is taken over too early: {error}")
    time.sleep(CACHE)  # the run may be newer than the names that the mount remembers
    listed = output(program, two, ["list"], "-5m")
    expect("running" in listed and "crashed" not in listed, f"it is not listed as running:\n{listed}")
    time.sleep(LEASE + CACHE + 1)
    second = worker(program, two, spec, "-5m")
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


def picture(grey):
    """A PNG of one colour, which has the same size for each."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + bytes([grey]) * 8) * 8
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b""))


def check_kept(program, server, one, two):
    """What is kept of files, of runs and of pictures, is never used once they have changed, whatever the clocks say."""
    kept = server.shared / "kept"
    for name in ["a", "b"]:
        (kept / "pictures" / name).mkdir(parents=True)
        for number in range(6):
            (kept / "pictures" / name / f"{number}.png").write_bytes(picture(20 * number + 7 * (name == "b")))
    (kept / "pictures.yaml").write_text(PICTURES)
    output(program, kept, ["run", "pictures.yaml", "--tag", "tag-00", "--quiet"])
    run = next(kept.glob("runs/*/*_seed-0"))
    for number in range(250):  # so many are worth an index
        shutil.copytree(run, run.parent / f"2026-11-01_00-00-00_seed-0-{number + 2}")
    record = next(run.parent.glob("2026-11-01_*-99")) / "run.json"
    changes = 0

    def change():
        """Changes a run and a picture; both files stay as long as they were."""
        nonlocal changes
        changes += 1
        text = record.read_text()
        record.write_text(text.replace(f"tag-{changes - 1:02}", f"tag-{changes:02}"))
        (kept / "pictures/a/0.png").write_bytes(picture(100 + changes))

    def look(place, shift, cache):
        cache = str(place / "kept" / cache)
        return (output(program, place / "kept", ["list"], shift, XDG_CACHE_HOME=cache),
                output(program, place / "kept", ["data", "show", "pictures.yaml"], shift, XDG_CACHE_HOME=cache))

    for shift in [None, "+1h", "-1h", None]:
        time.sleep(CACHE + 1)
        look(one, shift, "cache")
        change()
        look(one, shift, "cache")
        change()  # right after it was looked at, perhaps at the same time by the clock of the file system
        time.sleep(CACHE + 1)
        truth = look(server.shared, None, f"cache-{changes}")
        expect(f"tag-{changes:02}" in truth[0] and f"tag-{changes - 1:02}" not in truth[0],
               f"change {changes} is not listed:\n{truth[0][-2000:]}")
        for place, its in [(one, shift), (two, None)]:
            found = look(place, its, "cache")
            expect(found == truth, f"after change {changes}, with a clock that is {its or 'right'}:\n{found}\n{truth}")
    expect((kept / "runs/.index/run.json").exists() and list((kept / "cache/exp/decoded").glob("[!.]*")),
           "something is kept")
    print(f"what is kept of files, with clocks that are wrong: seen {changes} times that they had changed")


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
        check_kept(program, server, one, two)
    finally:
        server.end()


main()
