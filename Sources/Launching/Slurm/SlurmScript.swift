import Diagnostics
import TextLayout

/// The script of a launch's job array, each task of which is a worker.
///
/// Slurm warns of the end of a job's time by a signal to the script alone, which hands it on. The worker saves its state
/// and ends with 75, and the script puts this one task back into the queue. So it does with a worker that has not trained
/// a step, since that may have loaded data for its next start, but not for ever. A cancelled job gets SIGTERM, as all of
/// its processes do, and is not put back.
package struct SlurmScript {
  private let launcher: SlurmLauncher
  private let launch: Launch
  /// The launch's folder, from the root.
  private let folder: String
  /// The worker's program and its arguments.
  private let worker: [String]

  /// - Throws: `LaunchPathError` if Slurm would not take the path of the folder for what it is.
  package init(
    _ launcher: SlurmLauncher, _ launch: Launch, folder: String, worker: [String]
  ) throws(LaunchPathError) {
    guard folder.unicodeScalars.allSatisfy({ !$0.endsDirective && $0 != "\\" }) else {
      throw LaunchPathError(path: folder)
    }
    self.launcher = launcher
    self.launch = launch
    self.folder = folder
    self.worker = worker
  }

  package var text: String {
    let setup = launcher.setup.map { $0.hasSuffix("\n") ? $0 : $0 + "\n" }.joined()
    return """
      #!/bin/bash
      # The workers of a launch that 'exp run --launcher' made; 'exp attach \(launch.id)' watches them.
      \(directives.map { "#SBATCH \($0)\n" }.joined())
      cd \(launch.directory.quotedForShell) || exit 74
      # Starts in a row that came to nothing, a line each.
      vain=\(folder.quotedForShell)/"$SLURM_ARRAY_TASK_ID".vain
      # The warning before the time is over comes to this shell alone; other signals come to the worker, too.
      worker= warned= cancelled=
      trap 'signalled=yes warned=yes; [ -z "$worker" ] || kill -USR1 "$worker"' USR1
      trap 'signalled=yes cancelled=yes' TERM
      \(setup)
      [ -z "$cancelled" ] || exit 143
      status=138
      if [ -z "$warned" ]; then
        \(worker.map(\.quotedForShell).joined(separator: " ")) &
        worker=$!
        [ -z "$warned" ] || kill -USR1 "$worker"
        while
          signalled=
          wait "$worker"
          status=$?
          [ -n "$signalled" ]
        do :; done
      fi

      # 75: interrupted, its state is saved; 79: before it had trained a step; 138: warned before it began or could listen.
      requeue() { scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"; }
      if [ -n "$warned" ] && [ -z "$cancelled" ]; then
        case $status in
          75)
            rm -f "$vain"
            requeue
            ;;
          79 | 138)
            if echo >> "$vain" && [ "$(wc -l < "$vain")" -lt 3 ]; then
              requeue
            else
              echo "error: its time was over three times before it had trained a step: workers need a longer 'time'" >&2
              status=79
            fi
            ;;
        esac
      fi
      exit $status

      """
  }

  /// The options of sbatch.
  private var directives: [String] {
    let limit = launcher.arrayParallelism.map { "%\($0)" } ?? ""
    let named: [(name: String, value: String?)] = [
      ("partition", launcher.partition), ("time", launcher.time?.text), ("mem", launcher.mem),
      ("account", launcher.account), ("qos", launcher.qos), ("constraint", launcher.constraint),
    ]
    return [
      "--job-name=\(launch.jobName)", "--array=0-\(launch.workers - 1)\(limit)", "--ntasks=1",
      "--cpus-per-task=\(launcher.cpusPerTask)",
      "--output=\(folder.replacing("%", with: "%%") + "/%a.log")".quotedForDirective,
      "--open-mode=append", "--requeue", "--signal=B:USR1@\(warningTime)",
    ] + named.compactMap { name, value in value.map { "--\(name)=\($0)".quotedForDirective } }
      + launcher.options
  }

  /// The seconds before the end of its time at which a worker is warned: enough to save its state, and a small part of
  /// the time. Slurm may warn up to a minute earlier.
  private var warningTime: Int { launcher.time.map { min(90, $0.seconds * 15 / 100) } ?? 90 }
}

/// The error that a launch's folder has a path that cannot be told to Slurm: a control character ends the line of an
/// option, after which the shell would execute the rest, and with a backslash `%a` is no number.
package struct LaunchPathError: Error, CustomStringConvertible {
  let path: String

  package var description: String {
    "a launch cannot be in \(path.quoted): Slurm takes a backslash or a control character in its path for something else"
      + "\nhint: rename the folder, or name another one with --output-dir"
  }
}

extension LaunchPathError: ReportableError {
  package var exitStatus: ExitStatus { .usage }
}

extension Unicode.Scalar {
  /// True if it may end a line that begins with `#SBATCH`.
  var endsDirective: Bool { properties.generalCategory == .control }
}

extension String {
  /// As one word of a shell.
  fileprivate var quotedForShell: String {
    isPlain ? self : "'\(replacing("'", with: #"'\''"#))'"
  }

  /// As one word of a line that begins with `#SBATCH`.
  fileprivate var quotedForDirective: String {
    isPlain
      ? self : "\"\(replacing(#"\"#, with: #"\\"#).replacing("\"", with: #"\""#))\""
  }

  private var isPlain: Bool {
    !isEmpty
      && unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || $0.properties.numericType != nil
            || "-_=./,:@%+".unicodeScalars.contains($0))
      }
  }
}
