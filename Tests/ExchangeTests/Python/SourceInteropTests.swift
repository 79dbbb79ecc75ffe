import ChildPrograms
import Exchange
import ExportedNetworks
import Foundation
import Testing

/// The Python that `make interop` made; nil where the tests were started otherwise.
private let python = ProcessInfo.processInfo.environment["INTEROP_PYTHON"]
private let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("../../Interop/check_exports.py").path

/// Generated files, run by the libraries that they are for.
@Suite(
  .enabled(if: python != nil, "`make interop` runs exports in PyTorch and Keras"), .serialized)
struct SourceInteropTests {
  private typealias Export = (ExportedModel, String) throws -> [ExportedFile]

  /// Writes all networks with `export`, and has `library` predict with each.
  private func check(_ library: String, _ export: Export, variables: [String] = []) throws {
    let folder = NSTemporaryDirectory() + "exp-exports-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let networks = try [.everything] + ExportedNetwork.experiments() + ExportedNetwork.random
    for network in networks {
      for file in try export(network.model, "\(folder)/\(network.model.name).py") {
        try Data(file.bytes).write(to: URL(fileURLWithPath: file.path))
      }
      try network.writeExpectations(to: folder)
    }
    var program = ChildProgram([try #require(python), script, library, folder])
    program.variables = variables
    program.outputLimit = 1 << 24
    let (ending, output) = try program.run()
    let text = String(decoding: output, as: UTF8.self)
    print(text)
    #expect(ending == .exited(status: 0))
    #expect(text.contains("\(networks.count) networks"))
  }

  @Test func `PyTorch gives the probabilities of exp`() throws {
    try check("pytorch", PyTorchFile.files)
  }

  @Test(arguments: ["torch", "jax", "tensorflow"])
  func `Keras gives the probabilities of exp`(backend: String) throws {
    try check("keras", KerasFile.files, variables: ["KERAS_BACKEND=\(backend)"])
  }
}
