import Foundation
import Testing

/// What `exp evaluate RUN… --data FILE` records, and who reads it.
@Suite struct EvaluateCommandRecordsTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    run = try #require(place.runs(of: "stripes").first)
  }

  @Test func `scores of weights that a run has no longer are left out`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    let other = place.runs(of: "stripes")[1]
    try place.writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    try place.write(place.bytes("\(other)/weights.safetensors"), to: "\(run)/weights.safetensors")
    let table = try place.exp("compare --evaluation other")
    #expect(table.code == 0)
    #expect(try #require(table.output.rowsOfWords.first { $0.first == "stripes" }).contains("1/1"))
    #expect(
      table.output.replacing("\n", with: " ").contains(
        "evaluated with other weights than it has now, left out: \(run); "))
  }

  @Test func `compare names the runs that were scored before they completed`() throws {
    try place.writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    let manifest = try place.text("\(run)/run.json")
    try place.write(
      manifest.replacing(#""status": "completed""#, with: #""status": "interrupted""#),
      to: "\(run)/run.json")
    let table = try place.exp("compare --evaluation other")
    #expect(table.code == 64)
    #expect(
      table.error == """
        error: no completed run has the evaluation 'other'
        note: not completed: \(run)
        hint: compare tabulates completed runs: 'exp resume' goes on with others

        """)
  }

  @Test func `a damaged evaluation ends compare as a damaged run does`() throws {
    try place.writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    try place.write("{", to: "\(run)/evaluations/other/evaluation.json")
    let table = try place.exp("compare --evaluation other")
    #expect(table.code == 66)
    #expect(
      table.output.replacing("\n ", with: "").contains(
        "unreadable, not counted: \(run)/evaluations/other: evaluation.json is damaged: "))
  }

  @Test func `changed counts on other data disagree`() throws {
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    #expect(try place.exp("evaluate \(run) --data same.yaml").code == 0)
    let file = "\(run)/evaluations/same/evaluation.json"
    let (text, matrix) = (try place.text(file), /"confusion_matrix": (?s:.*)/)
    let counts = try #require(text.firstMatch(of: matrix)?.output)
    // The images of one count are said to be of another class.
    let moved = counts.replacing(/([1-9][0-9]*),(\s*)0/, maxReplacements: 1) {
      "0,\($0.output.2)\($0.output.1)"
    }
    try #require(moved != counts)
    try place.write(text.replacing(counts, with: moved), to: file)
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 1)
    #expect(
      ending.output.contains(
        "the record disagrees: evaluations/same: predictions.csv is damaged: it has other predictions than are counted"
      ))
  }

  @Test func `an altered metric of probabilities on other data disagrees`() throws {
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    #expect(try place.exp("evaluate \(run) --data same.yaml").code == 0)
    let file = "\(run)/evaluations/same/evaluation.json"
    let text = try place.text(file)
    let value = try #require(text.firstMatch(of: /"log_loss": ([0-9.e-]+)/)?.output)
    try place.replace(String(value.0), by: "\"log_loss\": 0.125", in: file)
    let ending = try place.exp("evaluate \(run)")
    #expect(ending.code == 1)
    #expect(
      ending.output.contains(
        "evaluations/same: evaluation.json: 'log_loss' is not that of the probabilities"))
  }

  @Test func `compare leaves out what was scored on other images`() throws {
    #expect(try place.exp("run stripes.yaml --seed 1").code == 0)
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    #expect(try place.exp("evaluate stripes --data same.yaml --ensemble").code == 0)
    let notes = [
      "scored on other images than most runs of its experiment, left out: ",
      "of members that have other weights, images or scores by now, left out: 1 ensemble",
    ]
    let before = try place.exp("compare --evaluation same").output.replacing("\n", with: " ")
    #expect(before.contains("2/2"))
    #expect(before.contains("ensemble of 2 runs (stripes seed-0, stripes seed-1): "))
    for note in notes { #expect(!before.contains(note)) }
    let others = try place.exp("compare --evaluation same --where seed==2").output
    #expect(!others.contains("ensemble of"), "\(others)")
    var images = try place.bytes("data/t10k-images-idx3-ubyte")
    images[16] ^= 1
    try place.write(images, to: "data/t10k-images-idx3-ubyte")
    #expect(try place.exp("evaluate \(run) --data same.yaml --force").code == 0)
    let after = try place.exp("compare --evaluation same").output.replacing("\n", with: " ")
    #expect(after.contains("1/1"))
    #expect(!after.contains("ensemble of 2 runs"))
    for note in notes { #expect(after.contains(note)) }
    #expect(after.contains(notes[0] + run))
  }

  @Test func `an evaluation of other images is replaced by '--force' alone`() throws {
    try place.writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    let file = "\(run)/evaluations/other/evaluation.json"
    let report = "\(run)/evaluations/other/report.txt"
    let before = (record: try place.bytes(file), report: try place.bytes(report))
    try place.write("altered\n", to: report)
    // The same images again, from another place.
    try place.write("data: {dataset: {type: idx, path: other}, limit: 5}\n", to: "again/other.yaml")
    for name in Stripes.names {
      try place.write(place.bytes("other/\(name)"), to: "again/other/\(name)")
    }
    #expect(try place.exp("evaluate stripes --data again/other.yaml").code == 0)
    #expect(try place.bytes(file) == before.record)
    #expect(try place.bytes(report) == before.report)
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "other.yaml")
    let refused = try place.exp("evaluate stripes --data other.yaml")
    #expect(refused.code == 74)
    #expect(
      refused.error == """
        error: '\(run)/evaluations/other' has the scores on the same images with other labels
        hint: '--force' replaces it; a YAML file of another name makes an evaluation of its own

        """)
    #expect(refused.output == "")
    #expect(try place.bytes(file) == before.record)
    #expect(try place.exp("evaluate stripes --data other.yaml --force").code == 0)
    #expect(try place.bytes(file) != before.record)
    // What cannot be read may be anything.
    try place.write("{", to: file)
    let damaged = try place.exp("evaluate stripes --data other.yaml")
    #expect(damaged.code == 74)
    #expect(
      damaged.error.contains(
        "has scores that cannot be read (evaluation.json is damaged: it is not complete JSON)\n"))
    #expect(try place.exp("evaluate stripes --data other.yaml --force").code == 0)
  }

  @Test func `scores that cannot be recorded are printed, and '--force' is no advice`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    let runs = place.runs(of: "stripes")
    try place.writeOtherData()
    try place.write("", to: "\(run)/evaluations")
    let error = """
      error: the scores of \(run) are not recorded: '\(run)/evaluations' is a file, where a folder has to be
      hint: take away what stands there

      """
    let ending = try place.exp("evaluate stripes --data other.yaml")
    #expect(ending.code == 74)
    #expect(ending.error == error)
    for run in runs { #expect(ending.output.contains("\n\(run)  ")) }
    #expect(place.exists("\(runs[1])/evaluations/other/evaluation.json"))
    let ensemble = try place.exp("evaluate stripes --data other.yaml --ensemble")
    #expect(ensemble.code == 74)
    #expect(
      ensemble.error
        == error + "note: the ensemble is not recorded, since not all of its members are\n")
    #expect(ensemble.output.contains("The mean of the probabilities of 2 runs\n"))
    #expect(place.exists("\(runs[1])/evaluations/other/evaluation.json"))
    #expect(!place.exists("\(runs[1])/evaluations/other/ensemble.json"))
  }

  @Test func `show, report and verify tell of a run's evaluations`() throws {
    try place.writeOtherData()
    #expect(try !place.exp("show \(run)").output.contains("evaluation"))
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    let record = try place.json("\(run)/evaluations/other/evaluation.json")
    let scores = try #require(record["scores"] as? [String: Any])
    let accuracy = String(format: "%.4f", try #require(scores["accuracy"] as? Double))
    let shown = try place.exp("show \(run)").output.rowsOfWords
    let head = try #require(shown.first { $0.first == "evaluation" })
    let row = try #require(shown.first { $0.first == "other" })
    #expect(row[1] == "30")
    #expect(row[try #require(head.firstIndex(of: "accuracy"))] == accuracy)
    try #require(try place.exp("report stripes -o page.html").code == 0)
    let page = try place.text("page.html")
    #expect(page.contains("<h4>Other data</h4>"))
    #expect(page.contains(">\(accuracy)<"))
    #expect(try place.exp("verify \(run)").code == 0)
    try place.write("all right\n", to: "\(run)/evaluations/other/report.txt")
    for command in ["verify", "evaluate"] {
      let ending = try place.exp("\(command) \(run)")
      #expect(ending.code == 1)
      #expect(
        ending.output.contains(
          "evaluations/other: report.txt is damaged: it is not the report on the scores"))
    }
    try place.write("{", to: "\(run)/evaluations/other/evaluation.json")
    #expect(
      try place.exp("show \(run)").output.hasSuffix(
        "unreadable: \(run)/evaluations/other: evaluation.json is damaged: it is not complete JSON\n"
      ))
  }

  @Test func `an evaluation that nobody has is answered by those that there are`() throws {
    func compare(_ evaluation: String) throws -> Ending {
      try Command(["compare", "--evaluation", evaluation], in: place.path).ending()
    }
    func hint(_ evaluation: String) throws -> String {
      let ending = try compare(evaluation)
      #expect(ending.code == 64)
      return String(try #require(ending.error.components(separatedBy: "hint: ").last))
    }
    #expect(try hint("a.yaml") == "'exp evaluate RUN --data a.yaml' makes it\n")
    #expect(try hint("a-last") == "'exp evaluate RUN --data a.yaml --weights last' makes it\n")
    #expect(try hint("") == "'exp evaluate RUN --data NAME.yaml' makes it\n")
    try place.writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    #expect(try hint("other.yaml") == "did you mean 'other'?\n")
    #expect(try hint("othe") == "did you mean 'other'?\n")
    // A folder in which nothing was recorded is no evaluation.
    try FileManager.default.createDirectory(
      atPath: "\(place.path)/\(run)/evaluations/scans", withIntermediateDirectories: false)
    #expect(try hint("scans") == "completed runs have 'other'\n")
    #expect(try hint("") == "completed runs have 'other'\n")
    #expect(try hint("../other") == "completed runs have 'other'\n")
    #expect(
      try compare("").error.hasPrefix(
        "error: '' is no name of an evaluation, which must consist of at most 100 letters"))
  }

  @Test func `a mistyped evaluation is reported though a run cannot be read`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    try place.writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml").code == 0)
    try place.write("{}", to: "\(run)/run.json")
    let ending = try place.exp("compare --evaluation othre")
    #expect(ending.code == 64)
    #expect(
      ending.error.hasPrefix(
        "error: no completed run has the evaluation 'othre'\nnote: not read: \(run): run.json is damaged: "
      ))
    #expect(ending.error.hasSuffix("hint: did you mean 'other'?\n"))
    #expect(try place.exp("compare --evaluation other").code == 66)
  }
}
