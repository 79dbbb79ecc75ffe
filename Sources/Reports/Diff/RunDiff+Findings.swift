import Metrics
import Records
import TextLayout

extension RunDiff {
  /// The first difference between the histories, in words.
  func historyText(_ width: Int?) -> String? {
    guard let history else { return nil }
    return "History: \(finding(history))".singleLine.wrapped(to: width) + "\n"
  }

  private func finding(_ history: HistoryDiff) -> String {
    let (mine, theirs) = (history.firstCount, history.secondCount)
    if let difference = history.firstDifference {
      let values = [difference.first, difference.second].map { $0?.description ?? "nothing" }
      return "epoch \(difference.epoch) is the first that differs: "
        + "\(difference.column) is \(values[0]) in A, \(values[1]) in B"
    }
    let common = min(mine, theirs)
    if common == 0 { return "A has \(epochs(mine)), B \(epochs(theirs))" }
    return mine == theirs
      ? "identical in all \(epochs(common))"
      : "identical in the \(epochs(common)) that both have; A has \(mine), B \(theirs)"
  }

  private func epochs(_ count: Int) -> String { count == 1 ? "1 epoch" : "\(count) epochs" }

  /// The number of test images on which each run is right, and the significance of the difference.
  func predictionsText(_ width: Int?) -> String? {
    guard let predictions else {
      let areBothThere = first.predictions != nil && second.predictions != nil
      let reason = "Predictions: not compared, since they are for different test images"
      return areBothThere ? reason.wrapped(to: width) + "\n" : nil
    }
    let table = TextTable(
      [.init(""), .init("B right", .right), .init("B wrong", .right)],
      rows: [
        ["A right", predictions.bothRight.grouped, predictions.test.onlyFirst.grouped],
        ["A wrong", predictions.test.onlySecond.grouped, predictions.bothWrong.grouped],
      ])
    return "Predictions for \(predictions.count.grouped) test images\n" + table.text(width: width)
      + finding(predictions).wrapped(to: width) + "\n"
  }

  private func finding(_ predictions: PredictionDiff) -> String {
    let test = predictions.test
    if predictions.isIdentical { return "Every probability is the same." }
    if test.onlyFirst + test.onlySecond == 0 { return "A and B are right on the same images." }
    func images(_ count: Int) -> String { count == 1 ? "1 image" : "\(count.grouped) images" }
    let (more, fewer) = test.onlySecond >= test.onlyFirst ? ("B", "A") : ("A", "B")
    return "\(more) is right on \(images(max(test.onlyFirst, test.onlySecond))) that \(fewer) gets "
      + "wrong, \(fewer) on \(min(test.onlyFirst, test.onlySecond).grouped) that \(more) gets wrong: "
      + (test.pValue < BaselineDifference.significance ? "unlikely to be luck" : "may well be luck")
      + " (McNemar's exact test: p \(test.pValue.asProbability(isEquation: true)))."
  }

  /// The files that could not be read, and the statement that the runs are identical, if they are.
  func closing(_ width: Int?) -> String? {
    let problems = first.problems + second.problems
    let lines =
      problems.map { "Not compared: \($0)".singleLine }
      + (isIdentical ? ["Training and its results are the same to the last bit."] : [])
    return lines.isEmpty ? nil : lines.map { $0.wrapped(to: width) + "\n" }.joined()
  }
}
