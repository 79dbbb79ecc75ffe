import Metrics
import TextLayout

extension ReportedSpec {
  /// ROC and precision-recall curves with the area under each; nil if there are no probabilities, or no class has
  /// images and others have, too.
  var thresholds: HTML? {
    guard let samples = predictions?.labelled else { return nil }
    let classes = samples.positiveClass.map { [$0] } ?? Array(0..<samples.classCount)
    let curves = classes.map { (label: $0, counts: samples.counts(of: $0)) }
      .filter { $0.counts.positives > 0 && $0.counts.negatives > 0 }
    guard !curves.isEmpty else { return nil }
    // The worst teach the most.
    let worst = curves.sorted { ($0.counts.rocAUC ?? 0) < ($1.counts.rocAUC ?? 0) }
      .prefix(ChartStyle.colourCount - 1).map(\.label)
    let drawn = Array(curves.prefix(Self.mostCurves)).filter { !worst.contains($0.label) }
    let coloured = curves.filter { worst.contains($0.label) }
    func style(_ label: Int) -> Int? { coloured.firstIndex { $0.label == label } }
    let lines =
      drawn.map { ThresholdChart.Line(counts: $0.counts, style: 0, isFaint: true) }
      + coloured.map {
        ThresholdChart.Line(counts: $0.counts, style: style($0.label) ?? 0, isFaint: false)
      }
    func figure(_ kind: ThresholdChart.Kind) -> HTML {
      "<figure>\(ThresholdChart(kind: kind, lines: lines).svg(identifier: identifier(kind.rawValue)))</figure>\n"
    }
    let table = PageTable(
      caption: "Area under the curves of each class against the rest",
      columns: [
        .text("class"), .number("ROC AUC"), .number("average precision"), .number("images"),
      ],
      rows: curves.map { label, counts in
        [
          .init("\(sample(style(label)))\(classNames[label])", sortKey: "\(label)"),
          .init(counts.rocAUC, 4), .init(counts.averagePrecision, 4), .init(counts.positives),
        ]
      }, isSortable: curves.count > 1)
    return """
      <h4>ROC and precision-recall</h4>
      \(ReportPage.note(thresholdNotes(samples, curves: curves.count, coloured: coloured.count)))<div class="charts">
      \(figure(.roc))\(figure(.precisionRecall))<div>
      \(table.html)</div></div>

      """
  }

  /// More curves than these make the page large, and hide each other.
  private static var mostCurves: Int { 40 }

  /// The line of a class beside its name; nil if it is in the background.
  private func sample(_ style: Int?) -> HTML? {
    style.map { style in
      """
      <svg class="chart sample" viewBox="0 0 34 10" aria-hidden="true">\
      <line class="line \(CurveChart.colour(style)) \(CurveChart.dashes(style))" x1="1" x2="33" y1="5" y2="5"/></svg> 
      """
    }
  }

  private func thresholdNotes(
    _ samples: LabelledProbabilities, curves: Int, coloured: Int
  ) -> [String?] {
    [
      samples.positiveClass.map {
        "'\(classNames[$0])' is the positive class: as its threshold falls, more images are taken for it."
      } ?? "Each class against the rest, as the threshold of its probability falls.",
      shownResults.flatMap { $0.test == nil ? nil : $0.thresholdInWords(classNames) }.map {
        "In the scores of test images, an image is \($0)."
      },
      curves > coloured
        ? "In colour are the \(coloured) classes with the least area under the ROC curve." : nil,
      seedNote.isEmpty ? nil : seedNote,
    ]
  }
}
