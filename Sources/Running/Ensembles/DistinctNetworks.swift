/// The members of an ensemble among networks of which several may be the same, as those of a run and of a copy of its
/// folder are: the first of these counts.
struct DistinctNetworks<Member> {
  private(set) var members: [Member] = []
  /// A sentence about each network that is not counted.
  private(set) var notes: [String] = []

  /// The members among `all`; of the same network two have the same `identity`. `run` is the folder of each.
  init<Identity: Hashable>(
    _ all: [Member], identity: (Member) -> Identity, run: (Member) -> String
  ) {
    var firstRuns: [Identity: String] = [:]
    for member in all {
      let (network, run) = (identity(member), run(member))
      if let first = firstRuns[network] {
        notes.append("\(run) has the same weights as \(first): the ensemble has them once")
      } else {
        firstRuns[network] = run
        members.append(member)
      }
    }
  }
}
