import ArgumentParser
import Diagnostics
import Files
import Glibc
import Launching
import Running

/// `exp attach [ID]`
struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach",
    abstract: "Watch runs that 'exp run --launcher' handed to a scheduler.",
    discussion: """
      Ctrl-C asks whether to leave the workers running or to cancel them. At the end the results are printed, and the \
      exit code is that of 'exp run'.
      """)

  @Argument(
    help: ArgumentHelp("A launch, or a part of its ID; default: the newest.", valueName: "launch"))
  var id: String?
  @OptionGroup var runs: RunsOptions
  @OptionGroup var output: OutputOptions
  @Flag(help: "Exit with 2 if a target is missed.") var requireTargets = false
  @Flag(name: .shortAndLong, help: "Print only results and errors.") var quiet = false

  func run() throws {
    let (here, root) = (
      try Storage.canonicalPath("."), try Storage.canonicalPath(runs.directory)
    )
    let folder = try LaunchFolder.find(id, root: root)
    var launch = try folder.launch()
    // The paths in the command start there.
    guard chdir(launch.directory) == 0 else {
      throw StorageError(.read, launch.directory)
    }
    var command = try Self.command(of: launch, in: folder)
    // Its hints have to work where the user is.
    if here != launch.directory { command.runs.directory = root }
    (command.requireTargets, command.quiet) = (requireTargets, quiet)
    let snapshot = try folder.specs()
    let plansOfFiles = try command.planning
      .readAll(command.files, from: snapshot).plans
    Interruption.watch()
    let job = try launch.job ?? Self.find(&launch, in: folder)
    try command.requireFolds(in: plansOfFiles)
    let loader = DataLoader()
    let requests = command.requests(in: plansOfFiles, loader)
    try command.watch(launch, job, folder, requests, loader)
  }

  /// The command of the workers.
  private static func command(of launch: Launch, in folder: LaunchFolder) throws -> RunCommand {
    do {
      return try RunCommand.parse(launch.arguments)
    } catch {
      throw DamagedFileError(
        path: folder.path,
        reason: "its arguments are none of 'exp run': \(RunCommand.message(for: error))")
    }
  }

  /// The job of a launch whose submission had no answer, which is now recorded.
  private static func find(_ launch: inout Launch, in folder: LaunchFolder) throws -> SlurmJob {
    switch SlurmCommands().find(launch.jobName) {
    case .job(let job):
      launch.job = job
      try folder.write(launch)
      return job
    case .none:
      throw SlurmError.unknown(launch.jobName, "squeue does not know the name")
    case .unanswered(let reason): throw SlurmError.unanswered(reason)
    }
  }
}
