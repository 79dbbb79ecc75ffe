import Documents
import Records
import Testing

@Suite struct PredictionTableTests {
  private let predictions = PredictionTable(
    labels: [2, 0], predicted: [2, 1], probabilities: [0.1, 0.2, 0.7, 1 / 3, 1 / 3, 1e-9],
    classCount: 3)

  @Test func textHasAColumnForEachClass() {
    #expect(
      predictions.csv == """
        index,label,predicted,p_0,p_1,p_2
        0,2,2,0.1,0.2,0.7
        1,0,1,0.33333334,0.33333334,1e-09

        """)
  }

  @Test func readsBackExactly() throws {
    #expect(try PredictionTable(csv: predictions.csv) == predictions)
  }

  @Test(arguments: [
    ("", "it has no column 'index'"),
    ("index,label,predicted\n", "it has no column 'p_0'"),
    ("index,label,predicted,p_0,p_1\n0,1,2,0.5,0.5\n", "line 2 is not a prediction"),
    ("index,label,predicted,p_0,p_1\n0,2,0,0.5,0.5\n", "line 2 is not a prediction"),
    ("index,label,predicted,p_0,p_1\n0,1,0,0.5,\n", "line 2 is not a prediction"),
    ("index,label,predicted,p_0,p_1\n0,1,0,0.5\n", "line 2 has 4 of 5 values"),
    ("index,label,predicted,p_0,p_1\n1,1,0,0.5,0.5\n", "line 2 is not a prediction"),
    (
      "index,label,predicted,p_0,p_1\n0,1,0,1,0\n0,1,0,1,0\n", "line 3 is not a prediction"
    ),
    ("index,label,predicted,p_0,p_1\n0,1,0,nan,0.5\n", "line 2 is not a prediction"),
    ("index,label,predicted,p_0,p_1\n0,1,0,1.5,0.5\n", "line 2 is not a prediction"),
    ("index,label,predicted,p_0,p_1\n0,1,0,0.5,-0.5\n", "line 2 is not a prediction"),
  ])
  func damageIsNamed(text: String, reason: String) {
    #expect(throws: CSVError(reason: reason)) { try PredictionTable(csv: text) }
  }
}
