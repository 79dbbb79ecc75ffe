import Exchange
import Tensors
import Testing

@Suite struct PyTorchFileTests {
  @Test func `a network with everything is declared in PyTorch's words`() throws {
    let model = EveryOperation().model(temperature: 1.75)
    let files = try PyTorchFile.files(of: model, at: "out/net.py")
    #expect(files.map(\.path) == ["out/net.py", "out/net.safetensors"])
    try Fixture(name: "every-operation-pytorch.py").expect(
      files[0].bytes, confirmedBy: "SourceInteropTests pass")
  }

  @Test func `special cases are declared in PyTorch's words`() throws {
    let files = try PyTorchFile.files(of: Graph.specialCases.model, at: "net.py")
    try Fixture(name: "special-cases-pytorch.py").expect(
      files[0].bytes, confirmedBy: "SourceInteropTests pass")
  }

  @Test func `the weights have the names and layouts of the format safetensors`() throws {
    let model = EveryOperation().model()
    let files = try PyTorchFile.files(of: model, at: "net.py")
    let tensors = try Safetensors.decode(files[1].bytes)
    #expect(tensors == model.pyTorchTensors)
  }

  @Test func `the second of two classes is chosen from the threshold of the run on`() throws {
    let files = try PyTorchFile.files(of: EveryOperation().model(threshold: 0.25), at: "net.py")
    let text = String(decoding: files[0].bytes, as: UTF8.self)
    #expect(text.contains("\nTHRESHOLD = 0.25\n"))
    #expect(text.contains("best = int(probabilities[1] >= THRESHOLD)\n"))
  }
}
