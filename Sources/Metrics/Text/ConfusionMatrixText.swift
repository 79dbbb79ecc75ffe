import TextLayout

extension ConfusionMatrix {
  /// More classes than these are shown as a list of confusions: no screen holds the matrix.
  package static let mostClassesShown = 24
  package static let mostConfusionsListed = 40

  /// The matrix for reading, with `classNames` in class order.
  ///
  /// Zeros are printed as dots, so that mistakes stand out. With more than 24 classes the most
  /// frequent confusions are listed instead.
  package func text(classNames: [String]) -> String {
    precondition(classNames.count == classCount, "one name for each class")
    let names = classNames.map(\.singleLine)
    return classCount <= Self.mostClassesShown ? matrix(names) : confusionList(names)
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

  private func confusionList(_ names: [String]) -> String {
    let mistakes = confusions
    guard !mistakes.isEmpty else { return "no class was ever taken for another\n" }
    let shown = mistakes.prefix(Self.mostConfusionsListed)
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
