import Metrics
import Records
import TextLayout

extension RunRecord {
  /// The experiment's name and, of a sweep's runs, the combination of values: `study (width: 2)`.
  var title: String { self.name + (self.variant.map { " (\($0))" } ?? "") }

  /// The description of the run from `manifest`, and its results: the text of `exp show`.
  package func summary(_ manifest: Manifest, width: Int? = nil) -> String {
    let heading = "\(title), \(self.repetition): \(ending)".singleLine
    let description = manifest.description.map { $0.singleLine.wrapped(to: width, indent: "") }
    let paragraphs = [
      [heading, description].compactMap(\.self).joined(separator: "\n") + "\n",
      facts(manifest, width: width), self.results.map { scores($0, width: width) },
      self.results.flatMap { $0.targets.isEmpty ? nil : targets($0.targets, width: width) },
      otherData(width: width),
    ]
    return paragraphs.compactMap(\.self).joined(separator: "\n")
  }

  private func facts(_ manifest: Manifest, width: Int?) -> String {
    let machine = manifest.machine
    var facts = [("folder", self.folder.path)] + manifest.labels
    facts += [
      ("started", self.started.localText),
      ("command", manifest.command.joined(separator: " ")),
      ("spec hash", self.specHash),
      ("data", self.data.inWords),
      ("parameters", self.parameterCount.grouped),
      (
        "machine",
        "\(machine.host), \(machine.cpu), \(machine.threads) threads, \(machine.instructionSet), "
          + "oneDNN \(machine.oneDNNVersion)"
      ),
    ]
    facts += manifest.otherProcessors
    if let results = self.results {
      facts.append(
        (
          "training",
          "\(results.epochs) of \(self.epochsPlanned) epochs in \(results.trainSeconds.fixed(1)) s, "
            + "\(results.imagesPerSecond.rounded().grouped) images/s, "
            + "weights of epoch \(results.weightsEpoch)"
        ))
      if let reason = results.stopReason { facts.append(("stopped", reason)) }
      if let rule = results.thresholdInWords(self.data.classNames) {
        facts.append(("threshold", rule))
      }
    }
    let margin = "parameters  ".count
    return facts.map { name, value in
      let lines = value.singleLine.wrapped(to: width.map { $0 - margin }, indent: "")
      return name.padded(to: margin)
        + lines.split(separator: "\n").joined(separator: "\n" + "".padded(to: margin)) + "\n"
    }.joined()
  }

  private func scores(_ results: Results, width: Int?) -> String {
    let parts = ScoreName.Part.allCases.filter { results.scores(on: $0) != nil }
    return TextTable(
      [.init("")] + parts.map { .init($0.rawValue, .right) },
      rows: Metric.allCases.compactMap { metric in
        let values = parts.map { results.value(of: ScoreName($0, metric)) }
        let isMeasured = parts.contains {
          results.scores(on: $0)?.measured.contains(metric) == true
        }
        return isMeasured ? [metric.rawValue] + values.map { $0?.fixed(4) ?? "–" } : nil
      }
    ).text(width: width)
  }

  /// The scores on other data, a line for each evaluation; nil if there is none.
  private func otherData(width: Int?) -> String? {
    let all = evaluations
    let rows = all.compactMap { name, state -> [String]? in
      state.evaluation.map { record in
        [name, record.images.count.grouped]
          + Metric.usual.map { $0.value(in: record.scores)?.fixed(4) ?? "–" }
          + [remarks(on: record, isOutdated: state.isOutdated).joined(separator: "; ")]
      }
    }
    let table = TextTable(
      [.init("evaluation"), .init("images", .right)]
        + Metric.usual.map { .init($0.rawValue, .right) } + [.init("")],
      rows: rows
    ).text(width: width)
    let lines = all.compactMap(\.state.problem).map { "unreadable: \($0)".singleLine + "\n" }
    return rows.isEmpty && lines.isEmpty ? nil : (rows.isEmpty ? "" : table) + lines.joined()
  }

  /// What keeps the scores of an evaluation from being those of the run on new images.
  private func remarks(on record: EvaluationRecord, isOutdated: Bool) -> [String] {
    let shared: String? =
      switch record.sharedCount {
      case 0: nil
      case let count?: "\(count.grouped) among its training images"
      case nil: "perhaps on training images"
      }
    return [isOutdated ? "of other weights than it has now" : nil, shared].compactMap(\.self)
  }

  private func targets(_ targets: [TargetResult], width: Int?) -> String {
    TextTable(
      [.init("target"), .init("wanted", .right), .init("got", .right), .init("")],
      rows: targets.map {
        [
          $0.name.rawValue, $0.wanted.fixed(4), $0.got?.fixed(4) ?? "–",
          $0.verdict.rawValue,
        ]
      }
    ).text(width: width)
  }
}
