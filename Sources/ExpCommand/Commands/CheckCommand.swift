import ArgumentParser
import Experiments
import Learning
import Reports
import Runs

/// `exp check FILE…`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find every mistake in specs, and show the layers they build.")

  @Argument(
    help: ArgumentHelp("YAML files that declare experiments.", valueName: "file"),
    completion: Completions.specs)
  var files: [String]
  @Option(
    help: ArgumentHelp(
      "Also draw the layers as an SVG picture into this file; '-' for standard output, with nothing else.",
      valueName: "svg"), completion: .file(extensions: ["svg"]))
  var graph: String?
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if graph != nil, files.count > 1 {
      throw ValidationError("'--graph' draws one file, got \(files.count)")
    }
  }

  func run() throws {
    let plans = try Planning(data).readAll(files)
    if let graph {
      for plan in plans { try Storage.export(NetworkPicture(plan).svg, to: graph) }
      if Storage.isStandardOutput(graph) { return }
      Console.error("\(graph): the layers as a picture")
    }
    let texts = plans.map { plan in
      let title = plans.count > 1 ? "\(plan.source.path): \(plan.name)\n\n" : ""
      return title + PlanSummary(plan, threads: threads.count).text(width: Console.outputWidth)
    }
    Console.output(texts.joined(separator: "\n"))
  }
}

extension NetworkPicture {
  fileprivate init(_ plan: ExperimentPlan) {
    self.init(
      name: plan.name,
      plan.layers.layers.map {
        DrawnLayer(
          name: $0.name, type: $0.type, shape: $0.outputShape.description,
          parameterCount: $0.parameterCount, inputs: $0.inputs)
      })
  }
}
