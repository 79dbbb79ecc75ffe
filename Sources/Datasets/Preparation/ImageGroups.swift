import Tensors

/// The groups that some images belong to, in a random order.
struct ImageGroups {
  /// The images of each group, in the order of `indices`; the groups in the order of their first images.
  private(set) var members: [[Int]] = []
  /// The number of images of each class in each group.
  let histograms: [[Int]]
  /// The places of all groups in `members`, in an order that depends on the seed and the round alone.
  let order: [Int]

  /// The groups of the images `indices`.
  init(
    _ indices: [Int], labels: [UInt8], groups: [String], classCount: Int, seed: UInt64, round: Int
  ) {
    var places: [String: Int] = [:]
    for index in indices {
      let place = places[groups[index]] ?? members.count
      if place == members.count {
        places[groups[index]] = place
        members.append([])
      }
      members[place].append(index)
    }
    var order = Array(members.indices)
    RandomStream(seed: seed, purpose: .validationSplit, layer: round, sample: classCount)
      .shuffle(&order)
    self.order = order
    histograms = members.map { group in
      group.reduce(into: [Int](repeating: 0, count: classCount)) { $0[Int(labels[$1])] += 1 }
    }
  }
}
