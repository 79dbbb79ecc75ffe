import Datasets
import Diagnostics
import Exchange
import Files
import Learning
import Tensors

/// The parameters that are taken from the file of `model.weights`.
package struct InitialWeights: Sendable {
  package let parameters: NamedTensors
  /// SHA-256 of the file, in hexadecimal.
  let checksum: String
  /// Whether the file has PyTorch's names and layouts.
  package let isPyTorch: Bool

  /// Reads the parameters of `layers` from `file`. It must have all of them, and unless it `isPartial` no others. Nil if it
  /// has not, cannot be read, is another than its checksum says, or has values that no network can have: this is then
  /// reported.
  init?(
    _ file: WeightsFile, _ layers: Set<String>, of graph: Graph, at location: Location?,
    _ cache: PlanCache, _ diagnostics: inout Diagnostics
  ) {
    let path = file.path.path
    let contents: WeightsContents
    do {
      let known = try cache.weights(at: path) {
        let bytes = try Storage.read(path, limit: Self.largestFile(file, of: graph))
        let contents = Result { WeightsContents(try StoredTensors(bytes)) }
        return (SHA256.hexDigest(of: bytes), contents)
      }
      checksum = known.checksum
      if let wanted = file.sha256, wanted.lowercased() != checksum {
        diagnostics.error(
          .weightsChanged, "'\(path)' is not what it was: its SHA-256 is \(checksum)",
          at: location, hint: "leave 'sha256' out to take it as it is now")
        return nil
      }
      contents = try known.contents.get()
    } catch let error as SafetensorsError {
      diagnostics.error(
        .weightsDamaged, "'\(path)' is no file of weights: \(error)", at: location,
        hint: Self.hint(for: path))
      return nil
    } catch {
      diagnostics.error(
        .weightsUnreadable, "\(error)", at: location,
        hint: Storage.isFolder(path) ? "name a file in it, as '\(path)/weights.safetensors'" : nil)
      return nil
    }
    isPyTorch = contents.isPyTorch
    let allLayers = Set(graph.nodes.map(\.layer))
    guard
      let names = WeightsNames(
        of: contents.file, renamed: file.rename, for: allLayers, &diagnostics)
    else { return nil }
    var fit = WeightsFit(contents, names, layers, of: graph)
    fit.match(isPartial: file.isPartial)
    parameters = fit.parameters
    guard fit.problems.isEmpty else {
      fit.report(file, at: location, &diagnostics)
      return nil
    }
    if let (name, reason) = fit.firstUnusable {
      diagnostics.error(
        .weightsUnusable, "'\(name)' in '\(path)' has \(reason)",
        at: location, hint: "take weights of an earlier epoch, or leave the layer out by 'except'")
      return nil
    }
  }

  /// The most bytes that are read. Weights of somewhat larger networks are, to say in what they differ, and of much larger
  /// ones where only a part is taken.
  private static func largestFile(_ file: WeightsFile, of graph: Graph) -> Int {
    max(file.isPartial ? 1 << 31 : Storage.usualLimit, 2 * graph.largestFile)
  }

  /// The way to a file of weights from the one at `path`, which is none.
  private static func hint(for path: String) -> String {
    switch path.lowercased().split(separator: ".").last {
    case "pt", "pth", "bin", "ckpt":
      "in PyTorch, 'safetensors.torch.save_file(model.state_dict(), FILE)' writes one"
    case "h5", "keras":
      "in Keras, 'safetensors.numpy.save_file({w.path: w.numpy() for w in model.weights}, FILE)' writes one"
    default: "each run saves its own as weights.safetensors in its folder"
    }
  }
}
