import ArgumentParser
import Datasets
import Diagnostics
import Files
import Learning
import Plans
import Reports
import Running
import TextLayout

/// `exp check FILE…`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find every mistake in specs, and show the layers they build.",
    discussion: "Of files with 'data' alone it says which images 'exp evaluate --data' scores.")

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
    let declarations = try Planning(data, spec).declarations(of: files)
    for case .experiments(let plans) in declarations {
      plans.first?.data.notes.forEach(Console.note)
    }
    if let graph {
      for declaration in declarations {
        guard case .experiments(let plans) = declaration else {
          throw Diagnostics.usage(
            "\(files[0].quoted) has 'data' alone: there are no layers to draw")
        }
        if let plan = plans.first { try Storage.export(NetworkPicture(plan).svg, to: graph) }
      }
      if Storage.isStandardOutput(graph) { return }
      Console.error("\(graph): the layers as a picture")
    }
    let texts = try zip(files, declarations).compactMap { file, declaration in
      switch declaration {
      case .experiments(let plans): text(of: plans)
      case .data(let section): try text(of: section, in: file)
      }
    }
    Console.output(texts.joined(separator: "\n"))
  }

  /// The network and training of the first of `plans`; nil if there are none.
  private func text(of plans: [ExperimentPlan]) -> String? {
    guard let first = plans.first else { return nil }
    let title = files.count > 1 ? "\(first.source.path): \(first.name)\n\n" : ""
    return title + PlanSummary(first, threads: threads.count).text(width: Console.outputWidth)
      + (first.cell == nil ? "" : list(plans))
  }

  /// The images that networks are scored on by the `section` that is all of `file`.
  private func text(of section: DataSpec, in file: String) throws -> String {
    let set = try TestSet(section, from: data.locations)
    set.printNotes()
    return "\(file): \(counted(set.count, "image")) of \(set.imageShape), "
      + "\(counted(set.classNames.count, "class", "classes")), for 'exp evaluate RUN --data'\n"
  }

  /// The list of a sweep's experiments, of which the first is shown in full before.
  private func list(_ plans: [ExperimentPlan]) -> String {
    let list = RunPlan(plans.map { RunRequest.all(of: $0) }).text(width: Console.outputWidth)
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
