import Foundation
import Testing

/// `exp report`, and the page that `exp run` leaves in each folder.
@Suite struct ReportCommandTests {
  private let place: Workplace

  /// A spec with two seeds.
  init() throws {
    place = try Workplace()
    try place.writeStripes()
    try #require(try place.exp("run stripes.yaml --seeds 0-1 --quiet").code == 0)
  }

  @Test func allRunsComeIntoOneFile() throws {
    let ending = try place.exp("report")
    #expect(ending.code == 0)
    #expect(ending.output == "report.html\n")
    #expect(ending.error == "")
    let page = try place.text("report.html")
    #expect(page.hasPrefix("<!doctype html>\n"))
    #expect(page.contains("<h1>stripes</h1>"))
    #expect(page.contains("2 completed runs"))
  }

  @Test func someRunsGoWhereTheyAreWanted() throws {
    let ending = try place.exp("report seed-1 -o one.html")
    #expect(ending.output == "one.html\n")
    #expect(try place.text("one.html").contains("<h1>stripes, seed 1</h1>"))
    #expect(!place.exists("report.html"))
  }

  @Test func eachRunHasAPageOfItsOwn() throws {
    for (seed, run) in place.runs(of: "stripes").enumerated() {
      #expect(try place.text("\(run)/report.html").contains("<h1>stripes, seed \(seed)</h1>"))
    }
  }

  @Test func mistakesAreOnThePage() throws {
    // One epoch in which nothing is learned leaves mistakes enough.
    try place.writeStripes([
      "name": "dull", "optimizer": "{type: sgd, learning_rate: 1e-9}", "training": "{epochs: 1}",
    ])
    try #require(try place.exp("run stripes.yaml --quiet").code == 0)
    let run = place.runs(of: "dull")[0]
    let pictures = place.names(in: "\(run)/mistakes")
    #expect(pictures.count > 5)
    let page = try place.text("\(run)/report.html")
    for picture in pictures {
      let image = Data(try place.bytes("\(run)/mistakes/\(picture)")).base64EncodedString()
      #expect(page.contains("src=\"data:image/png;base64,\(image)\""), "\(picture)")
    }
  }

  @Test func aSingleCurveIsAPicture() throws {
    let ending = try place.exp("report --svg val_accuracy")
    #expect(ending.output == "val_accuracy.svg\n")
    #expect(try place.text("val_accuracy.svg").hasPrefix("<svg "))
    #expect(try place.exp("report --svg loss -o curve.svg").output == "curve.svg\n")
    #expect(place.exists("curve.svg"))
  }

  @Test func anUnknownCurveIsAUsageError() throws {
    let ending = try place.exp("report --svg val_acc")
    #expect(ending.code == 64)
    #expect(
      ending.error
        == "error: '--svg' needs a column of history.csv, got 'val_acc'\nhint: did you mean 'val_accuracy'?\n"
    )
    #expect(
      try place.exp("report --svg colour").error.contains(
        "\nhint: there are seconds, learning_rate, loss, accuracy, val_loss, "))
  }

  @Test func aCurveThatNoRunHasIsSaid() throws {
    try place.writeStripes(["data": "{dataset: {type: idx, path: data}, validation: 0}"])
    try #require(try place.exp("run stripes.yaml --quiet --output-dir blind").code == 0)
    let ending = try place.exp("report --svg val_loss --output-dir blind")
    #expect(ending.code == 66)
    #expect(ending.error == "error: no run has recorded 'val_loss'\n")
  }

  @Test func whereNothingCanBeWrittenThatIsSaid() throws {
    let ending = try place.exp("report -o nowhere/report.html")
    #expect(ending.code == 74)
    #expect(
      ending.error == "error: cannot write 'nowhere/report.html': there is no folder 'nowhere'\n")
  }

  @Test(arguments: ["report", "report --svg loss"])
  func theFileMayBeStandardOutput(command: String) throws {
    let page = try place.exp("\(command) -o -")
    #expect(page.code == 0)
    #expect(page.output.hasPrefix("<"))
    #expect(page.output.hasSuffix(">\n"))
    try #require(symlink("/dev/stdout", place.path + "/screen") == 0)
    #expect(try place.exp("\(command) -o screen").output.count == page.output.count)
    #expect(!place.exists("-"))
  }

  @Test func aFolderOfAnotherKindDoesNotHideRunsOfItsName() throws {
    try place.write("text", to: "stripes/pictures/note.txt")
    let ending = try place.exp("report stripes")
    #expect(ending.code == 0)
    #expect(try place.text("report.html").contains("2 completed runs"))
  }

  @Test func whatIsNoFileStaysWhatItIs() throws {
    let full = place.path + "/full"
    try #require(symlink("/dev/full", full) == 0)
    let ending = try place.exp("report -o full")
    #expect(ending.code == 74)
    #expect(ending.error == "error: cannot write 'full': No space left on device\n")
    #expect(ending.output == "")
    let files = FileManager.default
    #expect(try files.destinationOfSymbolicLink(atPath: full) == "/dev/full")
    let kind = try files.attributesOfItem(atPath: "/dev/full")[.type] as? FileAttributeType
    #expect(kind == .typeCharacterSpecial)
  }

  @Test func withoutRunsThereIsNoPage() throws {
    let ending = try place.exp("report --output-dir none")
    #expect(ending.code == 66)
    #expect(
      ending.error
        == "error: there are no runs to report on in 'none'; 'exp run FILE' makes some\n")
    #expect(!place.exists("report.html"))
  }

  @Test func aRunIsCompleteWithoutItsPage() throws {
    // What cannot be written is a page where a folder of that name stands.
    let command = try place.start("run stripes.yaml --quiet --output-dir blocked")
    let isMade = command.wait {
      guard let run = place.runs(of: "stripes", in: "blocked").first else { return false }
      return mkdir("\(place.path)/\(run)/report.html", 0o777) == 0
    }
    try #require(isMade)
    let ending = try command.ending()
    #expect(ending.code == 0)
    #expect(ending.error.contains("warning: the run has no report: cannot write "))
    let run = place.runs(of: "stripes", in: "blocked")[0]
    #expect(try place.json("\(run)/run.json")["status"] as? String == "completed")
  }
}
