import Files
import Foundation
import Records
import Reports
import Testing

@Suite struct ReportedSpecTests {
  private let runs: RecordedRuns

  init() throws { runs = try RecordedRuns() }

  @Test(arguments: [2, 3, 24])
  func fewClassesHaveAMatrix(count: Int) throws {
    try runs.add(
      .init(classNames: (0..<count).map { "class \($0)" }, predictions: [(0, 0), (0, 1), (1, 1)]))
    let page = try runs.page()
    let matrix = try #require(page.parts(from: "<table class=\"matrix\">", to: "</table>").first)
    #expect(matrix.count(of: "<th scope=\"row\">") == count)
    #expect(matrix.count(of: "<td") == count * count)
    #expect(matrix.contains("<td class=\"wrong5\">1</td>"))
  }

  @Test(arguments: [25, 256])
  func manyClassesHaveAListOfConfusions(count: Int) throws {
    try runs.add(
      .init(
        classNames: (0..<count).map { "class \($0)" },
        predictions: [(count - 1, 0), (count - 1, 0), (3, 4)] + (0..<count).map { ($0, $0) }))
    let page = try runs.page()
    #expect(!page.contains("<table class=\"matrix\">"))
    #expect(page.contains("<caption>All confusions</caption>"))
    #expect(
      page.contains(
        "<tr><th scope=\"row\">class \(count - 1)</th><td>class 0</td><td class=\"number\" data-key=\"2\">2</td></tr>"
      ))
    #expect(page.count(of: "<svg class=\"bar\"") == 3 * count)
  }

  @Test func allConfusionsOfManyClassesAreNone() throws {
    try runs.add(
      .init(classNames: (0..<30).map { "\($0)" }, predictions: (0..<30).map { ($0, $0) }))
    #expect(try runs.page().contains("<p>No class was ever taken for another.</p>"))
  }

  @Test func mistakesAreShownAsPictures() throws {
    let file = RecordedRuns.picture
    try runs.add(.init(picture: file))
    let page = try runs.page()
    let pictures = page.parts(from: "src=\"data:image/png;base64,", to: "\"")
    #expect(pictures.map { Data(base64Encoded: $0).map { [UInt8]($0) } } == [file])
    #expect(page.contains("alt=\"test 3: dog, taken for owl\""))
    #expect(page.contains("<small>0.7500</small><small>test 3</small>"))
  }

  @Test func withoutPicturesThereIsATable() throws {
    try runs.add(.init())
    let page = try runs.page()
    #expect(
      page.contains(
        "1 of 1 mistake on test images, the most confident first. The run kept no pictures."))
    #expect(
      page.contains(
        "<th scope=\"row\">test 3</th><td>dog</td><td>owl</td><td class=\"number\">0.7500</td>"
      ))
  }

  @Test func thereMayBeNoMistakes() throws {
    try runs.add(.init(predictions: [(0, 0), (1, 1), (2, 2)]))
    let page = try runs.page()
    #expect(page.contains("No test image was taken for another class."))
    #expect(!page.contains("class=\"wrong"))
  }

  @Test func whatIsNoPictureIsNamedAndLeftOut() throws {
    let folder = try runs.add(.init(picture: RecordedRuns.picture))
    let path = folder.path + "/mistakes/test-00003.png"
    let secret = runs.path + "/secret"
    try Storage.write("password", to: secret)
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: secret)
    let page = try runs.page()
    #expect(!page.contains(Data("password".utf8).base64EncodedString()))
    #expect(!page.contains("data:image/png"))
    #expect(page.contains("mistakes/test-00003.png&#39;: it is a link, which is not followed"))
  }

  @Test func probabilitiesThatAreNoNumbersHarmNothing() throws {
    let folder = try runs.add(.init())
    let predictions = try Storage.readText(folder.path(of: .predictions))
    try folder.write(predictions.replacing("0.75", with: "nan"), to: .predictions)
    let page = try runs.page()
    #expect(page.contains("predictions.csv&#39; is damaged: line 2 is not a prediction"))
    #expect(!page.contains("nan"))
  }

  @Test func filesThatDoNotGoTogetherAreNamed() throws {
    let folder = try runs.add(.init())
    let other = try runs.add(.init(hash: "bb", classNames: ["cat", "dog"], predictions: [(0, 0)]))
    func replace(_ file: RunFile) throws {
      try Storage.write(Storage.read(other.path(of: file)), to: folder.path(of: file))
    }
    try replace(.predictions)
    #expect(
      try runs.page().contains("predictions.csv&#39; is damaged: it has other predictions than"))
    try replace(.results)
    #expect(
      try runs.page().contains("results.json is damaged: it has 2 classes, the run 3, not counted"))
  }

  @Test func otherNamesOfASpecAreSaid() throws {
    try runs.add(.init(name: "first"))
    try runs.add(.init(name: "second", seed: 1))
    #expect(try runs.page().contains("Among them are runs of the same spec named &#39;first&#39;."))
  }

  @Test func calibrationHasItsNumbers() throws {
    try runs.add(.init())
    let page = try runs.page()
    // Seven of eight are right, each with confidence 0.75.
    #expect(page.contains("Expected calibration error: <b>0.1250</b>"))
    #expect(
      page.contains(
        "<tr><th scope=\"row\">0.7 – 0.8</th><td class=\"number\" data-key=\"8\">8</td>"
          + "<td class=\"number\" data-key=\"0.75\">0.7500</td><td class=\"number\" data-key=\"0.875\">0.8750</td></tr>"
      ))
  }

  @Test func barsSayWhereTheyBegin() throws {
    try runs.add(.init(predictions: (0..<1000).map { ($0 % 3, $0 == 0 ? 1 : $0 % 3) }))
    #expect(try runs.page().contains("Bars begin at 0.98 and end at 1."))
  }
}
