import Records
import Running

extension RunContext {
  /// The context that the runs of this command have in common.
  init(
    _ outputDirectory: String, _ threads: ThreadOptions, takesAnyProcessor: Bool = false,
    repository: GitRepository? = nil, tag: String? = nil, note: String? = nil
  ) {
    self.init(
      command: CommandLine.arguments, started: .now, outputDirectory: outputDirectory,
      machine: threads.machine, takesAnyProcessor: takesAnyProcessor,
      expVersion: Exp.version, toolchain: Toolchain.description,
      gitCommit: repository?.commit, gitChanges: repository?.changes(), tag: tag, note: note)
  }
}
