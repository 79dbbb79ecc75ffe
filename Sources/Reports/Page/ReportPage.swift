import Files
import TextLayout

/// Runs on one page for a browser: a single file that loads nothing, can be mailed, printed and read
/// without scripts.
package struct ReportPage {
  let comparison: Comparison
  /// The specs that have curves and a section of their own, by validation the best.
  let specs: [ReportedSpec]
  private let made: Timestamp

  /// The page about `comparison`. Files that cannot be read are named on it.
  package init(_ comparison: Comparison, made: Timestamp = .now) {
    self.comparison = comparison
    specs = comparison.rows.prefix(CurveChart.mostLines).enumerated().map {
      ReportedSpec($1, index: $0)
    }
    self.made = made
  }

  /// The whole file.
  package var html: String {
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

  var sections: [Section] {
    [summary, learningCurve, differences, curves, details, omissions].compactMap(\.self)
  }
}
