import Tensors

/// Draws `count` of the images `indices` so that each class has its share, and returns the chosen
/// and the others, both in ascending order.
///
/// A class with n of all N images gives ⌊count·n/N⌋; what is still missing then comes, one each,
/// from the classes with the largest remainders (the lower label if equal), so that the total is
/// exact. Which images of a class are chosen depends on `seed` and `round` alone.
package func stratifiedSelection(
  of count: Int, from indices: [Int], labels: [UInt8], classCount: Int, seed: UInt64, round: Int
) -> (chosen: [Int], others: [Int]) {
  precondition(count <= indices.count)
  var members = [[Int]](repeating: [], count: classCount)
  for index in indices { members[Int(labels[index])].append(index) }

  var shares = members.map { count * $0.count / indices.count }
  let byRemainder = members.indices.sorted {
    let (first, second) = (members[$0].count, members[$1].count)
    let remainders = (count * first % indices.count, count * second % indices.count)
    return remainders.0 != remainders.1 ? remainders.0 > remainders.1 : $0 < $1
  }
  for label in byRemainder.prefix(count - shares.reduce(0, +)) { shares[label] += 1 }

  var chosen: [Int] = []
  var others: [Int] = []
  for (label, share) in shares.enumerated() {
    let stream = RandomStream(seed: seed, purpose: .validationSplit, layer: round, sample: label)
    stream.shuffle(&members[label])
    chosen += members[label][..<share]
    others += members[label][share...]
  }
  return (chosen.sorted(), others.sorted())
}
