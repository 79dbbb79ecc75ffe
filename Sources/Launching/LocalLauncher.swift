import Glibc
import Running

/// Starts a process of this program on this computer for each run.
package final class LocalLauncher: Launcher {
  /// The descriptor at which a job finds the lease of its run.
  package static let leaseDescriptor = ChildProcess.leaseDescriptor

  private let program: String
  private let arguments: [String]
  private var children: [ChildProcess] = []
  private var submittedCount = 0

  /// The time to wait for the end of a process that has closed its pipes.
  private static let shortWhile = Duration.milliseconds(5)

  /// A launcher of jobs with `threads` threads each, which also look for data in `dataDirectory`.
  package convenience init(threads: Int, dataDirectory: String?) {
    self.init(
      program: "/proc/self/exe",
      arguments: ["exp", "work", "--inherited", "--threads", "\(threads)"]
        + (dataDirectory.map { ["--data-dir=\($0)"] } ?? []) + ["--"])
  }

  /// A launcher of jobs that execute `program` with `arguments`, the first being its name, followed by the run's
  /// folder.
  package init(program: String, arguments: [String]) {
    self.program = program
    self.arguments = arguments
    // Pipes must not have the numbers of the standard streams, which may be closed.
    var descriptor = open("/dev/null", O_RDWR)
    while (0...STDERR_FILENO).contains(descriptor) { descriptor = dup(descriptor) }
    close(descriptor)
  }

  package func submit(_ run: consuming OpenRun) throws -> Job {
    try run.handOver()
    let job = Job(id: submittedCount, run)
    children.append(
      try ChildProcess(job, run, program: program, arguments + [run.folder.path]))
    submittedCount += 1
    return job
  }

  package func poll(timeout: Duration) -> [(job: Job, report: JobReport)] {
    wait(timeout)
    var reports: [(job: Job, report: JobReport)] = []
    children.removeAll { child in
      let new = child.poll()
      reports += new.map { (child.job, $0) }
      if case .ended = new.last { return true }
      return false
    }
    return reports
  }

  package func cancel(_ job: Job) { children.first { $0.job == job }?.cancel() }

  /// Waits until there is something to read, or a signal comes.
  private func wait(_ timeout: Duration) {
    let isAnyEnding = children.contains(where: \.descriptors.isEmpty)
    let time = isAnyEnding ? min(timeout, Self.shortWhile) : timeout
    var descriptors = children.flatMap(\.descriptors).map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    Glibc.poll(&descriptors, nfds_t(descriptors.count), Int32(time / .milliseconds(1)))
  }
}
