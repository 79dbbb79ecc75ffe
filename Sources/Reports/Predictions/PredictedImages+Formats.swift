import Documents
import TextLayout

extension PredictedImages {
  /// The `top` most probable classes of each image, as text that ends with a line break; `width` holds for tables only.
  package func text(_ format: TableFormat, top: Int, width: Int? = nil) -> String {
    switch format {
    case .table: table(top).text(width: width)
    case .markdown: table(top).markdown
    case .latex: table(top).latex
    case .csv: csv(top)
    case .json: json(top).indentedJSON
    }
  }

  /// A line for each image; for more than two classes of each, a line for each of these, since no width has room for all.
  private func table(_ top: Int) -> TextTable {
    top > 2 ? longTable(top) : wideTable(top)
  }

  private func longTable(_ top: Int) -> TextTable {
    TextTable(
      [.init("image"), .init("class"), .init("probability", .right)],
      rows: names.indices.flatMap { image in
        ranking(of: image, top).enumerated().map { rank, label in
          [rank == 0 ? names[image] : "", classNames[label], text(of: label, for: image)]
        }
      })
  }

  private func wideTable(_ top: Int) -> TextTable {
    let columns = (0..<top).flatMap { rank -> [TextTable.Column] in
      // Where room is short, a class stays longer than its probability, and the class of the image stays with it.
      [
        .init(rank == 0 ? "class" : "runner-up", rank: rank),
        .init(rank == 0 ? "probability" : "its probability", .right, rank: 2 * rank),
      ]
    }
    return TextTable(
      [.init("image")] + columns,
      rows: names.indices.map { image in
        [names[image]]
          + ranking(of: image, top).flatMap {
            [classNames[$0], text(of: $0, for: image)]
          }
      })
  }

  /// The probability of class `label` for `image`, as tables have it.
  private func text(of label: Int, for image: Int) -> String {
    Double(probability(of: label, for: image)).fixed(4)
  }

  /// Names come from anyone: none is a formula, or steers a terminal.
  private func csv(_ top: Int) -> String {
    let header =
      ["image"]
      + (0..<top).flatMap { rank in
        ["class", "probability"].map { rank == 0 ? $0 : "\($0)_\(rank + 1)" }
      }
    let classNames = classNames.map(\.fieldOfTable)
    return CSV.line(header)
      + names.indices.map { image in
        CSV.line(
          [names[image].fieldOfTable]
            + ranking(of: image, top).flatMap {
              [classNames[$0], "\(probability(of: $0, for: image))"]
            })
      }.joined()
  }

  private func json(_ top: Int) -> PlainValue {
    .list(
      names.indices.map { image in
        .map([
          ("image", .string(names[image])),
          ("index", .integer(places[image])),
          (
            "predictions",
            .list(
              ranking(of: image, top).map { label in
                .map([
                  ("class", .string(classNames[label])),
                  ("class_index", .integer(label)),
                  ("probability", Self.number(probability(of: label, for: image))),
                ])
              })
          ),
        ])
      })
  }

  /// The shortest decimal of a Float, not of the Double of the same value.
  private static func number(_ value: Float) -> PlainValue {
    .number(Double(value.description) ?? Double(value))
  }
}

extension String {
  /// This text as a field of a table.
  var fieldOfTable: String { CSV.withoutFormula(withoutControlCharacters) }
}
