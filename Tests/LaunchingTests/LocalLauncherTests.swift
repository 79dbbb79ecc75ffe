import ExperimentExamples
import Foundation
import Launching
import Records
import Testing

@Suite struct LocalLauncherTests {
  private let runs: RunsFolder

  init() throws { runs = try RunsFolder() }

  /// A launcher that has the shell execute `script`; the run's folder is `$1`.
  private func shell(_ script: String) -> LocalLauncher {
    LocalLauncher(program: "/bin/sh", arguments: ["sh", "-c", script, "job"])
  }

  /// All reports until so many jobs have ended.
  private func reports(_ launcher: LocalLauncher, jobs: Int = 1) -> [(Job, JobReport)] {
    var reports: [(Job, JobReport)] = []
    func endCount() -> Int { reports.count { if case .ended = $0.1 { true } else { false } } }
    let deadline = ContinuousClock.now + .seconds(60)
    while endCount() < jobs, ContinuousClock.now < deadline {
      reports += launcher.poll(timeout: .milliseconds(50))
    }
    return reports
  }

  @Test func everyLineArrivesBeforeTheEnd() throws {
    let launcher = shell(
      #"echo '{"scoring":{}}'; seq 30000; printf 'the last' ; echo "folder $1" >&2; exit 3"#)
    let job = try launcher.submit(runs.begin(seed: 4))
    #expect(job.seed == 4)
    let all = reports(launcher).map(\.1)
    #expect(all.count == 30_004)
    #expect(all.contains(.scoring))
    #expect(all.contains(.message("30000")))
    #expect(all.contains(.message("the last")))
    #expect(all.contains(.message("folder \(job.folder.path)")))
    #expect(all.last == .ended(.exit(code: 3)))
  }

  @Test func aSignalIsToldFromAnExit() throws {
    let launcher = shell("kill -9 $$")
    _ = try launcher.submit(runs.begin(seed: 0))
    #expect(reports(launcher).last?.1 == .ended(.signal(9)))
  }

  @Test func theLockGoesToTheChildAndEndsWithIt() throws {
    let launcher = shell("echo ready; cat")
    let job = try launcher.submit(runs.begin(seed: 0))
    #expect(job.folder.isHeld)
    #expect(try job.folder.takeLease() == nil)
    let other = shell("exit 0")
    let second = try other.submit(runs.begin(seed: 1))
    _ = reports(other)
    #expect(!second.folder.isHeld)
    #expect(job.folder.isHeld, "the end of another job changes nothing")
  }

  @Test func whoLosesItsLauncherEndsAndIsWaitedFor() throws {
    let folder: RunFolder
    do {
      let launcher = shell("cat; sleep 0.1")
      folder = try launcher.submit(runs.begin(seed: 0)).folder
      #expect(folder.isHeld)
    }
    #expect(!folder.isHeld)
  }

  @Test func childrenAreInNobodysProcessGroup() throws {
    let launcher = shell("cut -d ' ' -f 1,5 /proc/$$/stat")
    let job = try launcher.submit(runs.begin(seed: 0))
    let messages = reports(launcher).compactMap { report -> String? in
      if case .message(let text) = report.1, report.0 == job { text } else { nil }
    }
    let numbers = try #require(messages.first).split(separator: " ")
    #expect(numbers.count == 2)
    #expect(numbers.first == numbers.last)
  }

  @Test func aProgramThatIsNotThereIsAnError() throws {
    let launcher = LocalLauncher(program: "/no/such/program", arguments: ["exp"])
    let run = try runs.begin(seed: 0)
    let folder = run.folder
    #expect {
      try launcher.submit(run)
    } throws: {
      "\($0)".contains("cannot start a process for \(folder.path): No such file or directory")
    }
  }
}
