import Exchange
import ExportedNetworks
import Tensors
import Testing

@Suite struct KerasFileTests {
  @Test func `a network with everything is declared in Keras's words`() throws {
    let files = try KerasFile.files(of: ExportedNetwork.everything.model, at: "out/net.py")
    #expect(files.map(\.path) == ["out/net.py", "out/net.safetensors"])
    try expectFixture("everything_keras.py", files)
  }

  @Test func `the weights are those of exp in their order`() throws {
    let model = ExportedNetwork.everything.model
    let files = try KerasFile.files(of: model, at: "net.py")
    let tensors = try Safetensors.decode(files[1].bytes)
    #expect(tensors.entries.map(\.tensor) == model.parameters.entries.map(\.tensor))
    #expect(tensors["conv2d_activation.alpha"] == model.parameters["conv2d.alpha"])
  }

  @Test(arguments: ExportedNetwork.random)
  func `the same network gives the same bytes`(network: ExportedNetwork) throws {
    let files = try [1, 2].map { _ in try KerasFile.files(of: network.model, at: "net.py") }
    #expect(files[0].map(\.bytes) == files[1].map(\.bytes))
  }
}
