"""Runs a sweep on a real Slurm whose nodes are hosts of their own: each has its name, network and processes, and sees the
shared folder over sshfs, where no lock of one host is seen by another. One host is cut off and comes back while its
workers still write, another one's power fails.

    python check_hosts.py EXP FOLDER

Only root may make such hosts, as namespaces of this machine; for others, and where a program is missing, it says so and
ends with 0.
"""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import time

import cluster as slurm
from check_slurm import HERE, Checks, Failure, cell, own_mounts, require

PROGRAMS = slurm.PROGRAMS + ["ip", "nsenter", "unshare", "sshfs", "sshd", "ssh-keygen"]
BRIDGE, NETWORK = "expbr0", "10.213.77"
SSH_PORT = 20023
LEASE = 15  # seconds; in earnest it is 240


class Hosts(slurm.Cluster):
    """A Slurm whose nodes are namespaces; the controller and who submits are on this machine, with the folder itself."""

    address = f"{NETWORK}.1"

    def __init__(self, folder):
        super().__init__(folder / "cluster")
        self.files, self.shared = folder / "files", folder / "shared"
        self.server = None

    def node_lines(self, port):
        return "\n".join(
            f"NodeName=n{node} NodeAddr={NETWORK}.{10 + node} Port={port} CPUs={self.cpus} State=UNKNOWN"
            for node in range(1, self.nodes + 1))

    def up(self):
        for path in [self.files, self.shared, self.folder]:
            path.mkdir(parents=True)
        slurm.run("mount", "--bind", self.files, self.shared)
        names = [f"{self.address} {self.host}"] + [
            f"{NETWORK}.{10 + node} n{node}" for node in range(1, self.nodes + 1)]
        (self.folder / "hosts").write_text("127.0.0.1 localhost\n" + "\n".join(names) + "\n")
        slurm.run("mount", "--bind", self.folder / "hosts", "/etc/hosts")
        slurm.run("ip", "link", "add", BRIDGE, "type", "bridge")
        slurm.run("ip", "address", "add", f"{self.address}/24", "dev", BRIDGE)
        slurm.run("ip", "link", "set", BRIDGE, "up")
        self.serve()
        super().up()

    def serve(self):
        """Starts an sshd that gives the hosts the shared folder."""
        for name in ["host", "user"]:
            slurm.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", self.folder / name)
        shutil.copy(self.folder / "user.pub", self.folder / "authorized")
        (self.folder / "sshd_config").write_text(
            f"Port {SSH_PORT}\nListenAddress {self.address}\nHostKey {self.folder}/host\nPidFile none\n"
            f"AuthorizedKeysFile {self.folder}/authorized\nStrictModes no\nUsePAM no\nPermitRootLogin yes\n"
            "Subsystem sftp internal-sftp\n")
        pathlib.Path("/run/sshd").mkdir(exist_ok=True)
        self.server = subprocess.Popen(
            [shutil.which("sshd"), "-D", "-e", "-f", self.folder / "sshd_config"],
            stderr=open(self.folder / "sshd.log", "w"))
        time.sleep(1)

    def start_node(self, node):
        """Boots a host: a mount of the shared folder, and Slurm's daemon."""
        while pathlib.Path(f"/sys/class/net/exp-n{node}").exists():
            time.sleep(0.1)  # of the host before, which goes with its last process
        space = f"exp-n{node}"
        slurm.run("ip", "netns", "add", space)
        slurm.run("ip", "link", "add", space, "type", "veth", "peer", "name", "eth0", "netns", space)
        slurm.run("ip", "link", "set", space, "master", BRIDGE, "up")
        slurm.run("ip", "-n", space, "address", "add", f"{NETWORK}.{10 + node}/24", "dev", "eth0")
        for name in ["eth0", "lo"]:
            slurm.run("ip", "-n", space, "link", "set", name, "up")
        mount = (
            f"sshfs -p {SSH_PORT} {self.address}:{self.files} {self.shared} -o IdentityFile={self.folder}/user,"
            "StrictHostKeyChecking=no,UserKnownHostsFile=/dev/null,LogLevel=ERROR,"
            "dcache_timeout=3,attr_timeout=3,entry_timeout=3")
        # The first process of the host, whose end is that of all others.
        script = f"hostname n{node} && umount {self.shared} && {mount} && slurmd && exec sleep infinity"
        host = subprocess.Popen(
            ["nsenter", f"--net=/run/netns/{space}", "unshare", "--uts", "--ipc", "--pid", "--mount", "--fork",
             "--kill-child", "--mount-proc", "--propagation", "private", "sh", "-c", script],
            stdin=subprocess.DEVNULL, stdout=open(self.folder / f"log/{space}.log", "w"),
            stderr=subprocess.STDOUT, start_new_session=True)
        (self.folder / f"run/{space}.host").write_text(str(host.pid))

    def power_off(self, node):
        """Ends a host with all that runs there."""
        space = f"exp-n{node}"
        slurm.send(self.folder / f"run/{space}.host", signal.SIGKILL)
        slurm.run("ip", "link", "delete", space, check=False)
        slurm.run("ip", "netns", "delete", space, check=False)
        (self.folder / f"run/n{node}.pid").unlink(missing_ok=True)

    def cut(self, node):
        """Takes a host off the network, and so from the shared folder."""
        slurm.run("ip", "link", "set", f"exp-n{node}", "down")

    def heal(self, node):
        slurm.run("ip", "link", "set", f"exp-n{node}", "up")

    def down(self):
        for node in range(1, self.nodes + 1):
            self.power_off(node)
        super().down()
        if self.server:
            # What it serves to hosts that are gone does not end by itself.
            sessions = [pid for pid in slurm.pids() if slurm.parent(pid) == self.server.pid]
            for pid in [self.server.pid, *sessions]:
                os.kill(pid, signal.SIGTERM)
            self.server.wait()
        slurm.run("ip", "link", "delete", BRIDGE, check=False)


