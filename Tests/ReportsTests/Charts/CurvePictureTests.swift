import Foundation
import FoundationXML
import Records
import Reports
import Testing

@Suite struct CurvePictureTests {
  private let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  private func picture(_ column: String) throws -> CurvePicture? {
    CurvePicture(column, of: try Comparison(RunCatalog(paths: [runs.path])))
  }

  @Test func itIsAPictureOfItsOwn() throws {
    try runs.add(.init())
    let svg = try #require(try picture("val_accuracy")).svg
    #expect(svg.hasPrefix("<svg "))
    #expect(svg.contains("xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"400\""))
    #expect(svg.contains("@media (prefers-color-scheme: dark)"))
    #expect(svg.contains("<rect class=\"sheet\""))
    #expect(svg.contains(">val_accuracy by epoch</text>"))
    #expect(svg.contains(">digits</text>"))
  }

  /// A page forgives what a picture doesn't: it is XML.
  @Test func itIsXML() throws {
    try runs.add(.nasty)
    // Most metrics are of no epoch unless a callback monitors them.
    let pictures = try CurvePicture.columns.compactMap { try picture($0) }
    #expect(pictures.count > 8)
    for picture in pictures {
      #expect(XMLParser(data: Data(picture.svg.utf8)).parse(), "\(picture.svg.prefix(500))")
    }
  }

  @Test func aColumnThatNobodyRecordedHasNone() throws {
    try runs.add(.init(hasValidation: false))
    #expect(try picture("val_accuracy") == nil)
    #expect(try picture("learning_rate") != nil)
  }

  @Test func unfinishedRunsShowHowFarTheyCame() throws {
    try runs.add(.init(status: .interrupted))
    #expect(try picture("loss")?.svg.contains(">digits</text>") == true)
  }

  @Test func `curves of losses of different functions are said to be so`() throws {
    try runs.add(.init(hash: "one", values: .of(["loss": ["type": "focal"]])))
    try runs.add(.init(hash: "other", values: .of(["loss": ["type": "mean_squared_error"]])))
    for column in ["loss", "val_loss"] {
      #expect(
        try picture(column)?.notes == [
          "losses are values of different functions here: their curves compare in shape, not in height"
        ])
    }
    #expect(try picture("val_accuracy")?.notes == [])
  }

  @Test func whatIsLeftOutIsSaid() throws {
    for spec in 0..<14 { try runs.add(.init(hash: "hash-\(spec)")) }
    #expect(try picture("loss")?.notes == ["shown are the best 12 of 14 experiments"])
  }
}
