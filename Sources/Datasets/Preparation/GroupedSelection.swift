/// Draws whole groups of the images `indices` until about `count` are chosen, each class alike as far as groups allow, and
/// returns the chosen and the others, both in ascending order.
///
/// Groups come in a random order, which depends on `seed` and `round` alone. A group is taken if that brings the numbers of
/// chosen images closer to each class's share, by the sum of squared differences. Where none does, the one that errs
/// least is taken, so that something is chosen if there are two groups.
func groupedSelection(
  of count: Int, from indices: [Int], labels: [UInt8], groups: [String], classCount: Int,
  seed: UInt64, round: Int
) -> (chosen: [Int], others: [Int]) {
  let grouped = ImageGroups(
    indices, labels: labels, groups: groups, classCount: classCount, seed: seed, round: round)
  let (members, histograms) = (grouped.members, grouped.histograms)
  guard members.count > 1 else { return ([], indices) }

  // What each class still lacks, times the number of all images, so that shares are whole.
  var missing = [Int](repeating: 0, count: classCount)
  for histogram in histograms {
    for (label, number) in histogram.enumerated() { missing[label] += count * number }
  }
  /// The change of Σ missing² that taking `group` makes, over the number of all images.
  func change(_ group: Int) -> Double {
    zip(histograms[group], missing).reduce(0) { sum, pair in
      let (number, lack) = (Double(pair.0), Double(pair.1))
      return sum + number * (Double(indices.count) * number - 2 * lack)
    }
  }
  var isChosen = [Bool](repeating: false, count: members.count)
  func take(_ group: Int) {
    isChosen[group] = true
    for (label, number) in histograms[group].enumerated() {
      missing[label] -= indices.count * number
    }
  }
  var left = members.count
  for group in grouped.order where left > 1 && change(group) < 0 {
    take(group)
    left -= 1
  }
  if left == members.count, let least = grouped.order.min(by: { change($0) < change($1) }) {
    take(least)
  }

  return (
    members.indices.filter { isChosen[$0] }.flatMap { members[$0] }.sorted(),
    members.indices.filter { !isChosen[$0] }.flatMap { members[$0] }.sorted()
  )
}
