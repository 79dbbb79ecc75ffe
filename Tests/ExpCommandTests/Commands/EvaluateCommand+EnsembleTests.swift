import Foundation
import Testing

/// `exp evaluate RUN… --data FILE --ensemble`
@Suite struct EvaluateCommandEnsembleTests {
  private let place: Workplace
  private let run: String

  init() throws {
    place = try Workplace()
    try place.writeStripes(["name": "stripes"])
    try #require(try place.exp("run stripes.yaml").code == 0)
    run = try #require(place.runs(of: "stripes").first)
  }

  @Test func `an ensemble matches classes by their names`() throws {
    for names in ["[x, y, z]", "[z, y, x]"] {
      try place.writeStripes([
        "name": "named",
        "data": "{dataset: {type: idx, path: data, class_names: \(names)}, validation: 24}",
      ])
      try #require(try place.exp("run stripes.yaml --output-dir named").code == 0)
    }
    try place.write(
      "data: {dataset: {type: idx, path: data, class_names: [x, y, z]}}\n", to: "same.yaml")
    let ending = try place.exp("evaluate named --data same.yaml --output-dir named --ensemble")
    #expect(ending.code == 0, "\(ending.error)")
    // Both networks are one, which calls the first class x and z: both get half of what it has for the first and the last.
    let rows = try place.text("\(run)/predictions.csv").split(separator: "\n").dropFirst().map {
      $0.split(separator: ",").suffix(3).compactMap { Double($0) }
    }
    try #require(rows.count == 30)
    let right = rows.enumerated().count { number, row in
      (row[1] > (row[0] + row[2]) / 2 ? 1 : 0) == number % 3
    }
    let runs = place.runs(of: "named", in: "named")
    let texts = try runs.map { try place.text("\($0)/evaluations/same/ensemble.json") }
    #expect(texts.count == 2)
    #expect(texts[0] == texts[1])
    let reports = try runs.map { try place.text("\($0)/evaluations/same/ensemble.txt") }
    #expect(reports[0] == reports[1])
    let record = try place.json("\(runs[0])/evaluations/same/ensemble.json")
    let scores = try #require(record["scores"] as? [String: Any])
    #expect(scores["accuracy"] as? Double == Double(right) / 30)
    #expect((record["members"] as? [Any])?.count == 2)
    let first = try place.json("\(runs[0])/run.json")["data"] as? [String: Any]
    #expect(record["class_names"] as? [String] == first?["class_names"] as? [String])
    for run in runs { #expect(try place.exp("verify \(run)").code == 0) }
    let table = try place.exp("compare --evaluation same --output-dir named")
    #expect(table.code == 0)
    #expect(
      table.output.replacing("\n", with: " ")
        .contains("ensemble of 2 runs (named seed-0, named seed-0): "))
    try place.write(place.bytes("data/t10k-images-idx3-ubyte"), to: "scans")
    let predicted = try place.exp(
      "predict named scans --ensemble --output-dir named --format csv --top 3")
    #expect(predicted.code == 0, "\(predicted.error)")
    let means = predicted.output.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: ",").dropFirst()
      return ["x", "y", "z"].compactMap { name in
        fields.firstIndex(of: Substring(name)).flatMap { Float(fields[$0 + 1]) }
      }
    }
    try #require(means.count == 30)
    for (mean, row) in zip(means, rows) {
      let expected = [(row[0] + row[2]) / 2, row[1], (row[0] + row[2]) / 2]
      #expect(zip(mean, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 }, "\(mean) \(expected)")
    }
  }

  @Test func `a copied folder counts once`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    let other = place.runs(of: "stripes")[1]
    for file in place.names(in: run) where file.contains(".") && !file.hasPrefix(".") {
      try place.write(place.bytes("\(run)/\(file)"), to: "\(run)_2/\(file)")
    }
    try place.writeOtherData()
    let ending = try place.exp("evaluate stripes --data other.yaml --ensemble")
    #expect(ending.code == 0)
    #expect(
      ending.error == "note: \(run)_2 has the same weights as \(run): the ensemble has them once\n")
    #expect(ending.output.contains("The mean of the probabilities of 2 runs\n"))
    let alone = try place.exp("evaluate \(run) \(other) --data other.yaml --ensemble")
    #expect(alone.error == "")
    func mean(_ text: String) -> Substring? { text.split(separator: "The mean of").last }
    #expect(mean(alone.output) == mean(ending.output))
    let table = try place.exp("compare --evaluation other").output
    #expect(try #require(table.rowsOfWords.first { $0.first == "stripes" }).contains("2/2"))
    #expect(
      table.replacing("\n", with: " ")
        .contains("ensemble of 2 runs (stripes seed-0, stripes seed-1): "))
  }

  @Test func `what is recorded of an ensemble is what is printed`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    try place.writeOtherData()
    let ending = try place.exp("evaluate stripes --data other.yaml --ensemble")
    #expect(ending.code == 0)
    let runs = place.runs(of: "stripes")
    let texts = try runs.map { try place.text("\($0)/evaluations/other/ensemble.json") }
    #expect(texts[0] == texts[1])
    let record = try place.json("\(runs[0])/evaluations/other/ensemble.json")
    let members = try #require(record["members"] as? [[String: Any]])
    #expect(members.compactMap { $0["run"] as? String } == runs.map { String($0.dropFirst(5)) })
    let scores = try #require(record["scores"] as? [String: Any])
    let accuracy = try #require(scores["accuracy"] as? Double)
    #expect(ending.output.contains("\naccuracy \(String(format: "%.4f", accuracy)), its members "))
    let test = try #require(record["mcnemar"] as? [String: Any])
    let (own, others) = (
      try #require(test["only_this_right"] as? Int), try #require(test["only_other_right"] as? Int)
    )
    #expect(
      ending.output.contains(
        "McNemar's test against its first member, \(runs[0].dropFirst(5)): images that only the "
          + "ensemble got right: \(own); only the first member: \(others); p "))
    #expect(
      try place.text("\(runs[1])/evaluations/other/ensemble.txt").hasPrefix(
        "The mean of the probabilities of\n  \(runs[0].dropFirst(5))\n  \(runs[1].dropFirst(5))\n\n"
      ))
    // It is damage if it is not of what the run's evaluation has.
    try place.write(
      texts[0].replacing("\"count\": 30", with: "\"count\": 29"),
      to: "\(runs[0])/evaluations/other/ensemble.json")
    let table = try place.exp("compare --evaluation other")
    #expect(table.code == 66)
    #expect(
      table.output.replacing("\n ", with: "").contains(
        "unreadable ensemble, left out: \(runs[0])/evaluations/other: ensemble.json is damaged: "))
  }

  @Test func `a damaged record of an ensemble leaves its members' scores alone`() throws {
    try place.writeOtherData()
    try #require(try place.exp("evaluate stripes --data other.yaml --ensemble").code == 0)
    try place.write("{", to: "\(run)/evaluations/other/ensemble.json")
    let table = try place.exp("compare --evaluation other")
    #expect(table.code == 66)
    #expect(table.output.contains("1/1"))
    #expect(!table.output.contains("not counted"))
    #expect(
      table.output.replacing("\n", with: " ")
        .contains(
          "unreadable ensemble, left out: \(run)/evaluations/other: ensemble.json is damaged: "))
  }

  @Test func `an ensemble whose last member is damaged is recorded nowhere`() throws {
    try #require(try place.exp("run stripes.yaml --seed 1").code == 0)
    let runs = place.runs(of: "stripes")
    try place.write([1, 2, 3], to: "\(runs[1])/weights.safetensors")
    try place.writeOtherData()
    let ending = try place.exp("evaluate stripes --data other.yaml --ensemble")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("error: '\(runs[1])/weights.safetensors' is damaged: "))
    #expect(ending.output == "")
    for run in runs { #expect(!place.exists("\(run)/evaluations")) }
  }

  @Test func `of runs that cannot be read there is no mean`() throws {
    try place.write("data: {dataset: {type: idx, path: data}}\n", to: "same.yaml")
    try place.write("{}", to: "\(run)/run.json")
    let ending = try place.exp("evaluate runs --data same.yaml --ensemble")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("error: \(run): run.json is damaged: "))
    #expect(ending.output == "")
  }
}
