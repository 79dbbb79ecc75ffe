import Foundation
import Testing

@Suite struct ExportCommandTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    run = try #require(place.runs(of: "stripes").first)
  }

  @Test func `an export is named after its experiment, and says how to use it`() throws {
    let ending = try place.exp("export latest")
    #expect(ending.code == 0)
    let count = try place.bytes("stripes.onnx").count
    #expect(ending.output.hasPrefix("stripes.onnx: "))
    #expect(ending.output.filter(\.isNumber) == String(count))
    #expect(ending.error.hasPrefix("next: onnxruntime.InferenceSession('stripes.onnx')"))
  }

  @Test func `the same run is exported to the same bytes, to a file or a pipe`() throws {
    #expect(try place.exp("export \(run) -o a.onnx").code == 0)
    #expect(try place.exp("export latest -o b.onnx").code == 0)
    #expect(try place.bytes("a.onnx") == place.bytes("b.onnx"))
    let command = try Command(
      ["export", "latest", "-o", "-"], in: place.path, outputPath: "\(place.path)/c.onnx")
    let ending = try command.ending()
    #expect(ending.code == 0)
    #expect(ending.error == "")
    #expect(try place.bytes("c.onnx") == place.bytes("a.onnx"))
  }

  @Test func `a run needs nothing but its folder`() throws {
    try FileManager.default.removeItem(atPath: "\(place.path)/data")
    try FileManager.default.removeItem(atPath: "\(place.path)/stripes.yaml")
    #expect(try place.exp("export latest --input bytes --layout nhwc").code == 0)
  }

  @Test func `safetensors hold the weights in PyTorch's names`() throws {
    #expect(try place.exp("export latest --format safetensors").code == 0)
    let text = String(decoding: try place.bytes("stripes.safetensors"), as: UTF8.self)
    #expect(text.contains(#""layout":"pytorch""#))
    #expect(text.contains("dense.weight"))
  }

  @Test(arguments: ["pytorch", "keras"])
  func `a Python file has its weights beside it`(format: String) throws {
    #expect(try place.exp("export latest --format \(format)").code == 0)
    #expect(try place.text("stripes.py").contains("with_name(\"stripes.safetensors\")"))
    try place.write("mine", to: "other.safetensors")
    #expect(try place.exp("export latest --format \(format) -o other.py").code == 74)
    #expect(!place.exists("other.py"))
    #expect(try place.text("other.safetensors") == "mine")
  }

  @Test(arguments: [
    ("net.py", "net.py", nil), ("größe.py", "'größe.py'", nil),
    ("class.py", "class.py", "class_.py"),
    ("1a.py", "1a.py", "layer_1a.py"), ("it's new.py", #"'it'\''s new.py'"#, "it_s_new.py"),
    (".py", ".py", "layer_.py"), ("net", "net", "net.py"), ("NET.PY", "NET.PY", "NET.py"),
  ])
  func `a Python file that cannot be imported is said to be so`(
    name: String, quoted: String, other: String?
  ) throws {
    let command = try Command(
      ["export", "latest", "--format", "pytorch", "-o", name], in: place.path)
    let ending = try command.ending()
    #expect(ending.code == 0)
    let use = "next: python \(quoted) prints the network; "
    #expect(
      ending.error == use
        + (other.map {
          "to import load() and predict(), export it under a name that Python's 'import' takes, such as \($0)\n"
        } ?? "load() and predict() are there to be imported\n"))
  }

  @Test(arguments: ["onnx", "safetensors"])
  func `file names are quoted for Python`(format: String) throws {
    let command = try Command(
      ["export", "latest", "--format", format, "-o", #"it's \ a"#], in: place.path)
    let ending = try command.ending()
    #expect(ending.code == 0)
    #expect(ending.error.contains(#"('it\'s \\ a')"#))
  }

  @Test(arguments: ["pytorch", "keras"])
  func `of two files both are written or none`(format: String) throws {
    let command = "export latest --format \(format) --force -o"
    let device = try place.exp("\(command) /dev/null")
    #expect(device.code == 74)
    #expect(device.error == "error: cannot write '/dev/null': it is not a regular file\n")
    #expect(!FileManager.default.fileExists(atPath: "/dev/null.safetensors"))
    try place.write("old", to: "net.py")
    try place.write("", to: "net.safetensors/in the way")
    let folder = try place.exp("\(command) net.py")
    #expect(folder.code == 74)
    #expect(folder.error.contains("cannot write 'net.safetensors'"))
    #expect(try place.text("net.py") == "old")
    #expect(place.names(in: ".").filter { $0.hasPrefix(".") } == [])
  }

  @Test func `a Python file says how the run's pictures were prepared`() throws {
    let data = """
      {dataset: {type: image_folder, path: shapes, image_size: [8, 8], color_mode: grayscale, fit: pad, \
      interpolation: area, background: 40}, limit: 60, validation: 12}
      """
    let model = "{layers: [flatten, {type: dense, units: 6, activation: softmax}]}"
    try place.writeStripes(["name": "pictures", "data": data, "model": model])
    #expect(try place.exp("data sample shapes").code == 0)
    let ending = try place.exp("run stripes.yaml")
    try #require(ending.code == 0, "\(ending.error)")
    #expect(try place.exp("export latest --format keras").code == 0)
    let text = try place.text("pictures.py")
    #expect(text.contains("border = Image.new(\"L\", (8, 8), 40)"))
    #expect(text.contains("Image.new(\"RGB\", image.size, (40, 40, 40))"))
  }

  @Test func `calibrated exports divide by the run's temperature`() throws {
    let results = try place.json("\(run)/results.json")
    let temperature = try #require(results["temperature"] as? Double)
    try #require(abs(temperature - 1) > 0.01)
    #expect(try place.exp("export latest --format pytorch").code == 0)
    #expect(try !place.text("stripes.py").contains("TEMPERATURE"))
    #expect(try place.exp("export latest --format pytorch --calibrated --force").code == 0)
    let text = try place.text("stripes.py")
    let line = try #require(text.firstMatch(of: /\nTEMPERATURE = (\S+)\n/))
    #expect(Double(line.1) == temperature)
    #expect(text.contains("F.softmax(scores / TEMPERATURE, dim=1)"))
  }

  @Test func `exports of a run in bfloat16 say that other programs compute in float32`() throws {
    let note = "note: the run computed in bfloat16"
    #expect(try !place.exp("export latest").error.contains(note))
    let resolved = "\(run)/resolved.yaml"
    try place.replace("precision: float32", by: "precision: bfloat16", in: resolved)
    let ending = try place.exp("export latest --force")
    #expect(ending.code == 0)
    #expect(ending.error.hasPrefix(note))
  }

  @Test func `exported weights are what another run starts from`() throws {
    #expect(try place.exp("export latest --format safetensors").code == 0)
    try place.write(
      """
      extends: stripes.yaml
      model: {weights: stripes.safetensors}
      optimizer: {type: sgd, learning_rate: 1.0e-30}
      training: {epochs: 1}
      """, to: "same.yaml")
    let checked = try place.exp("check same.yaml")
    #expect(checked.output.contains("stripes.safetensors, in PyTorch's layouts\n"))
    #expect(try place.exp("run same.yaml").code == 0)
    let again = try #require(place.runs(of: "same").first)
    #expect(
      try place.text("\(again)/predictions.csv") == place.text("\(run)/predictions.csv"))
  }

  @Test(arguments: ["pytorch", "keras"])
  func `weights of Python files come back, whatever the layers are called`(format: String) throws {
    let model = """
      {layers: [
        {type: conv2d, name: first-conv, filters: 4, kernel_size: 3},
        {type: depthwise_conv2d, name: 2nd, kernel_size: 3},
        {type: separable_conv2d, name: 2nd-, filters: 4, kernel_size: 3}, {type: prelu, name: lambda},
        flatten, {type: dense, name: a-b, units: 3}, {type: dense, name: a_b, units: 3, activation: softmax}]}
      """
    try place.writeStripes(["name": "named", "model": model])
    try #require(try place.exp("run stripes.yaml").code == 0)
    let run = try #require(place.runs(of: "named").first)
    #expect(try place.exp("export named --format \(format) -o net.py").code == 0)
    try place.write(
      """
      extends: stripes.yaml
      name: same
      model: {weights: net.safetensors}
      optimizer: {type: sgd, learning_rate: 1.0e-30}
      training: {epochs: 1}
      """, to: "same.yaml")
    let ending = try place.exp("run same.yaml")
    #expect(ending.code == 0, "\(ending.error)")
    let again = try #require(place.runs(of: "same").first)
    #expect(try place.text("\(again)/predictions.csv") == place.text("\(run)/predictions.csv"))
  }

  @Test(arguments: ["w.safetensors", "W.SAFETENSORS"])
  func `the name of the output says the kind of file`(name: String) throws {
    #expect(try place.exp("export latest -o \(name)").code == 0)
    #expect(try place.bytes(name)[8] == UInt8(ascii: "{"))
  }

  @Test(arguments: [
    ("-o m.py", "add '--format pytorch' or '--format keras'"),
    ("-o m.pt", "name a file that ends in '.onnx', '.safetensors' or '.py'"),
    ("--format pytorch -o m.onnx", "name a file that ends in '.py', or say '--format onnx'"),
  ])
  func `a name that says no format, or another, is refused`(options: String, way: String) throws {
    let ending = try place.exp("export latest \(options)")
    #expect(ending.code == 64)
    #expect(ending.error.contains("hint: \(way)"))
    #expect(place.names(in: ".").filter { $0.hasPrefix("m.") } == [])
  }

  @Test func `nothing is written into a run's folder`() throws {
    let run = try #require(place.runs(of: "stripes").first)
    let weights = try place.bytes("\(run)/weights.safetensors")
    let ending = try place.exp("export latest -o \(run)/weights.safetensors --force")
    #expect(ending.code == 64)
    #expect(ending.error.contains("lies in a run's folder, which holds its own record alone"))
    #expect(try place.bytes("\(run)/weights.safetensors") == weights)
    try FileManager.default.createDirectory(
      atPath: "\(place.path)/\(run)/checkpoints", withIntermediateDirectories: true)
    let deeper = try place.exp("export latest -o \(run)/checkpoints/a.onnx")
    #expect(deeper.code == 64)
    #expect(place.names(in: "\(run)/checkpoints") == [])
  }

  @Test func `a file that is there already stays, unless '--force' says otherwise`() throws {
    try place.write("mine", to: "stripes.onnx")
    let ending = try place.exp("export latest")
    #expect(ending.code == 74)
    #expect(
      ending.error
        == "error: 'stripes.onnx' is there already\nhint: '--force' replaces it, '-o' names another\n"
    )
    #expect(try place.text("stripes.onnx") == "mine")
    #expect(try place.exp("export latest --force").code == 0)
    #expect(try place.bytes("stripes.onnx").count > 100)
  }

  @Test func `what cannot be written is named`() throws {
    let missing = try place.exp("export latest -o nowhere/a.onnx")
    #expect(missing.code == 74)
    #expect(
      missing.error == "error: cannot write 'nowhere/a.onnx': there is no folder 'nowhere'\n")
    let folder = try place.exp("export latest -o runs")
    #expect(folder.code == 74)
    #expect(folder.error == "error: cannot write 'runs': Is a directory\n")
  }

  @Test func `a run without weights, and one of several, are named`() throws {
    #expect(try place.exp("run stripes.yaml --seed 1").code == 0)
    let several = try place.exp("export stripes")
    #expect(several.code == 66)
    #expect(several.error.contains(run))
    try FileManager.default.removeItem(atPath: "\(place.path)/\(run)/weights.safetensors")
    let without = try place.exp("export \(run)")
    #expect(without.code == 66)
    #expect(without.error.contains("has no weights"))
  }

  @Test(arguments: [
    ("--format safetensors --layout nhwc", "'--layout' changes nothing in a file of the format"),
    ("--format safetensors --input bytes", "'--input' changes nothing"),
    ("--format safetensors --calibrated", "'--calibrated' changes nothing"),
    ("--format h5", "'h5' is invalid for '--format <format>'"),
    ("--format keras --layout nhwc", "'--layout' changes nothing"),
    ("--format pytorch -o -", "the export has 2 files, and standard output takes one"),
    ("--format pytorch -o random.py", "'random.py' would hide the Python module 'random'"),
    ("--format keras -o numpy.py", "'numpy.py' would hide the Python module 'numpy'"),
  ])
  func `options that do not go together are refused`(options: String, reason: String) throws {
    let before = place.names(in: ".")
    let ending = try place.exp("export latest \(options)")
    #expect(ending.code == 64)
    #expect(ending.error.contains(reason), "\(ending.error)")
    #expect(place.names(in: ".") == before)
  }
}
