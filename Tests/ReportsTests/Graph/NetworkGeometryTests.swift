import Reports
import Testing

@Suite struct NetworkGeometryTests {
  /// Networks of many kinds: what each layer takes.
  static let networks: [(name: String, inputs: [[Int]])] =
    [
      ("one layer", [[]]), ("chain", chain(9)), ("long chain", chain(100)),
      ("very long chain", chain(1000)), ("taken twice", [[], [0], [1, 1], [2]]),
      ("two ways", [[], [0], [0], [2], [3, 1], [4]]),
      ("branches", [[], [0], [0], [2], [0], [4], [5], [1, 3, 6], [7]]),
      ("dense", (0..<12).map { Array(0..<$0) }),
      ("residual", residual(blocks: 16)),
      (
        "wide and deep", [[]] + (0..<30).map { _ in [0] } + [Array(1...30)] + (31..<70).map { [$0] }
      ),
    ] + (0..<40).map { ("random \($0)", random(seed: $0)) }

  static func chain(_ count: Int) -> [[Int]] { (0..<count).map { $0 == 0 ? [] : [$0 - 1] } }

  static func residual(blocks: Int) -> [[Int]] {
    var inputs = chain(2)
    for _ in 0..<blocks {
      let start = inputs.count - 1
      inputs += (0..<5).map { [start + $0] }
      inputs.append([start, start + 5])
    }
    return inputs
  }

  static func random(seed: Int) -> [[Int]] {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw(_ count: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(count))
    }
    return (0..<10 + draw(60)).map { layer in
      guard layer > 0 else { return [] }
      let isChain = draw(3) > 0
      return isChain ? [layer - 1] : (0...draw(3)).map { _ in draw(layer) }
    }
  }

  private func geometry(_ inputs: [[Int]]) -> NetworkGeometry {
    NetworkGeometry(inputs: inputs, boxWidth: 200, origin: [20, 60])
  }

  @Test(arguments: networks)
  func noBoxLiesOnAnother(name: String, inputs: [[Int]]) {
    let boxes = geometry(inputs).boxes
    #expect(boxes.count == inputs.count)
    for (index, box) in boxes.enumerated() {
      for other in boxes[..<index] {
        #expect(
          box.left >= other.right + 20 || other.left >= box.right + 20
            || box.top >= other.bottom + 20 || other.top >= box.bottom + 20, "\(name)")
      }
    }
  }

  @Test(arguments: networks)
  func eachArrowLeadsFromItsBoxDownToItsBox(name: String, inputs: [[Int]]) throws {
    let geometry = geometry(inputs)
    let wanted = inputs.enumerated().flatMap { target, sources in sources.map { [$0, target] } }
    #expect(geometry.paths.map { [$0.source, $0.target] } == wanted)
    for path in geometry.paths {
      let (source, target) = (geometry.boxes[path.source], geometry.boxes[path.target])
      let (start, end) = try (#require(path.points.first), #require(path.points.last))
      #expect(start == [source.centre, source.bottom])
      #expect(end.y == target.top && target.left < end.x && end.x < target.right, "\(name)")
      // There is room for the arrow's head.
      #expect(end.y - path.points[path.points.count - 2].y >= 10)
      for (from, to) in zip(path.points, path.points.dropFirst()) {
        #expect((from.x == to.x) != (from.y == to.y), "\(name): \(path.points)")
      }
    }
  }

  @Test(arguments: networks)
  func noArrowRunsThroughABoxOrOutOfThePicture(name: String, inputs: [[Int]]) {
    let geometry = geometry(inputs)
    for path in geometry.paths {
      for (from, to) in zip(path.points, path.points.dropFirst()) {
        let (low, high) = (pointwiseMin(from, to), pointwiseMax(from, to))
        #expect(low.x >= 0 && low.y >= 60 && high.x <= geometry.width && high.y <= geometry.height)
        for box in geometry.boxes {
          #expect(
            high.x <= box.left || low.x >= box.right || high.y <= box.top || low.y >= box.bottom,
            "\(name): \(path.source) to \(path.target)")
        }
      }
    }
  }

  /// Else nobody could tell where they lead.
  @Test(arguments: networks)
  func arrowsOfDifferentLayersNeverLieOnEachOther(name: String, inputs: [[Int]]) {
    struct Line: Hashable {
      let isUpright: Bool
      let place: Double
    }
    var lines: [Line: [(ends: ClosedRange<Double>, source: Int)]] = [:]
    for path in geometry(inputs).paths {
      for (from, to) in zip(path.points, path.points.dropFirst()) {
        let isUpright = from.x == to.x
        let (a, b) = isUpright ? (from.y, to.y) : (from.x, to.x)
        lines[Line(isUpright: isUpright, place: isUpright ? from.x : from.y), default: []]
          .append((min(a, b)...max(a, b), path.source))
      }
    }
    for pieces in lines.values {
      for (index, piece) in pieces.enumerated() {
        for other in pieces[..<index] where other.source != piece.source {
          #expect(
            piece.ends.lowerBound >= other.ends.upperBound
              || other.ends.lowerBound >= piece.ends.upperBound,
            "\(name): \(piece.source) and \(other.source)")
        }
      }
    }
  }

  @Test func aChainLeadsStraightDown() {
    let geometry = geometry(Self.chain(24))
    #expect(Set(geometry.boxes.map(\.left)) == [20])
    #expect(geometry.paths.allSatisfy { $0.isStraight })
  }

  @Test(arguments: [100, 1000])
  func longNetworksAreFoldedIntoColumnsOfAboutEqualLength(count: Int) {
    for inputs in [Self.chain(count), Self.residual(blocks: count / 6)] {
      let geometry = geometry(inputs)
      let columns = Dictionary(grouping: geometry.boxes, by: \.left).values.map(\.count)
      #expect(columns.count > 3)
      #expect((columns.max() ?? 0) < 2 * (columns.min() ?? 0))
      #expect((0.5...3).contains(geometry.width / geometry.height))
    }
  }

  @Test func whatCannotBeCutStaysInOneColumn() {
    // The first result is taken by all.
    let inputs = (0..<60).map { $0 == 0 ? [] : $0 == 1 ? [0] : [$0 - 1, 0] }
    #expect(Set(geometry(inputs).boxes.map(\.left)).count == 1)
  }
}
