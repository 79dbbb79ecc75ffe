import Foundation
import Testing

@Suite struct SchemaCommandTests {
  private let place: Workplace
  private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../..").standardized.path

  init() throws { place = try Workplace() }

  @Test func theProjectsSchemaIsWhatIsPrinted() throws {
    let ending = try place.exp("schema")
    #expect(ending.code == 0)
    let file = try String(
      contentsOfFile: Self.project + "/docs/experiment.schema.json", encoding: .utf8)
    #expect(ending.output == file, "'exp schema > docs/experiment.schema.json' renews it")
  }

  @Test func `there is one of launchers' files, too`() throws {
    let ending = try place.exp("schema --launcher")
    let file = try String(
      contentsOfFile: Self.project + "/docs/launcher.schema.json", encoding: .utf8)
    #expect(
      ending.output == file, "'exp schema --launcher > docs/launcher.schema.json' renews it")
    try place.write(file, to: "schema.json")
    let schema = try place.json("schema.json")
    let properties = try #require(schema["properties"] as? [String: [String: Any]])
    #expect(properties["workers"]?["maximum"] as? Int == 1000)
    #expect(!file.contains("expression"), "what looks like one is the shell's")
  }

  @Test func everyExperimentOfTheProjectNamesIt() throws {
    let folder = Self.project + "/experiments"
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".yaml") }
    #expect(files.count > 5)
    for file in files {
      let text = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
      #expect(
        text.hasPrefix(
          "# yaml-language-server: $schema=../docs/experiment.schema.json\n"), "\(file)")
    }
  }

  @Test func itSaysWhatAnEditorNeeds() throws {
    try place.write(try place.exp("schema").output, to: "schema.json")
    let schema = try place.json("schema.json")
    #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
    let complete = try #require(schema["else"] as? [String: Any])
    #expect(complete["required"] as? [String] == ["data", "model", "optimizer", "training"])
    #expect(schema["additionalProperties"] as? Bool == false)
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    let convolution = try #require(definitions["layer.conv2d"])
    #expect(convolution["required"] as? [String] == ["type", "filters", "kernel_size"])
    let properties = try #require(convolution["properties"] as? [String: [String: Any]])
    #expect(properties["type"]?["const"] as? String == "conv2d")
    #expect(properties["padding"]?["default"] as? String == "valid")
    #expect(properties["name"] != nil)
    let forms = try #require(properties["filters"]?["anyOf"] as? [[String: Any]])
    #expect(forms[0]["minimum"] as? Int == 1)
    #expect(forms[1]["$ref"] as? String == "#/$defs/expression")
    // Members that contain members of their own catalogue are told by reference.
    let steps = (definitions["augmentation.one_of"]?["properties"] as? [String: [String: Any]])?[
      "steps"]
    #expect((steps?["items"] as? [String: String])?["$ref"] == "#/$defs/augmentation")
  }
}
