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
  let members = shuffledByClass(
    indices, labels: labels, classCount: classCount, seed: seed, round: round)
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
    chosen += members[label][..<share]
    others += members[label][share...]
  }
  return (chosen.sorted(), others.sorted())
}

/// The first `count` of the images `indices` in an order each of whose beginnings has its share of every class; in
/// ascending order. Those of a larger count include those of a smaller one.
///
/// The image at place r, from 0, of the n of its class comes at (r + ½)/n, of equals that of the lower label: classes have
/// the shares of Webster's method of apportionment, which never take an image back.
package func nestedSelection(
  of count: Int, from indices: [Int], labels: [UInt8], classCount: Int, seed: UInt64, round: Int
) -> [Int] {
  precondition(count <= indices.count)
  let members = shuffledByClass(
    indices, labels: labels, classCount: classCount, seed: seed, round: round)
  let places = members.indices.flatMap { label in
    members[label].indices.map { (label: label, place: $0) }
  }
  // (r + ½)/n < (s + ½)/m, in whole numbers.
  let order = places.sorted { first, second in
    let left = (2 * first.place + 1) * members[second.label].count
    let right = (2 * second.place + 1) * members[first.label].count
    return left != right ? left < right : first.label < second.label
  }
  return order.prefix(count).map { members[$0.label][$0.place] }.sorted()
}

/// The images `indices` of each class, in an order that depends on `seed` and `round` alone.
func shuffledByClass(
  _ indices: [Int], labels: [UInt8], classCount: Int, seed: UInt64, round: Int
) -> [[Int]] {
  var members = [[Int]](repeating: [], count: classCount)
  for index in indices { members[Int(labels[index])].append(index) }
  for label in members.indices {
    RandomStream(seed: seed, purpose: .validationSplit, layer: round, sample: label)
      .shuffle(&members[label])
  }
  return members
}
