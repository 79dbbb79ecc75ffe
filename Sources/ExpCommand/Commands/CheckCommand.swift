import ArgumentParser

/// `exp check FILE…`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find every mistake in specs, and show the layers they build.")

  @Argument(help: ArgumentHelp("YAML files that declare experiments.", valueName: "file"))
  var files: [String]
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let plans = try Planning(data).readAll(files)
    let texts = plans.map { plan in
      let title = plans.count > 1 ? "\(plan.source.path): \(plan.name)\n\n" : ""
      return title + PlanSummary(plan, threads: threads.count).text(width: Console.outputWidth)
    }
    Console.output(texts.joined(separator: "\n"))
  }
}
