import ArgumentParser
import Files
import Launching
import Records
import Running

/// `exp work FOLDER`, which `exp run --jobs` starts for each run.
struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Execute one run, and report on it to another process.",
    shouldDisplay: false)

  @Argument(help: ArgumentHelp("Folder of the run, which has begun.", valueName: "folder"))
  var folder: String
  @Flag(
    help: "The parent hands over the run's lease as descriptor 3, and standard input ends with it.")
  var inherited = false
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions

  func run() throws {
    Interruption.watch()
    let run = RunFolder(path: folder)
    let lifeline = inherited ? Lifeline() : nil
    let context = RunContext(Storage.parent(of: folder), threads)
    let loader = DataLoader()
    let resumption = try Resumption(
      of: run, inherited: inherited ? LocalLauncher.leaseDescriptor : nil, context: context,
      backend: threads.backend, locations: data.locations,
      loader: loader, warn: inherited ? { _ in } : RunSession.warn)  // the parent has warned
    let reporter = JobReporter()
    let outcome = resumption.runner.execute(
      resumption.run, observe: reporter.report,
      isInterrupted: { Interruption.isRequested || lifeline?.isBroken ?? false },
      finish: { if let error = $0.writePageOrTellWhyNot() { RunSession.warn(error) } })
    if let error = outcome.error {
      // The parent reads recorded errors from the folder.
      if error.recordingError != nil { Console.error("error: \(error)") }
      throw ExitCode(outcome.exit.rawValue)
    }
  }
}
