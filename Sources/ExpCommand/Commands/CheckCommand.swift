import ArgumentParser
import Experiments
import Learning
import Reports
import TextLayout

/// `exp check FILE…`
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Find every mistake in specs, and show the layers they build.")

  @Argument(help: ArgumentHelp("YAML files that declare experiments.", valueName: "file"))
  var files: [String]
  @OptionGroup var spec: SpecOptions
  @OptionGroup var data: DataOptions
  @OptionGroup var output: OutputOptions

  func run() throws {
    let plans = try Planning(data, spec).readAll(files).flatMap(\.self)
    let texts = plans.map { plan in
      let title = plans.count > 1 ? "\(plan.source.path): \(plan.name)\n\n" : ""
      return title + table(plan).text(width: Console.outputWidth)
    }
    Console.output(texts.joined(separator: "\n"))
  }

  private func table(_ plan: ExperimentPlan) -> TextTable {
    let rows = plan.layers.layers.map { layer in
      [
        layer.name, layer.outputShape.description, layer.parameterCount.grouped,
        layer.floatingPointOperations.grouped,
      ]
    }
    let total = [
      "total", "", plan.layers.parameterCount.grouped,
      plan.layers.floatingPointOperations.grouped,
    ]
    return TextTable(
      [
        .init("layer"), .init("output shape", .right), .init("parameters", .right),
        .init("FLOPs per image", .right),
      ], rows: rows + [total])
  }
}
