import Foundation
import Reports
import Testing

private let checkPage = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  .appendingPathComponent("check_page.py").path

private let isChromiumHere =
  (try? Shell.run("exec python3 '\(checkPage)' --find").code == 0) ?? false

/// The page in a browser, at three widths, light and dark. Skipped where no Chromium is installed.
@Suite(
  .serialized,
  .enabled(if: isChromiumHere, "Chromium and Python are needed to look at pages"))
struct ChromiumTests {
  private let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  /// What is wrong with the page at `path`, and with how many elements it has for each selector.
  private func problems(
    _ path: String, expecting counts: [String: Int] = [:], atMost count: Int = 20
  ) throws -> [Substring] {
    let expectations = counts.map { " --expect '\($0)=\($1)'" }.joined()
    let ending = try Shell.run(
      "exec python3 '\(checkPage)' '\(path)'\(expectations)", seconds: 150)
    let lines = ending.output.split(separator: "\n")
    #expect((ending.code == 0) == lines.isEmpty, "it ended with \(ending.code)")
    return Array(lines.prefix(count))
  }

  @Test func severalSpecs() throws {
    // A picture of 2×2 pixels.
    let picture = [UInt8](
      try #require(
        Data(
          base64Encoded:
            "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAAAAABX3VL4AAAADklEQVR4nGP4z8DA8B8ABgAB/3lDX1sAAAAASUVORK5CYII="
        )))
    for seed in 0..<3 { try runs.add(.init(hash: "aa", seed: seed, picture: picture)) }
    try runs.add(
      .init(
        name: "other", hash: "bb", values: .of(["optimizer": ["type": "sgd"]]), picture: picture))
    try runs.add(
      .init(
        name: "other", hash: "bb", seed: 1, status: .failed,
        values: .of(["optimizer": ["type": "sgd"]])))
    let expected = [
      "main section": 5, "table.matrix": 2, "ul.mistakes img": 2, "details[id]": 2,
      "#curves svg[role=img]": 6, "[id$=calibration-title]": 2, "th button": 10 + 2 + 10 + 2 * 4,
    ]
    let found = try problems(try runs.writePage(), expecting: expected)
    #expect(found == [])
  }

  @Test func nastyTexts() throws {
    try runs.add(.nasty)
    let found = try problems(try runs.writePage(), expecting: ["script": 1, "main b b": 0])
    #expect(found == [])
  }

  @Test func manyClassesAndLines() throws {
    for spec in 0..<12 {
      let names = (0..<40).map { "a class with a name of some length, number \($0)" }
      try runs.add(
        .init(
          name: "an-experiment-with-a-very-long-name-indeed-\(spec)", hash: "hash-\(spec)",
          classNames: names, predictions: (0..<120).map { ($0 % 40, $0 < 70 ? 7 : $0 % 40) }))
    }
    let found = try problems(try runs.writePage(), expecting: ["details[id]": 12])
    #expect(found == [])
  }

  /// A check that finds nothing on a good page has to find something on a bad one.
  @Test func aBadPageIsFoundOut() throws {
    try runs.add(.init())
    let page = try runs.page().replacing("default-src 'none'; img-src data:;", with: "")
      .replacing("--soft: #5b636d", with: "--soft: #b0b0b0")
      .replacing("<h4>Layers</h4>", with: "<h6>Layers</h6><img src=\"http://127.0.0.1:9/a.png\">")
      .replacing(" id=\"curves\"", with: " id=\"main\"")
      .replacing("<caption class=\"unseen\">Layers of digits</caption>", with: "")
      .replacing("<pre>", with: "</div><pre>\(String(repeating: "wide", count: 200))")
    let path = runs.path + "/bad.html"
    try page.write(toFile: path, atomically: false, encoding: .utf8)
    let found = try problems(path, atMost: 1000).joined(separator: "\n")
    for problem in [
      "contrast", "log: ", "a request leaves the page: http://127.0.0.1:9/a.png",
      "heading leaps from 4 to 6", "image without alternative text", "image not shown",
      "identifiers used twice: main", "table without caption", "href leads nowhere (#curves)",
      "the page is", "style",
    ] {
      #expect(found.contains(problem), "\(problem)")
    }
  }
}
