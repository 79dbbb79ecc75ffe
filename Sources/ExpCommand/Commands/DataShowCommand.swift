import ArgumentParser
import Datasets
import Plans
import Reports
import Tensors
import TextLayout

extension DataCommand {
  /// `exp data show FILE`
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count the images of a spec by class and part, and measure them.",
      discussion: """
        Reads all images, as a run would. Means and standard deviations are of the training images, where black is 0 \
        and white 1. Of a file with 'data' alone it counts and measures the images that 'exp evaluate --data' scores.
        """)

    @Argument(
      help: ArgumentHelp("A spec, or a file with 'data' alone.", valueName: "file"),
      completion: Completions.specs)
    var file: String
    @OptionGroup var spec: SpecOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      for declaration in try Planning(data, spec).declarations(of: [file]) {
        switch declaration {
        case .experiments(let plans):
          guard let plan = plans.first?.folds()[0] else { continue }
          let data = try plan.spec.data.prepare(from: plan.locations)
          let facts = data.description
          Console.output(
            text(
              of: DataSurvey(of: data), facts.dataset, facts.imageShape, facts.classNames,
              facts.notes + plan.foldNotes))
        case .data(let section):
          let set = try TestSet(section, from: data.locations)
          set.printNotes()
          Console.output(
            text(of: DataSurvey(of: set), set.dataset, set.imageShape, set.classNames, []))
        }
      }
    }

    private func text(
      of survey: DataSurvey, _ dataset: String, _ shape: ImageShape, _ classNames: [String],
      _ facts: [String]
    ) -> String {
      let repeated = survey.parts.filter { $0.repeatedCount > 0 }.map {
        "\($0.repeatedCount.grouped) of \($0.counts.reduce(0, +).grouped) \($0.name) images are the same as an "
          + "earlier one, pixel for pixel"
      }
      let notes = (repeated + facts).map {
        "note: \($0)".singleLine.wrapped(to: Console.outputWidth) + "\n"
      }
      return "\(dataset), \(shape), \(counted(classNames.count, "class", "classes"))\n\n"
        + classes(survey, classNames) + "\n" + channels(survey)
        + (notes.isEmpty ? "" : "\n" + notes.joined())
    }

    /// A row for each class, with the number of its images in each part.
    private func classes(_ survey: DataSurvey, _ names: [String]) -> String {
      let rows = names.indices.map { label in
        [names[label]] + survey.parts.map { $0.counts[label].grouped }
      }
      let total = ["total"] + survey.parts.map { $0.counts.reduce(0, +).grouped }
      return TextTable(
        [.init("class")] + survey.parts.map { .init($0.name, .right) }, rows: rows + [total]
      ).text(width: Console.outputWidth)
    }

    /// A row for each channel.
    private func channels(_ survey: DataSurvey) -> String {
      let names = survey.means.count == 3 ? ["red", "green", "blue"] : ["grey"]
      let rows = zip(names, zip(survey.means, survey.deviations)).map { name, values in
        [name, values.0.fixed(4), values.1.fixed(4)]
      }
      return TextTable([.init("channel"), .init("mean", .right), .init("sd", .right)], rows: rows)
        .text(width: Console.outputWidth)
    }
  }
}

extension ExperimentPlan {
  /// The note that the images are divided as for one fold; none without folds.
  fileprivate var foldNotes: [String] {
    fold.map { ["the parts are those of fold \($0): other folds hold out other images"] } ?? []
  }
}
