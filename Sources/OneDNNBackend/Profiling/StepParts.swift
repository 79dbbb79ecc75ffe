/// The parts of a training step of one graph, numbered from 0, and what a profile calls them.
struct StepParts: Sendable {
  enum Part {
    /// The call of that number, those forward first.
    case call(Int)
    /// The batch's gradient of the parameter of that number, from what lanes have left.
    case gradient(Int)
    /// The update of the parameter of that number.
    case update(Int)
    /// The copies of the parameter of that number in other layouts.
    case copies(Int)
    case input, loss, waiting, other
  }

  /// The name of each part. Several parts may be one piece.
  let pieces: [Profile.Piece]
  private let callCount: Int
  private let parameterCount: Int

  init(_ graph: CompiledGraph) {
    let calls = (graph.forward + graph.backward).joined().map(\.piece)
    func ofEach(_ work: Profile.Piece.Work) -> [Profile.Piece] {
      graph.parameters.map { Profile.Piece(layer: $0.layer, work: work) }
    }
    let gradients = zip(graph.parameters, ofEach(.gradientSum)).map { parameter, sum in
      parameter.batchRows == nil
        ? sum : Profile.Piece(layer: parameter.layer, work: .weightsGradient, kernel: "sgemm")
    }
    let rest = [Profile.Piece.Work.input, .loss, .waiting, .other].map {
      Profile.Piece(layer: nil, work: $0)
    }
    pieces = calls + gradients + ofEach(.update) + ofEach(.reorder) + rest
    callCount = calls.count
    parameterCount = graph.parameters.count
  }

  func number(of part: Part) -> Int {
    switch part {
    case .call(let number): number
    case .gradient(let parameter): callCount + parameter
    case .update(let parameter): callCount + parameterCount + parameter
    case .copies(let parameter): callCount + 2 * parameterCount + parameter
    case .input: pieces.count - 4
    case .loss: pieces.count - 3
    case .waiting: pieces.count - 2
    case .other: pieces.count - 1
    }
  }
}
