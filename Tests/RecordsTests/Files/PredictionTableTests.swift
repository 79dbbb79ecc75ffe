import Documents
import Records
import Testing

@Suite struct PredictionTableTests {
  private let predictions = PredictionTable(
    labels: [2, 0], predicted: [2, 1], probabilities: [0.1, 0.2, 0.7, 1 / 3, 1 / 3, 1e-9],
    classNames: ["0", "1", "2"])

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

  @Test func `images that are held out go by their places among the training images`() throws {
    let table = PredictionTable(
      labels: [1, 0], predicted: [0, 0], probabilities: [0.5, 0.5, 1, 0], classNames: ["a", "b"],
      indices: [3, 71])
    #expect(table.csv.hasSuffix("\n3,b,a,0.5,0.5\n71,a,a,1.0,0.0\n"))
    #expect(try PredictionTable(csv: table.csv) == table)
    #expect(predictions.indices == [0, 1])
  }

  @Test func `the predictions of folds are taken together in their order`() throws {
    let others = PredictionTable(
      labels: [1], predicted: [1], probabilities: [0, 1, 0], classNames: ["0", "1", "2"],
      indices: [7])
    let pooled = try #require(PredictionTable(pooling: [predictions, others]))
    #expect(pooled.labels == [2, 0, 1])
    #expect(pooled.indices == [0, 1, 7])
    #expect(pooled.probabilities == predictions.probabilities + [0, 1, 0])
    let named = PredictionTable(
      labels: [0], predicted: [0], probabilities: [0, 0, 1], classNames: ["0", "1", "two"])
    #expect(PredictionTable(pooling: [predictions, named]) == nil)
    #expect(PredictionTable(pooling: []) == nil)
  }

  @Test func `classes and files go by their names, whatever these are`() throws {
    let table = PredictionTable(
      labels: [1, 0, 2], predicted: [2, 0, 2], probabilities: [0, 0, 1, 1, 0, 0, 0, 0.5, 0.5],
      classNames: ["ox, young", "say \"moo\"", "=two\nlines"],
      files: ["a/1.png", "=HYPERLINK(1)", "b,\"2\".jpg"])
    #expect(
      table.csv == """
        index,label,predicted,file,"p_ox, young","p_say ""moo""\","p_=two
        lines"
        0,"say ""moo""\","'=two
        lines",a/1.png,0.0,0.0,1.0
        1,"ox, young","ox, young",'=HYPERLINK(1),1.0,0.0,0.0
        2,"'=two
        lines","'=two
        lines","b,""2"".jpg",0.0,0.5,0.5

        """)
    #expect(try PredictionTable(csv: table.csv) == table)
  }

  @Test(arguments: [
    ("", "its last line has no end"),
    ("index,label,predicted,p_0,p_0\n", "two of its classes have the same name"),
    (
      "predicted,index,label,p_0\n", "its columns are not index, label, predicted and probabilities"
    ),
    ("index,label,predicted,p_0\n0,0,\"0", "line 2: a quote has no end"),
    ("index,label,predicted\n", "its columns are not index, label, predicted and probabilities"),
    ("index,label,predicted,p_0,p_1\n0,1,2,0.5,0.5\n", "line 2 is not a prediction"),
    ("index,label,predicted,p_0,p_1\n0,2,0,0.5,0.5\n", "line 2 is not a prediction"),
    ("index,label,predicted,p_0,p_1\n0,1,0,0.5,\n", "line 2 is not a prediction"),
    ("index,label,predicted,p_0,p_1\n0,1,0,0.5\n", "line 2 has 4 of 5 values"),
    ("index,label,predicted,p_0,p_1\n-1,1,0,0.5,0.5\n", "line 2 is not a prediction"),
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
