import ArgumentParser
import Files
import Learning
import Plans
import Reports
import TextLayout

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
  @OptionGroup var spec: SpecOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var threads: ThreadOptions
  @OptionGroup var output: OutputOptions

  func validate() throws {
    if graph != nil, files.count > 1 {
      throw ValidationError("'--graph' draws one file, got \(files.count)")
    }
    if let graph, graph != "-", !graph.hasPrefix("/dev/"), !graph.lowercased().hasSuffix(".svg") {
      throw ValidationError("'--graph' must end in '.svg', got '\(graph)'")
    }
  }

  func run() throws {
    let plans = try Planning(data, spec).readAll(files)
    for note in plans.compactMap(\.first).flatMap(\.data.notes) {
      Console.note(note)
    }
    if let graph {
      for plan in plans.compactMap(\.first) {
        try Storage.export(NetworkPicture(plan).svg, to: graph)
      }
      if Storage.isStandardOutput(graph) { return }
      Console.error("\(graph): the layers as a picture")
    }
    let texts = plans.compactMap { plans -> String? in
      guard let first = plans.first else { return nil }
      let title = files.count > 1 ? "\(first.source.path): \(first.name)\n\n" : ""
      return title + PlanSummary(first, threads: threads.count).text(width: Console.outputWidth)
        + (first.cell == nil ? "" : list(plans))
    }
    Console.output(texts.joined(separator: "\n"))
  }

  /// The list of a sweep's experiments, of which the first is shown in full before.
  private func list(_ plans: [ExperimentPlan]) -> String {
    let list = RunPlan(plans.map { ($0, $0.spec.seeds.seeds) }).text(width: Console.outputWidth)
    return "\nThis is the first of \(plans.count.grouped) experiments:\n\n\(list)"
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
