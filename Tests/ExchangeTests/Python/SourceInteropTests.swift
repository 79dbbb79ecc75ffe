import ChildPrograms
import Exchange
import Foundation
import OneDNNBackend
import ReferenceBackend
import TemporaryFolders
import Tensors
import Testing

/// The Python that `make interop` made; nil where the tests were started otherwise.
private let python = ProcessInfo.processInfo.environment["INTEROP_PYTHON"]
private let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../Interop/check_exports.py").path

/// Generated files, run by the libraries that they are for.
@Suite(
  .enabled(if: python != nil, "`make interop` runs exports in PyTorch and Keras"), .serialized)
struct SourceInteropTests {
  /// The networks that are tried, by names that are names of modules.
  private static func models() throws -> [(name: String, model: ExportedModel)] {
    [
      ("every_operation", EveryOperation().model(temperature: 1.75)),
      ("special_cases", Graph.specialCases.model),
      ("hostile_names", HostileNamesTests.model),
      ("borrowed_names", try HostileNamesTests.borrowedNames()),
    ] + (try ExperimentNetwork.all().map { ($0.name, $0.graph.model) })
      + (0..<100).map { ("random_\($0)", RandomGraph(number: $0).graph.model) }
  }

  /// Writes all networks in `format`, and has its library predict with each.
  private func check(_ format: any ExportFormat.Type, variables: [String] = []) throws {
    let folder = try TemporaryFolder()
    let models = try Self.models()
    for (name, model) in models {
      for file in try format.files(of: model, at: "\(folder.path)/\(name).py") {
        try Data(file.bytes).write(to: URL(fileURLWithPath: file.path))
      }
      try Data(Expectation(model, backend: OneDNNBackend(threads: 2)).file)
        .write(to: URL(fileURLWithPath: "\(folder.path)/\(name).expected.safetensors"))
    }
    var program = ChildProgram([try #require(python), script, format.name, folder.path])
    program.variables = variables
    program.outputLimit = 1 << 24
    let (ending, output) = try program.run()
    let text = String(decoding: output, as: UTF8.self)
    print(text)
    #expect(ending == .exited(status: 0))
    #expect(text.contains("\(models.count) networks"))
  }

  @Test func `PyTorch gives the probabilities of exp`() throws {
    try check(PyTorchFile.self)
  }

  @Test(arguments: ["torch", "jax", "tensorflow"])
  func `Keras gives the probabilities of exp`(backend: String) throws {
    try check(KerasFile.self, variables: ["KERAS_BACKEND=\(backend)"])
  }
}
