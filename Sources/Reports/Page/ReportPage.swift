import Runs
import TextLayout

/// Runs on one page for a browser: a single file that loads nothing, can be mailed, printed and read
/// without scripts.
public struct ReportPage {
  let comparison: Comparison
  /// The specs that have curves and a section of their own, by validation the best.
  let specs: [ReportedSpec]
  private let made: Timestamp

  /// More curves than these cannot be told apart.
  private static let mostSpecs = 12

  /// The page about the runs of `catalog`. Files that cannot be read are named on it.
  public init(_ catalog: RunCatalog, made: Timestamp = .now) {
    comparison = Comparison(catalog)
    specs = comparison.rows.prefix(Self.mostSpecs).enumerated().map {
      ReportedSpec($1, index: $0)
    }
    self.made = made
  }

  /// The whole file.
  public var html: String {
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
      style-src '\(PageStyle.hash)'; script-src '\(PageScript.hash)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="generator" content="exp">
      <title>\(title)</title>
      <style>\(HTML(verbatim: PageStyle.text))</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the results</a>
      <header>
      \(heading)</header>
      <main id="main">
      \(sections.map(\.html))</main>
      <footer><p>Made by <code>exp report</code> on <time datetime="\(made.iso8601)">\(made.localText)</time>. \
      Scores named <code>val_</code> are of images held out of training, those named <code>test_</code> of images \
      that nothing was chosen by.</p></footer>
      <script>\(HTML(verbatim: PageScript.text))</script>
      </body>
      </html>

      """
    return page.text
  }

  /// A part of the page under a heading of its own, to which the contents lead.
  struct Section {
    let identifier: String
    let title: String
    let content: HTML

    var html: HTML {
      """
      <section id="\(identifier)" aria-labelledby="\(identifier)-heading">
      <h2 id="\(identifier)-heading">\(title)</h2>
      \(content)</section>

      """
    }
  }

  private var sections: [Section] {
    [summary, differences, curves, details, omissions].compactMap(\.self)
  }

  /// The text of the tab and of the first heading.
  var title: String {
    guard comparison.rows.count == 1, let row = comparison.rows.first else {
      return comparison.rows.isEmpty ? "No runs" : "\(comparison.rows.count.grouped) experiments"
    }
    return row.seeds.count == 1 ? "\(row.label), seed \(row.seeds[0])" : row.label
  }

  private var heading: HTML {
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

  /// How many runs, of what, on which images.
  private var facts: String {
    let rows = comparison.rows
    let counted = rows.reduce(0) { $0 + $1.counted.count }
    let completed = "\(counted.grouped) completed run\(counted == 1 ? "" : "s")"
    let data = Set(rows.map(\.data))
    let images = data.count == 1 ? data.first.map(\.inWords) : "\(data.count) sets of images"
    return [completed, images].compactMap(\.self).joined(separator: " · ")
  }
}

extension Manifest.DataSummary {
  /// `mnist, 28×28×1, 10 classes: 54,000 training, …`
  var inWords: String {
    let shape = imageShape.map(String.init).joined(separator: "×")
    return "\(dataset), \(shape), \(classNames.count) classes: \(trainingCount.grouped) training, "
      + "\(validationCount.grouped) validation, \(testCount.grouped) test images"
  }
}
