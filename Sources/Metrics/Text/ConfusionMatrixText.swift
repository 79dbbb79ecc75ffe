import TextLayout

extension ConfusionMatrix {
  /// More classes than these are shown as a list of confusions: no screen holds the matrix.
  private static let largestMatrixShown = 24
  private static let confusionsListed = 40

  /// The matrix for reading, with `classNames` in class order.
  ///
  /// Zeros are printed as dots, so that mistakes stand out. With more than 24 classes the most
  /// frequent confusions are listed instead.
  public func text(classNames: [String]) -> String {
    precondition(classNames.count == classCount, "one name for each class")
    let names = classNames.map(\.singleLine)
    return classCount <= Self.largestMatrixShown ? matrix(names) : confusions(names)
  }

  private func matrix(_ names: [String]) -> String {
    let classes = Array(0..<classCount)
    // Long names would make wide columns: number the columns, and show the numbers with the rows.
    let isNumbered = names.contains { $0.displayWidth > 6 }
    let columns = isNumbered ? classes.map(String.init) : names
    let rows = isNumbered ? classes.map { "\($0) \(names[$0])" } : names
    let cells = classes.map { actual in
      classes.map { predicted in
        let count = self[actual: actual, predicted: predicted]
        return count == 0 ? "." : "\(count)"
      }
    }
    let nameWidth = rows.reduce(0) { max($0, $1.displayWidth) }
    let widths = classes.map { column in
      cells.reduce(columns[column].displayWidth) { max($0, $1[column].count) }
    }
    func line(_ name: String, _ cells: [String]) -> String {
      name.leftPadded(to: nameWidth)
        + zip(cells, widths).map { "  " + $0.leftPadded(to: $1) }.joined() + "\n"
    }
    return "rows: actual class, columns: predicted class\n\n" + line("", columns)
      + zip(rows, cells).map(line).joined()
  }

  private func confusions(_ names: [String]) -> String {
    var mistakes: [(count: Int, actual: Int, predicted: Int)] = []
    for actual in 0..<classCount {
      for predicted in 0..<classCount where predicted != actual {
        let count = self[actual: actual, predicted: predicted]
        if count > 0 { mistakes.append((count, actual, predicted)) }
      }
    }
    guard !mistakes.isEmpty else { return "no class was ever taken for another\n" }
    mistakes.sort { ($1.count, $0.actual, $0.predicted) < ($0.count, $1.actual, $1.predicted) }
    let shown = mistakes.prefix(Self.confusionsListed)
    let countWidth = "\(shown[0].count)".count
    let nameWidth = shown.reduce(0) { max($0, names[$1.actual].displayWidth) }
    let lines = shown.map { mistake in
      "\(mistake.count)".leftPadded(to: countWidth) + "  "
        + names[mistake.actual].leftPadded(to: nameWidth)
        + " → \(names[mistake.predicted])\n"
    }
    let heading = mistakes.count > shown.count ? "the \(shown.count) most frequent" : "all"
    return
      "\(classCount) classes; \(heading) of \(mistakes.count) confusions, actual → predicted\n\n"
      + lines.joined()
  }
}
