"""A Slurm of its own on this machine, for tests: munged, slurmctld and several slurmd, with all their files in one folder.

    python cluster.py up FOLDER [NODES [CPUS]]    prints what to set, such as SLURM_CONF
    python cluster.py down FOLDER

Needs Debian's packages slurm-wlm and munge, and no rights: jobs are those of the user who starts it. The nodes are n1,
n2 and so on, all on the loopback interface. As a module it also lets nodes and the controller die.
"""

import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time

PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel", "scontrol", "sinfo"]
os.environ["PATH"] += ":/usr/sbin:/sbin"

CONFIGURATION = """\
ClusterName=test
SlurmctldHost={host}({address})
SlurmctldPort={port}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket,cred_expire=5
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool/%n
SlurmctldPidFile={folder}/run/slurmctld.pid
SlurmdPidFile={folder}/run/%n.pid
SlurmctldLogFile={folder}/log/slurmctld.log
SlurmdLogFile={folder}/log/%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
# Slurm's defaults look at the queue every few seconds, and give up a node after five minutes.
SchedulerParameters=batch_sched_delay=0,sched_interval=1,sched_min_interval=0,bf_interval=1
SlurmdParameters=config_overrides
MpiDefault=none
MailProg=/bin/true
ReturnToService=2
SlurmctldTimeout=10
SlurmdTimeout=10
MessageTimeout=5
TCPTimeout=2
KillWait=10
MinJobAge={memory}
JobRequeue=1
{node_lines}
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=main Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1
PartitionName=urgent Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10 PreemptMode=OFF
"""


def missing():
    """The programs that are not installed."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


class Cluster:
    def __init__(self, folder, nodes=3, cpus=2, memory=300):
        """`memory`: seconds for which Slurm remembers jobs that have ended."""
        self.folder = pathlib.Path(folder).resolve()
        self.nodes, self.cpus, self.memory = nodes, cpus, memory
        os.environ["SLURM_CONF"] = str(self.folder / "slurm.conf")

    host = socket.gethostname().split(".")[0]
    address = "127.0.0.1"

    def node_lines(self, port):
        """The nodes in Slurm's configuration, of which this is the first port."""
        return (f"NodeName=n[1-{self.nodes}] NodeHostname={self.host} NodeAddr={self.address} "
                f"Port=[{port}-{port + self.nodes - 1}] CPUs={self.cpus} State=UNKNOWN")

    def up(self):
        for name in ["munge", "state", "spool", "log", "run"]:
            (self.folder / name).mkdir(parents=True, exist_ok=True)
            (self.folder / name).chmod(0o755)
        self.folder.chmod(0o755)
        munge = self.folder / "munge"
        (munge / "key").write_bytes(os.urandom(1024))
        (munge / "key").chmod(0o600)
        first = free_ports(self.nodes + 1)
        (self.folder / "slurm.conf").write_text(CONFIGURATION.format(
            host=self.host, address=self.address, port=first, node_lines=self.node_lines(first + 1),
            user=pwd.getpwuid(os.geteuid()).pw_name, folder=self.folder, memory=self.memory))
        run("munged", f"--socket={munge}/socket", f"--key-file={munge}/key",
            f"--pid-file={munge}/pid", f"--log-file={munge}/log", f"--seed-file={munge}/seed")
        self.start_controller()
        for node in range(1, self.nodes + 1):
            self.start_node(node)
        self.await_nodes()

    def await_nodes(self):
        """Waits until nothing runs on any node; takes those back that Slurm drained, as an administrator would."""
        deadline = time.monotonic() + 60
        while True:
            lines = run("sinfo", "-h", "-N", "-o", "%N %T", check=False).splitlines()
            states = dict(line.split() for line in lines)
            if len(states) == self.nodes and set(states.values()) == {"idle"}:
                return
            if time.monotonic() > deadline:
                raise SystemExit(f"not all nodes are idle within a minute: {states}; see {self.folder}/log")
            for node in [node for node, state in states.items() if state.startswith("drain")]:
                run("scontrol", "update", f"NodeName={node}", "State=RESUME", check=False)
            time.sleep(0.2)

    def down(self):
        run("scancel", "--user", pwd.getpwuid(os.geteuid()).pw_name, check=False)
        deadline = time.monotonic() + 15
        while run("squeue", "-h", "-t", "R,CG", check=False) and time.monotonic() < deadline:
            time.sleep(0.2)
        for pid_file in [*(self.folder / "run").glob("*.pid"), self.folder / "munge/pid"]:
            send(pid_file, signal.SIGTERM)
        # Who started it may not reap it, so that its number proves nothing; its file does.
        while list((self.folder / "run").glob("*.pid")) and time.monotonic() < deadline + 10:
            time.sleep(0.1)

    def start_controller(self):
        run("slurmctld")

    def kill_controller(self):
        send(self.folder / "run/slurmctld.pid", signal.SIGKILL)

    def start_node(self, node):
        run("slurmd", "-N", f"n{node}")

    def kill_daemon(self, node):
        """Kills the daemon of a node, so that the controller takes the node for dead, while its jobs go on."""
        send(self.folder / f"run/n{node}.pid", signal.SIGKILL)

    def processes(self, node):
        """What jobs of this cluster run on a node."""
        marks = {f"SLURMD_NODENAME=n{node}", f"SLURM_CONF={os.environ['SLURM_CONF']}"}
        return [pid for pid in pids() if marks <= set(environment(pid))]

    def kill_node(self, node):
        """Kills the daemon of a node and all that runs there, as when its power fails."""
        self.kill_daemon(node)
        processes = self.processes(node)
        parents = {parent(pid) for pid in processes} - set(processes)
        steps = [pid for pid in parents if "slurmstepd" in command(pid)]
        for pid in steps + processes:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        return len(processes)


def run(*arguments, check=True):
    """What a program writes."""
    ending = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    if check and ending.returncode:
        raise SystemExit(f"{' '.join(map(str, arguments))}: {ending.stderr}{ending.stdout}")
    return ending.stdout.strip()


def send(pid_file, number):
    try:
        os.kill(int(pid_file.read_text()), number)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        pass


def free_ports(count):
    """The first of so many ports that nobody listens on."""
    for first in range(16800, 60000, 50):
        try:
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    probe.bind(("127.0.0.1", port))
            return first
        except OSError:
            continue
    raise SystemExit("no free ports")


def pids():
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


def read(pid, name):
    try:
        return pathlib.Path(f"/proc/{pid}/{name}").read_bytes().decode(errors="replace")
    except OSError:
        return ""


def environment(pid):
    return read(pid, "environ").split("\0")


def command(pid):
    return read(pid, "cmdline")


def parent(pid):
    lines = [line for line in read(pid, "status").splitlines() if line.startswith("PPid:")]
    return int(lines[0].split()[1]) if lines else 0


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("up", "down"):
        raise SystemExit(__doc__)
    if missing():
        raise SystemExit(f"not installed: {', '.join(missing())}")
    cluster = Cluster(sys.argv[2], *map(int, sys.argv[3:]))
    if sys.argv[1] == "up":
        cluster.up()
        print(f"export SLURM_CONF={os.environ['SLURM_CONF']}")
    else:
        cluster.down()