class HostChecks(Checks):
    def __init__(self, exp, folder):
        self.exp, self.folder, self.long = str(exp), folder / "shared", None
        self.cluster = Hosts(folder)

    def continued(self):
        """The folders of runs that went on in copies."""
        records = [(path.parent, json.loads(path.read_text())) for path in self.folder.glob("hosts/*/*/run.json")]
        names = {name for _, record in records for name in
                 [resumption.get("continued") for resumption in record["resumptions"]] if name}
        return [path for path, _ in records if path.name in names]

    def contents(self, folders):
        return {path: path.read_bytes() for folder in folders for path in folder.rglob("*")
                if path.is_file() and path.parent.name != "state"}

    def check(self):
        shutil.copy(HERE / "sweep.yaml", self.folder)
        (self.folder / "slurm.yaml").write_text(
            f"type: slurm\nworkers: 6\nsetup: [export EXP_LEASE_SECONDS={LEASE}]\n")
        expected = self.expected_of_long()
        watch, job = self.start_long("hosts")
        self.cluster.cut(2)
        self.cluster.power_off(1)
        print("  n2 is cut off, n1's power fails", flush=True)
        self.wait(lambda: self.restarts(job), 90, "Slurm puts their tasks back")
        self.wait(self.continued, 120, "runs of theirs go on in copies")
        time.sleep(5)
        old = self.continued()
        before = self.contents(old)
        self.cluster.heal(2)
        self.cluster.start_node(1)
        print(f"  both are back; {len(old)} runs go on in copies", flush=True)
        # Where the orphans' runs were not taken over yet when they came back, Slurm kills them, and perhaps all workers have
        # ended by then. Where a run was at its very end when its host was cut off, what blocks there is the last write of a
        # complete run, which is done when the host is back, while its copy is completed, too: no lease can prevent that.
        self.finish(watch, "hosts", leaves=True)
        self.compare("hosts", expected, {cell(json.loads((path / "run.json").read_text())) for path in old})
        after = self.contents(old)
        changed = [path for path in before if before[path] != after.get(path)]
        # Who is cut off in the middle of a write ends that when it is back.
        require(len(changed) <= len(old), f"the old folders have changed: {changed}")
        print(f"  files of the old folders that changed since: {len(changed)}")
        listed = self.run("list", "--output-dir", "hosts").stdout
        require("crashed" not in listed and "running" not in listed, listed)


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if os.geteuid() != 0 or missing or not os.access("/dev/fuse", os.W_OK) or not own_mounts():
        print("skipped: Slurm on hosts in namespaces, for want of "
              + (", ".join(missing) or "the rights of root, which make them"))
        return
    folder = pathlib.Path(sys.argv[2]).resolve()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    exp = shutil.copy(sys.argv[1], folder / "exp")
    checks = HostChecks(exp, folder)
    print("slurm: hosts that share a folder over sshfs; one is cut off and comes back, one's power fails", flush=True)
    start = time.monotonic()
    try:
        checks.cluster.up()
        checks.check()
    except Failure as failure:
        raise SystemExit(f"FAILED: {failure}\nthe files are in {folder}")
    finally:
        checks.cluster.down()
    print(f"  ok, {time.monotonic() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
