import ArgumentParser
import Diagnostics
import Files
import Launching
import Plans
import Running
import Specs
import TextLayout

extension RunCommand {
  /// Hands the runs that are missing to a scheduler, and watches them.
  ///
  /// - Parameters:
  ///   - name: that of a launcher, or the path of a file that declares one.
  ///   - sources: the files of the specs.
  func launch(
    _ name: String, _ plansOfFiles: [[ExperimentPlan]], _ sources: [SourceFile]
  ) throws {
    let launcher = try Self.launcher(name)
    var command = self
    command.missing = true
    let loader = DataLoader()
    let requests = command.requests(in: plansOfFiles, loader)
    let ledger = try RunLedger(root: runs.directory)
    let identities = try requests.map { $0.identity(try loader.digest(of: $0.plan)) }
    let missing = try identities.filter {
      try ledger.entry(for: $0).needsRun(retriesFailed: retryFailed)
    }

    let id = Launch.newID()
    let folder = LaunchFolder(root: runs.directory, id: id)
    let directory = try Storage.canonicalPath(".")
    let arguments = workerArguments(specs: folder.specsPath, threads: launcher.cpusPerTask)
    var launch = Launch(
      id: id, arguments: arguments, directory: directory,
      workers: max(1, min(launcher.workers, missing.count)),
      experiments: Set(identities.map(\.specHash)))
    let script = try SlurmScript(
      launcher, launch,
      folder: folder.path.hasPrefix("/") ? folder.path : "\(directory)/\(folder.path)",
      worker: [try Storage.canonicalPath("/proc/self/exe"), "run"] + arguments
    ).text
    if dryRun {
      Console.output(script + "\n")
      return try command.list(plansOfFiles)
    }
    Interruption.watch()
    guard !missing.isEmpty else {
      return try command.watch(launch, nil, folder, requests, loader)
    }
    try folder.create(launch, specs: SpecSnapshot(sources), script: script)
    let job: SlurmJob
    do {
      job = try SlurmCommands().submit(folder.scriptPath, named: launch.jobName)
    } catch SlurmError.unknown(let name, let reason) {
      Console.error("hint: 'exp attach \(id)' looks for the job, 'scancel --name=\(name)' ends it")
      throw SlurmError.unknown(name, reason)
    } catch {
      folder.remove()
      throw error
    }
    launch.job = job
    try folder.write(launch)
    try command.watch(launch, job, folder, requests, loader)
  }

  /// The launcher of that name, or that the file of that name declares.
  private static func launcher(_ name: String) throws -> SlurmLauncher {
    if name == SlurmLauncher.type, !Storage.isFile(name) { return SlurmLauncher() }
    var diagnostics = Diagnostics()
    let launcher: SlurmLauncher?
    do {
      launcher = SlurmLauncher.decode(try YAML.load(name), &diagnostics)
    } catch {
      guard !Storage.exists(name), let only = error.all.first else { throw error }
      throw Diagnostic(
        identifier: only.identifier, message: only.message,
        hint: "a launcher is 'slurm', or a file that 'exp explain slurm' describes")
    }
    guard let launcher, !diagnostics.hasErrors else { throw diagnostics }
    return launcher
  }

  /// The arguments of 'exp run' for a worker, which has this command's options as far as they concern runs.
  private func workerArguments(specs: String, threads: Int) -> [String] {
    let options: [(name: String, value: String?)] =
      [
        ("specs", specs), ("seed", seed.map { "\($0)" }),
        ("seeds", seeds.map { $0.seeds.map(String.init).joined(separator: ",") }),
        ("fold", fold.map { $0.numbers.map(String.init).joined(separator: ",") }),
        ("learning-curve", learningCurve?.argument), ("output-dir", runs.directory),
        ("data-dir", data.directory), ("tag", tag), ("note", note),
        ("threads", "\(self.threads.threads ?? threads)"),
      ] + spec.settings.map { ("set", $0) }
    let flags = [
      ("retry-failed", retryFailed), ("any-cpu", processors.isAny), ("fail-fast", failFast),
    ].filter(\.1).map(\.0)
    return (["missing", "quiet"] + flags).map { "--\($0)" }
      + options.compactMap { name, value in value.map { "--\(name)=\($0)" } } + ["--"] + files
  }

  /// Watches a launch, whose workers were given this command's options, and reports what came of it.
  ///
  /// - Parameter job: nil if no run is missing.
  func watch(
    _ launch: Launch, _ job: SlurmJob?, _ folder: LaunchFolder, _ requests: [RunRequest],
    _ loader: DataLoader
  ) throws {
    let session = RunSession(
      RunContext(runs.directory, threads), data, threads, isQuiet: quiet, endsAtFailure: failFast)
    let settled = try session.watch(
      launch, job, folder, requests, loader, retriesFailed: retryFailed)
    report(settled, of: requests.count)
    if requireTargets { try session.judge(settled.completed, of: requests, loader) }
    let completion = "the same 'exp run --launcher', which does what is left"
    try session.conclude(
      planned: requests.count - settled.count, completion: completion, resumption: completion,
      requiresTargets: requireTargets)
    if !settled.failed.isEmpty { throw ExitCode(ExitStatus.runFailed.rawValue) }
  }
}
