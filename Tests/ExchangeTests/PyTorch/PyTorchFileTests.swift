import Exchange
import ExportedNetworks
import Tensors
import Testing

@Suite struct PyTorchFileTests {
  @Test func `a network with everything is declared in PyTorch's words`() throws {
    let files = try PyTorchFile.files(of: ExportedNetwork.everything.model, at: "out/net.py")
    #expect(files.map(\.path) == ["out/net.py", "out/net.safetensors"])
    try expectFixture("everything_pytorch.py", files)
  }

  @Test func `the weights have the names and layouts of the format safetensors`() throws {
    let model = ExportedNetwork.everything.model
    let files = try PyTorchFile.files(of: model, at: "net.py")
    let tensors = try Safetensors.decode(files[1].bytes)
    #expect(tensors == pyTorchTensors(of: model))
  }

  @Test(arguments: ExportedNetwork.random)
  func `the same network gives the same bytes`(network: ExportedNetwork) throws {
    let files = try [1, 2].map { _ in try PyTorchFile.files(of: network.model, at: "net.py") }
    #expect(files[0].map(\.bytes) == files[1].map(\.bytes))
  }
}
