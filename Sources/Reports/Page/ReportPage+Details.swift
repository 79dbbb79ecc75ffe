import Records
import TextLayout

extension ReportPage {
  /// A section for each spec, of which the first is open.
  var details: Section? {
    guard !specs.isEmpty else { return nil }
    let isSingle = specs.count == 1
    let sections = specs.map { spec -> HTML in
      let heading: HTML =
        "\(isSingle ? nil : Self.badge(spec.index))\(spec.row.label)"
      return """
        <details id="spec-\(spec.index)"\(spec.index == 0 ? " open" : nil)>
        <summary><h3>\(heading)</h3></summary>
        <div class="detail">
        \(spec.html(showsDescription: !isSingle))</div>
        </details>

        """
    }
    let note = Self.note([omission(of: specs.count, "experiments")])
    return Section(identifier: "details", title: "In detail", content: "\(note)\(sections)")
  }

  /// Runs that no number comes from, and files that cannot be read, each with the reason.
  var omissions: Section? {
    var items: [HTML] = []
    func add(_ label: String, _ text: String, _ path: String) {
      items.append("<li><b>\(label)</b> \(text) <code>\(path)</code></li>\n")
    }
    for row in comparison.rows {
      for run in row.unfinished {
        add(row.label, "\(run.repetition) \(run.ending), not counted:", run.folder.path)
      }
      for run in row.superseded {
        add(row.label, "\(run.repetition) has a later run, not counted:", run.folder.path)
      }
    }
    for problem in comparison.problems {
      add("unreadable", "\(problem.reason), not counted:", problem.path)
    }
    for problem in comparison.strays { add("no run", "\(problem.reason):", problem.path) }
    for problem in comparison.valueProblems {
      add("unreadable values", "\(problem.reason), and not shown:", problem.path)
    }
    for problem in specs.flatMap(\.problems) {
      add("incomplete", "\(problem.reason):", problem.path)
    }
    guard !items.isEmpty else { return nil }
    let most = 200
    let rest = items.count - most
    let note = Self.note([rest > 0 ? "and \(rest.grouped) more" : nil])
    return Section(
      identifier: "omissions", title: "Not counted",
      content: """
        <ul class="omissions">
        \(Array(items.prefix(most)))</ul>
        \(note)
        """)
  }
}

extension ReportedSpec {
  /// Everything about the spec.
  func html(showsDescription: Bool) -> HTML {
    let description = showsDescription ? manifest?.description : nil
    let parts: [HTML?] = [
      description.map { "<p class=\"description\">\($0)</p>\n" }, targets,
      scoresByClass, metrics, thresholds, calibration, commonMistakes, layers, record,
    ]
    return HTML(parts.compactMap(\.self))
  }

  /// Matrix and scores, side by side where there is room for both.
  private var scoresByClass: HTML? {
    let parts = [confusions, classScores].compactMap(\.self)
    let isNarrow = classNames.count <= 12
    return isNarrow
      ? "<div class=\"beside\">\(parts.map { "<div>\n\($0)</div>\n" as HTML })</div>\n"
      : HTML(parts)
  }

  /// An identifier of a part of this spec's section.
  func identifier(_ part: String) -> String { "spec-\(index)-\(part)" }

  /// The note on whose predictions are shown, for what cannot be averaged over runs; empty with a single run.
  var seedNote: String {
    let isPooled = network.count > 1
    guard row.counted.count > network.count else { return isPooled ? "All folds together." : "" }
    let (seed, others) = (network[0].seed, "the other runs are listed below.")
    return isPooled
      ? "Seed \(seed), all folds together; \(others)"
      : "S\(network[0].repetition.description.dropFirst()); \(others)"
  }

  /// The results of the network shown, where it is a single run's.
  var shownResults: Results? { network.count == 1 ? network[0].results : nil }

  private var targets: HTML? {
    let targets = TargetJudgement.all(of: row.counted + row.unfinished)
    guard !targets.isEmpty else { return nil }
    let items = targets.map { target -> HTML in
      let (style, sign) =
        switch target.verdict {
        case .met: ("met", "✓")
        case .missed: ("missed", "✗")
        case .unknown: ("unknown", "?")
        }
      return """
        <li><span class="\(style)">\(sign) \(target.verdict.rawValue)</span> \
        <code>\(target.name.rawValue)</code> \(target.bound) <small>(\(target.reason))</small></li>

        """
    }
    return "<ul class=\"targets\" aria-label=\"Targets\">\n\(items)</ul>\n"
  }
}
