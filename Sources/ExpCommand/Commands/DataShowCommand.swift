import ArgumentParser
import Datasets
import Plans
import Reports
import TextLayout

extension DataCommand {
  /// `exp data show FILE`
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Count the images of a spec by class and part, and measure them.",
      discussion: """
        Reads all images, as a run would. Means and standard deviations are of the training images, where black is 0 \
        and white 1.
        """)

    @Argument(help: ArgumentHelp("A spec.", valueName: "file"), completion: Completions.specs)
    var file: String
    @OptionGroup var spec: SpecOptions
    @OptionGroup var data: DataOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      for plan in try Planning(data, spec).readAll([file]).compactMap(\.first) {
        let data = try plan.spec.data.prepare(from: plan.locations)
        Console.output(text(of: data))
      }
    }

    private func text(of data: PreparedData) -> String {
      let (survey, facts) = (DataSurvey(of: data), data.description)
      let repeated = survey.parts.filter { $0.repeatedCount > 0 }.map {
        "\($0.repeatedCount.grouped) of \($0.counts.reduce(0, +).grouped) \($0.name) images are the same as an "
          + "earlier one, pixel for pixel"
      }
      let notes = (repeated + facts.notes).map {
        "note: \($0)".singleLine.wrapped(to: Console.outputWidth) + "\n"
      }
      return "\(facts.dataset), \(facts.imageShape), \(facts.classNames.count) classes\n\n"
        + classes(survey, facts.classNames) + "\n" + channels(survey)
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
