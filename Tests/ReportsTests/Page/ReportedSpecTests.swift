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
    #expect(pictures.map { Data(base64Encoded: $0).map { [UInt8]($0) } } == [file, file])
    #expect(page.contains("title=\"test 3: 0.7500\""), "beside its pair of classes")
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

  /// Five images, of which all of three seeds get two wrong.
  private func addSeeds(picture: [UInt8]? = nil) throws {
    for (seed, predicted) in [[0, 2, 2, 2, 0], [0, 2, 2, 0, 0], [0, 2, 2, 2, 1]].enumerated() {
      try runs.add(
        .init(
          seed: seed, predictions: Array(zip([0, 1, 2, 1, 0], predicted)), picture: picture))
    }
  }

  @Test func `mistakes of all runs, their agreement and pairs of classes are shown`() throws {
    try addSeeds(picture: RecordedRuns.picture)
    let page = try runs.page()
    #expect(
      page.contains(
        "All 3 runs take 3 of 5 test images (60.0 %) for the same class, right or wrong; two of them agree on "
          + "73.3 % in the mean over pairs. Fleiss&#39; kappa, the agreement beyond chance, is 0."))
    #expect(
      page.contains("All 3 runs take 2 of 5 test images for another class: look whether the label"))
    let listed = try #require(page.parts(from: "<ul class=\"mistakes\">", to: "</ul>").first)
    #expect(
      listed.parts(from: "<small>", to: "</small>") == ["0.7500", "test 1", "0.5417", "test 3"])
    #expect(listed.count(of: "<img ") == 2)
    let pairs = try #require(
      page.parts(from: "<caption class=\"unseen\">Mistakes by pair of classes", to: "</table>")
        .first)
    #expect(pairs.parts(from: "<th scope=\"row\">", to: "</th>") == ["dog", "cat"])
    #expect(pairs.contains("title=\"test 4: 0.3333, wrong in 1 of 3 runs\""))
  }

  @Test func `without pictures mistakes of all runs go by their names`() throws {
    try addSeeds()
    let page = try runs.page()
    #expect(page.contains("No run kept pictures of them."))
    #expect(page.contains("<div class=\"thumbnails\"><span>test 1</span><span>test 3</span></div>"))
    try runs.add(.init(seed: 3, predictions: [(0, 0), (1, 1), (2, 2), (1, 1), (0, 0)]))
    #expect(
      try runs.page().contains("No test image is taken for another class by all 4 runs."))
  }

  @Test func `the predictions on all folds of a seed are shown together`() throws {
    for seed in 0..<2 {
      for fold in 0..<2 {
        try runs.add(
          .init(
            seed: seed, fold: (fold, 2),
            predictions: [(0, 0), (1, fold + 1), (2, 2)], confidence: fold == 0 ? 0.75 : 0.875,
            indices: [fold, fold + 10, fold + 20], picture: RecordedRuns.picture))
      }
    }
    let page = try runs.page()
    #expect(page.contains("Seed 0, all folds together; the other runs are listed below."))
    #expect(page.contains("Both runs take 6 of 6 validation images (100.0 %)"))
    #expect(page.contains("<small>0.8750</small><small>training 11</small>"))
    // Five of six with a mean confidence of 0.8125.
    #expect(page.contains("Expected calibration error:"))
    let metrics = page.parts(from: "<code>roc_auc_macro</code>", to: "</tr>")
    #expect(metrics.first?.contains("–") == false, "\(metrics)")
    #expect(!page.contains("are unknown"))
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
