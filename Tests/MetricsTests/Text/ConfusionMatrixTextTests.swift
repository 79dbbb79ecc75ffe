import Metrics
import Testing

@Suite struct ConfusionMatrixTextTests {
  @Test func zerosAreDots() {
    let matrix = ConfusionMatrix(
      labels: [0, 0, 1, 2, 2], predictions: [0, 0, 1, 1, 2], classCount: 3)
    #expect(
      matrix.text(classNames: ["0", "1", "2"]) == """
        rows: actual class, columns: predicted class

           0  1  2
        0  2  .  .
        1  .  1  .
        2  .  1  1

        """)
  }

  @Test func longNamesNumberTheColumns() {
    let matrix = ConfusionMatrix(labels: [0, 1, 1], predictions: [0, 1, 0], classCount: 2)
    #expect(
      matrix.text(classNames: ["猫 (cat)", "dalmatian"]) == """
        rows: actual class, columns: predicted class

                     0  1
         0 猫 (cat)  1  .
        1 dalmatian  1  1

        """)
  }

  @Test func manyClassesListTheMostFrequentConfusions() {
    var matrix = ConfusionMatrix(classCount: 256)
    for _ in 0..<12 { matrix.add(label: 200, prediction: 3) }
    matrix.add(label: 4, prediction: 9)
    matrix.add(label: 4, prediction: 4)
    #expect(
      matrix.text(classNames: (0..<256).map(String.init)) == """
        256 classes; all of 2 confusions, actual → predicted

        12  200 → 3
         1    4 → 9

        """)
  }

  @Test func manyClassesWithoutAMistakeSaySo() {
    let text = ConfusionMatrix(classCount: 25).text(classNames: (0..<25).map(String.init))
    #expect(text == "no class was ever taken for another\n")
  }

  @Test func listOfConfusionsEndsAfterForty() {
    var matrix = ConfusionMatrix(classCount: 50)
    for label in 0..<49 { matrix.add(label: label, prediction: label + 1) }
    let text = matrix.text(classNames: (0..<50).map(String.init))
    #expect(text.hasPrefix("50 classes; the 40 most frequent of 49 confusions"))
    #expect(text.split(separator: "\n").count == 41)
  }
}
