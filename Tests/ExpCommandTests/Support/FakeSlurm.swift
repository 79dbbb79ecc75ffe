import Foundation

/// Programs in the place of Slurm's, which execute the tasks of one job array, 7, on this computer at once.
///
/// They are one script of the shell in the folder `slurm`, where it also keeps what it knows: `calls`, each `task`, its
/// `pid` and the `exit` code of its script. While there is a file `hold`, no task starts.
struct FakeSlurm {
  private let place: Workplace

  /// The variables with which `exp` finds it.
  var environment: [String: String] { ["PATH": "\(place.path)/slurm:/usr/bin:/bin"] }

  /// Makes it in `place`. `preparation` is what sbatch does first, in lines of shell.
  init(_ place: Workplace, sbatch preparation: String = "") throws {
    self.place = place
    for name in ["sbatch", "squeue", "scancel", "scontrol"] {
      try place.write(
        Self.script.replacing("PREPARATION", with: preparation), to: "slurm/\(name)")
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: "\(place.path)/slurm/\(name)")
    }
  }

  /// The calls so far, but for those of squeue.
  func calls() throws -> [String] {
    place.exists("slurm/calls")
      ? try place.text("slurm/calls").split(separator: "\n").map(String.init) : []
  }

  private static let script = #"""
    #!/bin/bash
    caller=$PWD
    cd "$(dirname "$0")" || exit 1
    command=$(basename "$0")
    [ $command = squeue ] || echo $command "$@" >> calls

    # Executes the task $1, which was put back into the queue $2 times.
    start() {
      local log=$(sed -n 's/^#SBATCH --output="*\([^"]*\)\/%a.log"*$/\1/p' script)
      rm -f $1.exit
      (
        export SLURM_ARRAY_JOB_ID=7 SLURM_ARRAY_TASK_ID=$1
        setsid bash script >> "$log/$1.log" 2>&1 < /dev/null &
        echo $! > $1.pid
        wait $!
        status=$?
        # Who sees the file sees all of it.
        [ -e $1.requeued.$2 ] || { echo $status > $1.ending && mv $1.ending $1.exit; }
      ) > /dev/null 2>&1 &
    }

    case $command in
    sbatch)
      PREPARATION
      cp "$caller/$2" script || exit 1
      last=$(sed -n 's/^#SBATCH --array=0-\([0-9]*\).*/\1/p' script)
      for task in $(seq 0 $last); do touch $task.task; done
      (
        while [ -e hold ]; do sleep 0.05; done
        for task in $(seq 0 $last); do start $task 0; done
      ) > /dev/null 2>&1 < /dev/null &
      echo 7
      ;;
    squeue)
      for file in *.task; do
        [ -e "$file" ] || exit 0
        task=${file%.task}
        case "$*" in *ArrayJobID*) echo '7|'; continue ;; esac
        if [ -e $task.exit ]; then
          code=$(cat $task.exit)
          state=COMPLETED
          [ $code = 0 ] || state=FAILED
          [ ! -e cancelled ] || state=CANCELLED
          echo "$task|$state|$code:0|None|n1|"
        elif [ -e hold ]; then
          echo "$task|PENDING|0:0|JobHeldUser||"
        else
          echo "$task|RUNNING|0:0|None|n1|"
        fi
      done
      ;;
    scancel)
      case "$*" in *PENDING*) exit ;; esac
      touch cancelled
      for pid in *.pid; do kill -TERM -- -$(cat $pid); done 2> /dev/null
      ;;
    scontrol)
      task=${2#7_}
      count=$(ls $task.requeued.* 2> /dev/null | wc -l)
      touch $task.requeued.$count
      start $task $((count + 1))
      ;;
    esac
    """#
}
