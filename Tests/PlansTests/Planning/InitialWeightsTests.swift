import ExperimentExamples
import Foundation
import Specs
import Tensors
import Testing

@Suite struct InitialWeightsTests {
  /// What reading a spec with `weights: start.safetensors` comes to, with `bytes` in that file.
  private func reading(
    _ bytes: [UInt8]?, weights: String = "start.safetensors",
    layers: String =
      "[{type: max_pooling2d, pool_size: 4}, flatten, {type: dense, units: 10, activation: softmax}]",
    at name: String = "start.safetensors"
  ) throws -> Reading {
    let folder = NSTemporaryDirectory() + "exp-weights-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let model = """

        weights: \(weights)
        layers: \(layers)
      """
    try spec(["model": model]).write(
      toFile: "\(folder)/test.yaml", atomically: false, encoding: .utf8)
    if let bytes {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
    return try Reading(path: "\(folder)/test.yaml")
  }

  private func entry(_ name: String, _ shape: [Int]) -> NamedTensors.Entry {
    let count = shape.reduce(1, *)
    return .init(
      name: name, tensor: Tensor(shape: shape, values: (0..<count).map { Float($0) / 8 }))
  }

  /// The diagnostic's first line and its hint.
  private func texts(_ reading: Reading) -> [String] {
    #expect(reading.plan == nil)
    let lines = reading.text.split(separator: "\n").map(String.init)
    return [lines[0], lines[lines.count - 1]]
  }

  @Test func whatFitsIsWhatTrainingStartsFrom() throws {
    let tensors = NamedTensors([entry("dense.bias", [10]), entry("dense.kernel", [16, 10])])
    let reading = try reading(Safetensors.encode(tensors))
    let plan = try #require(reading.plan, "\(reading.text)")
    #expect(plan.initialWeights?.parameters == NamedTensors(tensors.entries.reversed()))
    #expect(plan.spec.model.weights?.path.path.hasPrefix("/") == true)
  }

  @Test(arguments: [
    (
      ["dense.kernel": [16, 9], "dense.bias": [10]],
      "'dense.kernel' has shape [16, 9], but the network wants [16, 10]"
    ),
    (["dense.kernel": [16, 10]], "'dense.bias' is missing"),
    (
      ["dense.kernel": [16, 10], "dense.bias": [10], "dense_1.bias": [3]],
      "the model has no 'dense_1.bias'"
    ),
  ])
  func whatDoesNotFitIsNamed(shapes: [String: [Int]], problem: String) throws {
    let tensors = NamedTensors(shapes.map { entry($0.key, $0.value) })
    #expect(
      try texts(reading(Safetensors.encode(tensors))) == [
        "test.yaml:3:12: error: the weights don't fit the model: \(problem)",
        "hint: the file must have every parameter of the model and no other, by name and shape"
          + (shapes.count == 3 ? "; with 'layers' or 'except' it may have others" : ""),
      ])
  }

  @Test func aDoubleBeyondFloat32IsNamedAsInTheFile() throws {
    let header =
      "{\"head.bias\":{\"dtype\":\"F64\",\"shape\":[10],\"data_offsets\":[0,80]},"
      + "\"head.kernel\":{\"dtype\":\"F32\",\"shape\":[16,10],\"data_offsets\":[80,720]}}"
    let numbers = [1e300] + [Double](repeating: 0.5, count: 9)
    let bytes =
      withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      + Array(header.utf8) + numbers.withUnsafeBytes { Array($0) }
      + [UInt8](repeating: 0, count: 640)
    let line = try texts(
      reading(bytes, weights: "{file: start.safetensors, rename: {head: dense}}"))[0]
    #expect(line.contains(": error: 'head.bias' in '"))
    #expect(line.hasSuffix("start.safetensors' has values that do not fit float32"))
  }

  @Test func aFileOfOtherNamesIsTakenAfterRenaming() throws {
    let tensors = NamedTensors([entry("head.a.bias", [10]), entry("head.a.kernel", [16, 10])])
    let bytes = try Safetensors.encode(tensors)
    #expect(
      try texts(reading(bytes)) == [
        "test.yaml:3:12: error: the weights don't fit the model: 'dense.kernel' is missing, and 3 more",
        "hint: the file has 'head.a.bias', 'head.a.kernel'; 'rename: {NAME IN THE FILE: LAYER}' makes the model's names of them",
      ])
    for rules in ["{head.a: dense}", "{head.a.bias: dense.bias, head: '', x: y}"] {
      let weights = "{file: start.safetensors, rename: \(rules)}"
      let reading = try reading(bytes, weights: weights)
      #expect((reading.plan == nil) == rules.contains("x:"), "\(reading.text)")
    }
    let misspelt = try reading(
      bytes, weights: "{file: start.safetensors, rename: {haed: dense}}")
    #expect(
      texts(misspelt) == [
        "test.yaml:3:47: error: the file has no 'haed'", "hint: did you mean 'head'?",
      ])
    let both = try reading(
      bytes,
      weights: "{file: start.safetensors, rename: {head.a.bias: dense.a, head.a.kernel: dense.a}}")
    #expect(
      texts(both)[0].hasSuffix(
        "error: 'head.a.bias' and 'head.a.kernel' are both called 'dense.a'"))
  }

  @Test func `of several rules the one that says most of a name counts`() throws {
    let tensors = NamedTensors([entry("head.a.bias", [10]), entry("head.a.kernel", [16, 10])])
    let bytes = try Safetensors.encode(tensors)
    func texts(_ rules: String) throws -> [String] {
      try self.texts(reading(bytes, weights: "{file: start.safetensors, rename: \(rules)}"))
    }
    #expect(
      try texts("{head: other, head.a: dense}") == [
        "test.yaml:3:47: error: nothing is left of 'head' to rename",
        "hint: others say more of the names of all that it has: leave it out",
      ])
    #expect(
      try texts("{head.a: dense.b, head.a.bias: dense.bias, head.a.kernel: dense.kernel}")[0]
        .hasSuffix("nothing is left of 'head.a' to rename"))
    #expect(
      try texts("{head: wrong, head.a: dense, head.a.bias: dense.bias}")[0]
        .hasSuffix("nothing is left of 'head' to rename"))
  }

  @Test func `a rule for a layer that the model has not is named`() throws {
    let tensors = NamedTensors([entry("head.a.bias", [10]), entry("head.a.kernel", [16, 10])])
    let found = try texts(
      reading(
        Safetensors.encode(tensors),
        weights: "{file: start.safetensors, rename: {head.a: dens}}"))
    #expect(
      found == [
        "test.yaml:3:47: error: the model has no layer 'dens'", "hint: did you mean 'dense'?",
      ])
  }

  @Test func namesThatTheFileBringsAlongCountUnlessRenamed() throws {
    let tensors = NamedTensors([entry("a.bias", [10]), entry("a.kernel", [16, 10])])
    func bytes(_ names: String) throws -> [UInt8] {
      try Safetensors.encode(tensors, metadata: ["exp_names": names])
    }
    let own = try bytes(#"{"a.bias": "dense.bias", "a.kernel": "dense.kernel"}"#)
    #expect(try reading(own).plan != nil)
    let wrong = try bytes(#"{"a.bias": "b", "a.kernel": "c"}"#)
    #expect(try reading(wrong).plan == nil)
    let renamed = "{file: start.safetensors, rename: {a: dense}}"
    #expect(try reading(wrong, weights: renamed).plan != nil)
    #expect(
      try texts(reading(bytes(#"{"a.bias": "b", "a.kernel": "b"}"#)))[0].hasSuffix(
        "error: 'a.bias' and 'a.kernel' are both called 'b'"))
  }

  @Test(arguments: ["{", "[]", #"{"a.bias": 1}"#])
  func namesThatAreNoneAreDamage(names: String) throws {
    let bytes = try Safetensors.encode(
      NamedTensors([entry("a.bias", [10])]), metadata: ["exp_names": names])
    #expect(
      try texts(reading(bytes))[0].hasSuffix(
        "is no file of weights: its metadata 'exp_names' are no names of tensors"))
  }

  /// Reads two dense layers, of which the file has the first and something else.
  private func readingOfTwo(_ selection: String) throws -> Reading {
    let tensors = NamedTensors([
      entry("dense.bias", [5]), entry("dense.kernel", [16, 5]), entry("dense_1.kernel", [5, 1000]),
      entry("other.kernel", [3]),
    ])
    return try reading(
      Safetensors.encode(tensors), weights: "{file: start.safetensors\(selection)}",
      layers:
        "[{type: max_pooling2d, pool_size: 4}, flatten, {type: dense, units: 5}, {type: dense, units: 10, activation: softmax}]"
    )
  }

  @Test(arguments: [
    ", layers: [dense]", ", except: [dense_1]", ", layers: ['dense*'], except: ['*_1', flatten]",
  ])
  func someLayersAreTakenAndOthersBeginAnew(selection: String) throws {
    let reading = try readingOfTwo(selection)
    let plan = try #require(reading.plan, "\(reading.text)")
    #expect(
      plan.initialWeights?.parameters.entries.map(\.name) == ["dense.kernel", "dense.bias"])
    #expect(
      plan.layers.layers.map { plan.origin(of: $0)?.rawValue } == [nil, nil, nil, "file", "new"])
    // However the layers are named, it is the same experiment.
    let other = try #require(readingOfTwo(", layers: [dense]").plan)
    #expect(plan.specHash == other.specHash)
  }

  @Test func whichLayersAreTakenMakesAnExperiment() throws {
    let bytes = try Safetensors.encode(
      NamedTensors([entry("dense.bias", [10]), entry("dense.kernel", [16, 10])]))
    let whole = try #require(reading(bytes).plan)
    let named = try #require(
      reading(bytes, weights: "{file: start.safetensors, layers: [dense]}").plan)
    #expect(whole.specHash != named.specHash)
    // A resolved spec repeats it.
    let text = named.resolvedText(seed: 0)
    #expect(text.contains("layers: [dense]"))
  }

  @Test func aLayerThatDoesNotFitIsNamedWithTheWayOut() throws {
    #expect(
      try texts(readingOfTwo(", layers: ['*']")) == [
        "test.yaml:3:12: error: the weights don't fit the layers that are taken: 'dense_1.kernel' has shape [5, 1000], but the network wants [5, 10], and 1 more",
        "hint: 'except: [dense_1]' begins anew what does not fit",
      ])
    #expect(
      try texts(readingOfTwo(", layers: [dens]")) == [
        "test.yaml:3:47: error: no layer has the name 'dens'", "hint: did you mean 'dense'?",
      ])
    #expect(
      try texts(readingOfTwo(", layers: [flatten]"))[0]
        == "test.yaml:3:12: error: no layer with parameters is taken from the file")
  }

  @Test func morePartsOfALayerThanItHasAreRefused() throws {
    let bytes = try Safetensors.encode(
      NamedTensors([
        entry("dense.bias", [10]), entry("dense.kernel", [16, 10]), entry("dense.gamma", [10]),
      ]))
    #expect(
      try texts(reading(bytes, weights: "{file: start.safetensors, layers: [dense]}"))[0]
        .hasSuffix(
          "the weights don't fit the layers that are taken: the model has no 'dense.gamma'"))
  }

  @Test func aFileThatIsMissingOrNoneIsNamed() throws {
    let missing = try texts(reading(nil))[0]
    #expect(missing.hasPrefix("test.yaml:3:12: error: cannot read '"))
    #expect(missing.hasSuffix("start.safetensors': No such file or directory"))
    let damaged = try texts(reading([1, 2, 3]))
    #expect(
      damaged[0].hasSuffix(
        "start.safetensors' is no file of weights: it is cut short, or in another format than safetensors"
      ))
    #expect(damaged[1] == "hint: each run saves its own as weights.safetensors in its folder")
  }

  @Test(arguments: [
    ("start.pt", "hint: in PyTorch, 'safetensors.torch.save_file("),
    ("start.h5", "hint: in Keras, 'safetensors.numpy.save_file("),
    ("start.onnx", "hint: each run saves its own as weights.safetensors"),
  ])
  func aFileOfAnotherFormatLeadsToOneOfThis(name: String, hint: String) throws {
    let found = try texts(reading([80, 75, 3, 4], weights: name, at: name))
    #expect(
      found[0].hasSuffix(
        "\(name)' is no file of weights: it is cut short, or in another format than safetensors"))
    #expect(found[1].hasPrefix(hint))
  }

  @Test func aFolderIsNoFile() throws {
    #expect(try texts(reading(nil, weights: "."))[1].hasSuffix("/weights.safetensors'"))
  }

  /// Only some of the names are the model's, as of a network that was written elsewhere.
  @Test func whatTheModelDoesNotKnowMayBeWhatItMisses() throws {
    let tensors = NamedTensors([
      entry("dense.bias", [5]), entry("dense.kernel", [16, 5]), entry("head.kernel", [5, 10]),
      entry("stem.bias", [3]),
    ])
    let layers =
      "[{type: max_pooling2d, pool_size: 4}, flatten, {type: dense, units: 5}, {type: dense, units: 10, activation: softmax}]"
    #expect(
      try texts(reading(Safetensors.encode(tensors), layers: layers))[1]
        == "hint: the file has 'head.kernel', 'stem.bias'; 'rename: {NAME IN THE FILE: LAYER}' makes the model's names of them"
    )
  }

  @Test func variancesBelowZeroAreRefused() throws {
    let layers =
      "[flatten, batch_normalization, {type: dense, units: 10, activation: softmax}]"
    let names = ["beta", "gamma", "moving_mean", "moving_variance"]
    var tensors = NamedTensors(
      [entry("dense.bias", [10]), entry("dense.kernel", [256, 10])]
        + names.map { entry("batch_normalization.\($0)", [256]) })
    #expect(try reading(Safetensors.encode(tensors), layers: layers).plan != nil)
    tensors.entries[5].tensor.values[7] = -0.5
    #expect(
      try texts(reading(Safetensors.encode(tensors), layers: layers))[0]
        .hasSuffix("start.safetensors' has variances below 0"))
  }

  @Test func aSpecIsKnownByWhatIsInTheFileNotByWhereItLies() throws {
    let bytes = try Safetensors.encode(
      NamedTensors([entry("dense.bias", [10]), entry("dense.kernel", [16, 10])]))
    var other = bytes
    other[other.count - 1] ^= 1  // the sign of the last number
    let hashes: [String] = try [bytes, bytes, other].map {
      try #require(reading($0).plan).specHash
    }
    #expect(hashes[0] == hashes[1])  // in two folders
    #expect(hashes[0] != hashes[2])
  }

  @Test func aFileThatIsNoLongerWhatItWasIsRefused() throws {
    let bytes = try Safetensors.encode(
      NamedTensors([entry("dense.bias", [10]), entry("dense.kernel", [16, 10])]))
    let known = try #require(reading(bytes).plan?.spec.model.weights?.sha256)
    let file = "{file: start.safetensors, sha256: \(known)}"
    #expect(try reading(bytes, weights: file).plan != nil)
    var other = bytes
    other[other.count - 1] ^= 1
    let changed = try texts(reading(other, weights: file))
    #expect(changed[0].contains("start.safetensors' is not what it was: its SHA-256 is "))
    #expect(changed[1] == "hint: leave 'sha256' out to take it as it is now")
  }

  @Test func numbersThatAreNoneAreRefused() throws {
    var tensors = NamedTensors([entry("dense.bias", [10]), entry("dense.kernel", [16, 10])])
    tensors.entries[1].tensor.values[3] = .nan
    #expect(
      try texts(reading(Safetensors.encode(tensors)))[0].hasPrefix(
        "test.yaml:3:12: error: 'dense.kernel' in '"))
  }
}
