import Datasets
import Foundation
import Tensors
import Testing

/// Runs with which another process went on in a copy, as they are used.
@Suite struct ContinuedRunsTests {
  private let place: Workplace
  /// The completed copy.
  private let run: String
  /// The folder in which the run was before.
  private let old: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml --seeds 0-1 --quiet").code == 0)
    let runs = place.runs(of: "stripes")
    try #require(runs.count == 2)
    run = runs[1]
    old = "runs/stripes/2000-01-01_00-00-00_seed-1"
    // It has other weights than the copy, those of the other seed, as if it had not come to its end.
    try FileManager.default.moveItem(
      atPath: "\(place.path)/\(runs[0])", toPath: "\(place.path)/\(old)")
    try place.replace(
      "\"status\": \"completed\"", by: "\"status\": \"running\"", in: "\(old)/run.json")
    try FileManager.default.removeItem(atPath: "\(place.path)/\(old)/results.json")
    try place.write(
      """
      {"host": "elsewhere", "process": 7, "locked_in": "another/1", "seconds": 240, "is_doubtful": false, \
      "renewals": 1, "is_over": true, "outcome": "\(run.split(separator: "/")[2])"}
      """, to: "\(old)/state/lease.1")
    let pixels = (0..<64).map { UInt8($0 / 24 == 0 ? 150 : 10) }
    let picture = Picture(ImageShape(height: 8, width: 8, channels: 1), pixels: pixels)
    try place.write(try picture.encodedPNG(), to: "a.png")
  }

  private var warning: String {
    "note: \(old) was continued in '\(run.split(separator: "/")[2])': these are its weights until then\n"
  }

  @Test func `the copy is what a name means`() throws {
    let whole = try place.exp("predict \(run) a.png")
    try #require(whole.code == 0)
    for name in ["stripes", "latest", "stripes --ensemble"] {
      let ending = try place.exp("predict \(name) a.png")
      #expect(ending.code == 0)
      #expect(ending.error == "")
      #expect(ending.output == whole.output)
    }
    #expect(try place.exp("export stripes -o a.onnx").code == 0)
    #expect(try place.exp("export \(run) -o b.onnx").code == 0)
    #expect(try place.bytes("a.onnx") == place.bytes("b.onnx"))
  }

  @Test func `a run that was continued is used when it is named, with a note`() throws {
    let predicted = try place.exp("predict \(old) a.png")
    #expect(predicted.code == 0)
    #expect(predicted.error == warning)
    let exported = try place.exp("export \(old) -o a.onnx")
    #expect(exported.code == 0)
    #expect(exported.error.hasPrefix(warning))
  }

  @Test(arguments: ["", " --ensemble"])
  func `nothing is recorded in the folder of a run that was continued`(option: String) throws {
    try place.writeOtherData()
    let ending = try place.exp("evaluate stripes --data other.yaml\(option)")
    #expect(ending.code == 0)
    #expect(ending.error == "skipped: \(old) was continued in another folder\n")
    #expect(ending.output.hasPrefix("\(run) on 30 images of other\n"))
    #expect(place.exists("\(run)/evaluations/other/evaluation.json"))
    let named = try place.exp("evaluate \(old) --data other.yaml\(option)")
    #expect(named.code == 66)
    #expect(named.error.hasPrefix("error: '\(old)' was continued in '"))
    #expect(!place.exists("\(old)/evaluations"))
  }
}
