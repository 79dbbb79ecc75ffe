import Documents
import Records
import Testing

@Suite struct TraceTests {
  private static let text = """
    epoch,step,name,value
    1,1,loss,2.5
    1,2,loss,inf
    1,2,dense.kernel,0123456789abcdef

    """

  @Test func rowsAreWhatWasAppended() throws {
    var trace = Trace()
    trace.append(loss: 2.5, epoch: 1, step: 1)
    trace.append(loss: .infinity, epoch: 1, step: 2)
    trace.append("dense.kernel", checksum: "0123456789abcdef0123", epoch: 1, step: 2)
    #expect(trace.csv == Self.text)
    let rows = try trace.rows()
    #expect(rows.map(\.epoch) == [1, 1, 1])
    #expect(rows.map(\.step) == [1, 2, 2])
    #expect(rows.map(\.name) == ["loss", "loss", "dense.kernel"])
    #expect(rows.map(\.value) == ["2.5", "inf", "0123456789abcdef"])
    #expect(rows.map(\.isLoss) == [true, true, false])
  }

  @Test func aTraceWithoutStepsHasNoRows() throws { #expect(try Trace().rows() == []) }

  @Test(arguments: [
    ("", "its columns are not epoch, step, name, value"),
    ("epoch,name\n", "its columns are not epoch, step, name, value"),
    ("epoch,step,name,value\n1,1,loss,2", "its last line has no end"),
    ("epoch,step,name,value\n1,1,loss,2\n1,loss,2\n", "line 3 is not of a step"),
    ("epoch,step,name,value\n1,x,loss,2\n", "line 2 is not of a step"),
  ])
  func otherTextIsNoTrace(text: String, reason: String) {
    #expect(throws: CSVError(reason: reason)) { try Trace(csv: text).rows() }
  }
}
