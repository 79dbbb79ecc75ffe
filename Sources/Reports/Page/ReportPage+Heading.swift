import Metrics
import TextLayout

extension ReportPage {
  /// The text of the tab and of the first heading.
  var title: String {
    let rows = comparison.rows
    guard rows.count == 1, let row = rows.first else {
      return rows.isEmpty ? "No runs" : "\(rows.count.grouped) experiments"
    }
    return row.attempted == 1 ? "\(row.label), \(row.latest.repetition)" : row.label
  }

  /// The title, the most important numbers, and the contents.
  var heading: HTML {
    let links = sections.map { section -> HTML in
      "<li><a href=\"#\(section.identifier)\">\(section.title)</a></li>\n"
    }
    let description = specs.count == 1 ? specs[0].manifest?.description : nil
    return """
      <p class="overline">Report</p>
      <h1>\(title)</h1>
      \(description.map { "<p class=\"description\">\($0)</p>\n" as HTML })\
      <p class="facts">\(facts)</p>
      \(figures)<nav aria-label="Contents"><ul>
      \(links)</ul></nav>

      """
  }

  /// The number of runs, and their images.
  private var facts: String {
    let rows = comparison.rows
    let counted = rows.reduce(0) { $0 + $1.counted.count }
    let data = Set(rows.map(\.data))
    let images = data.count == 1 ? data.first?.inWords : "\(data.count) sets of images"
    return ["\(counted.grouped) completed run\(counted == 1 ? "" : "s")", images]
      .compactMap(\.self).joined(separator: " · ")
  }

  /// The scores of the only row, or of the best.
  private var figures: HTML? {
    let isSingle = comparison.rows.count == 1
    // There is no best row among scores on different images.
    let images = Set(comparison.rows.map { $0.images(of: comparison.options.choice.part) })
    guard images.count < 2 else { return nil }
    guard let row = comparison.rows.first(where: { isSingle || $0.isBest }), !row.counted.isEmpty
    else { return nil }
    func figure(_ name: String, _ value: HTML) -> HTML {
      "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n"
    }
    func score(_ part: ScoreName.Part, _ metric: Metric) -> HTML? {
      let name = ScoreName(part, metric)
      return row.statistics(name).map { statistics in
        let deviation = statistics.standardDeviation.map { deviation -> HTML in
          " <small>± \(deviation.fixed(4))</small>"
        }
        return figure(name.rawValue, "\(statistics.mean.fixed(4))\(deviation)")
      }
    }
    let items = [
      isSingle ? nil : figure("best by validation", "<b>\(row.label)</b>"),
      score(.validation, .f1Macro), score(.test, .f1Macro), score(.test, .accuracy),
      figure("parameters", "\(row.latest.parameterCount.grouped)"),
      row.statistics(\.trainSeconds).map { figure("train_seconds", "\($0.mean.fixed(1))") },
    ]
    return "<dl class=\"figures\">\n\(items)</dl>\n"
  }
}
