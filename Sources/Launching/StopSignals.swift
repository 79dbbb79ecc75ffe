import Glibc

/// The signals that ask a run to save its state and to end.
package enum StopSignals {
  /// Sent by users and service managers: Ctrl-C, `kill`, a terminal that is closed. A second one ends the process at
  /// once.
  package static let requests = [SIGINT, SIGTERM, SIGHUP]
  /// Sent by schedulers before the time of a job is over, some of them again and again until it is: SIGUSR1 (Slurm's
  /// `--signal`, Grid Engine's `-notify` and `s_rt`), SIGUSR2 (LSF, Grid Engine), SIGXCPU (limits of CPU time).
  package static let warnings = [SIGUSR1, SIGUSR2, SIGXCPU]

  package static let all = requests + warnings
}
