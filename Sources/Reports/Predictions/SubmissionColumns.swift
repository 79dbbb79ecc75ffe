import Diagnostics
import Documents

/// The columns of a table of predictions that a user names, such as those of a submission to Kaggle.
package struct SubmissionColumns: Sendable {
  private let columns: [(name: String, source: Source)]

  /// What can stand in a column.
  private enum Source: Sendable {
    case row, index, file
    case label, labelIndex, probability
    case probabilityOf(Int)
  }

  private static let sources: [(name: String, source: Source)] = [
    ("row", .row), ("index", .index), ("file", .file), ("class", .label),
    ("class_index", .labelIndex), ("probability", .probability),
  ]

  /// The columns in `text`, such as `ImageId=row,Label=class`, for predictions of the classes `classNames`. It is a line of
  /// CSV, so that what has a comma in it stands in quotes.
  ///
  /// Throws `Diagnostics` if a name is missing or there twice, or if there is no such source.
  package init(_ text: String, classNames: [String]) throws(Diagnostics) {
    var columns: [(name: String, source: Source)] = []
    for part in try Self.parts(of: text) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map(\.withoutBlanksAround)
      guard sides.count == 2, !sides[0].isEmpty else {
        throw Self.error(
          "needs 'NAME=SOURCE' for each column, got '\(part)'",
          hint: "for example 'ImageId=row,Label=class'")
      }
      guard !columns.contains(where: { $0.name == sides[0] }) else {
        throw Self.error("names two columns '\(sides[0])'", hint: "give each a name of its own")
      }
      guard let source = Self.source(sides[1], classNames) else {
        throw Self.error(
          "there is no '\(sides[1])' to put into '\(sides[0])'",
          hint: Self.hint(sides[1], classNames))
      }
      columns.append((sides[0], source))
    }
    self.columns = columns
  }

  private static func parts(of text: String) throws(Diagnostics) -> [Substring] {
    do {
      return try CSV.rows(in: text.replacing("\n", with: " ") + "\n")[0]
    } catch {
      throw Self.error("is no line of CSV", hint: #"quotes enclose what has commas: '"x=p_a, b"'"#)
    }
  }

  private static func source(_ name: String, _ classNames: [String]) -> Source? {
    if let known = sources.first(where: { $0.name == name }) { return known.source }
    guard name.hasPrefix(prefix) else { return nil }
    return classNames.firstIndex(of: String(name.dropFirst(prefix.count)))
      .map { .probabilityOf($0) }
  }

  private static let prefix = "p_"

  private static func hint(_ name: String, _ classNames: [String]) -> String {
    let names = sources.map(\.name)
    let all = names + classNames.map { prefix + $0 }
    if let near = Suggestions.nearest(to: name, among: all) { return "did you mean '\(near)'?" }
    let probabilities = classNames.prefix(10).map { prefix + $0 }
    return "there are \((names + probabilities).joined(separator: ", "))"
      + (classNames.count > probabilities.count ? " …" : "")
  }

  private static func error(_ message: String, hint: String) -> Diagnostics {
    Diagnostics([
      Diagnostic(identifier: .unknownColumn, message: "'--columns': \(message)", hint: hint)
    ])
  }

  /// The table of `images`: comma-separated text with these columns alone.
  package func csv(of images: PredictedImages) -> String {
    CSV.line(columns.map(\.name))
      + images.names.indices.map { image in
        let best = images.ranking(of: image, 1)[0]
        return CSV.line(
          columns.map { column in
            switch column.source {
            case .row: "\(images.places[image] + 1)"
            case .index: "\(images.places[image])"
            case .file: images.names[image].fieldOfTable
            case .label: images.classNames[best].fieldOfTable
            case .labelIndex: "\(best)"
            case .probability: "\(images.probability(of: best, for: image))"
            case .probabilityOf(let label): "\(images.probability(of: label, for: image))"
            }
          })
      }.joined()
  }
}

extension Substring {
  fileprivate var withoutBlanksAround: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
