import OneDNNBackend
import ReferenceBackend
import Tensors
import Testing

@Suite struct ReadPartsTests {
  /// Height × width of what is read of each node that makes an image.
  private func parts(_ operations: [Tensors.Operation], _ input: ImageShape) -> [String] {
    parts(NetworkCase("", input, operations).graph)
  }

  private func parts(_ graph: Graph) -> [String] {
    let parts = ReadParts(of: graph)
    return graph.nodes.indices.map { parts.shape(of: $0, in: graph) }.filter { !$0.isFlat }
      .map { "\($0.height)×\($0.width)" }
  }

  private static let conv = NetworkCase.conv(2, [3, 3])
  private static let same = NetworkCase.conv(2, [3, 3], padding: .same)
  private static let pool = NetworkCase.pool([2, 2])
  private static let relu = Tensors.Operation.activation(.relu)
  private static let end = [
    Tensors.Operation.flatten, NetworkCase.dense(3), NetworkCase.softmax,
  ]
  private static let normalization = Tensors.Operation.batchNormalization(
    NormalizationSettings(epsilon: 1e-3), momentum: 0.9)

  @Test func theBaselineNeedsLessAllTheWayUp() {
    let operations = [Self.conv, Self.relu, Self.pool, Self.conv, Self.relu, Self.pool]
    #expect(
      parts(operations + Self.end, NetworkCase.image(28, 28, 1))
        == ["26×26", "24×24", "24×24", "12×12", "10×10", "10×10", "5×5"])
  }

  @Test func rowsAndColumnsAreCountedByThemselves() {
    #expect(
      parts([Self.conv, Self.pool] + Self.end, NetworkCase.image(9, 8, 1))
        == ["8×8", "6×6", "3×3"])
  }

  @Test func zerosAroundAnImageAreReadOnlyBeforeIt() {
    // Of 7×7 the pooling reads 6×6; the last window there ends at the seventh row, for one row of zeros stands before.
    #expect(
      parts([Self.same, Self.pool] + Self.end, NetworkCase.image(7, 7, 1))
        == ["7×7", "6×6", "3×3"])
  }

  @Test func statisticsAreOfWholeImages() {
    #expect(
      parts([Self.conv, Self.normalization, Self.pool] + Self.end, NetworkCase.image(9, 9, 1))
        == ["9×9", "7×7", "7×7", "3×3"])
  }

  @Test func whatABranchReadsIsMadeAndTheOtherMakesDo() {
    let graph = NetworkCase("", NetworkCase.image(9, 9, 1)) { graph in
      let stem = graph.add(Self.conv)
      let pooled = graph.add(Self.pool, stem)
      let whole = graph.add(NetworkCase.pool([7, 7]), stem)
      let rows = [pooled, whole].map { graph.add(.flatten, $0) }
      let both = graph.append(.concatenation, layer: "both", inputs: rows)
      graph.add(NetworkCase.dense(3), both)
      graph.add(NetworkCase.softmax)
    }.graph
    #expect(parts(graph) == ["9×9", "7×7", "3×3", "1×1"])
  }

  @Test func branchesThatMeetReadTheSame() {
    let graph = NetworkCase("", NetworkCase.image(9, 9, 1)) { graph in
      let stem = graph.add(Self.conv)
      let (left, right) = (graph.add(Self.relu, stem), graph.add(.activation(.tanh), stem))
      let sum = graph.append(.combination(.add), layer: "sum", inputs: [left, right])
      graph.add(Self.pool, sum)
      for operation in Self.end { graph.add(operation) }
    }.graph
    #expect(parts(graph) == ["8×8", "6×6", "6×6", "6×6", "6×6", "3×3"])
  }

  /// A sum of an image and what a wider window made of it: the image is read beyond the sum's part.
  @Test func aShortcutThatIsReadBeyondItsSumIsWhole() {
    let graph = NetworkCase("", NetworkCase.image(9, 9, 2)) { graph in
      let stem = graph.add(Self.conv)
      let around = graph.add(Self.same, stem)
      let sum = graph.append(.combination(.add), layer: "sum", inputs: [stem, around])
      graph.add(Self.pool, sum)
      for operation in Self.end { graph.add(operation) }
    }.graph
    #expect(parts(graph) == ["9×9", "7×7", "7×7", "7×7", "3×3"])
  }

  @Test func stridesLeaveWhatTheySkip() {
    let strided = NetworkCase.conv(2, [2, 2], strides: [3, 3])
    #expect(
      parts([Self.conv, strided, Self.pool] + Self.end, NetworkCase.image(16, 16, 1))
        == ["13×13", "11×11", "4×4", "2×2"])
  }
}
