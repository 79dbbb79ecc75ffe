import Files
import Foundation
import Records
import Reports
import Testing

@Suite struct MistakeTableTests {
  private let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  private func table() throws -> MistakeTable {
    try MistakeTable(Comparison(RunCatalog(paths: [runs.path])))
  }

  private static let header =
    "experiment,spec_hash,part,index,file,label,predicted,wrong,runs,probability,label_probability\n"

  @Test func `what all runs get wrong comes first, of that the most confident`() throws {
    for (seed, predicted) in [[0, 2, 2, 2, 0], [0, 2, 2, 0, 0], [0, 2, 2, 2, 1]].enumerated() {
      try runs.add(.init(seed: seed, predictions: Array(zip([0, 1, 2, 1, 0], predicted))))
    }
    let table = try table()
    #expect(
      table.csv == Self.header + """
        digits,aa11bb22,test,1,,dog,owl,3,3,0.75,0.125
        digits,aa11bb22,test,3,,dog,owl,3,3,0.5416666666666666,0.125
        digits,aa11bb22,test,4,,cat,dog,1,3,0.3333333333333333,0.5416666666666666

        """)
    #expect(table.problems.isEmpty)
  }

  @Test func `folds are pooled, and images go by their place among the training images`() throws {
    for seed in 0..<2 {
      for fold in 0..<2 {
        // Image 11 is wrong in both seeds, image 20 in one.
        let predictions = [(0, 0), (1, fold + 1), (2, fold + seed == 0 ? 0 : 2)]
        let indices = [fold, fold + 10, fold + 20]
        try runs.add(
          .init(
            seed: seed, fold: (fold, 2), predictions: predictions, indices: indices,
            files: indices.map { "\($0).png" }))
      }
    }
    #expect(
      try table().csv == Self.header + """
        digits,aa11bb22,training,11,11.png,dog,owl,2,2,0.75,0.125
        digits,aa11bb22,training,20,20.png,owl,cat,1,2,0.4375,0.4375

        """)
  }

  @Test func `of a seed that lacks folds nothing counts`() throws {
    for (seed, folds) in [[0], [0, 1]].enumerated() {
      for fold in folds {
        try runs.add(
          .init(
            seed: seed, fold: (fold, 2), predictions: [(seed, 2)], indices: [fold]))
      }
    }
    #expect(
      try table().csv == Self.header + """
        digits,aa11bb22,training,0,,dog,owl,1,1,0.75,0.125
        digits,aa11bb22,training,1,,dog,owl,1,1,0.75,0.125

        """)
  }

  @Test func `what cannot be read, or is of other images, is named and left out`() throws {
    try runs.add(.init(predictions: [(0, 1), (1, 1)]))
    let lost = try runs.add(.init(seed: 1, predictions: [(0, 1), (1, 1)]))
    try FileManager.default.removeItem(atPath: lost.path(of: .predictions))
    let other = try runs.add(.init(seed: 2, predictions: [(0, 1), (1, 1)], indices: [4, 5]))
    let table = try table()
    #expect(table.csv == Self.header + "digits,aa11bb22,test,0,,cat,dog,1,1,0.75,0.125\n")
    #expect(table.problems.map(\.path) == [lost.path, other.path])
    #expect(
      table.problems[1].reason
        == "its predictions are for other images than those of the other runs")
  }

  @Test func `names are no formulas`() throws {
    try runs.add(
      .init(
        name: "digits", classNames: ["=cat", "a,b"], predictions: [(0, 1)],
        files: ["@x.png"]))
    #expect(try table().csv.contains(",test,0,'@x.png,'=cat,\"a,b\",1,1,"))
  }
}
