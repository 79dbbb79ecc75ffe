import Launching
import Learning
import Metrics
import Testing

@Suite struct JobReportTests {
  private static let step = StepProgress(
    epoch: 2, step: 3, stepCount: 7, imageCount: 48, seconds: 0.1, loss: 1.0 / 3, accuracy: 0.5,
    stepLoss: 1e-300)
  private static let record = EpochRecord(
    epoch: 2, seconds: 0.3, learningRate: 1e-3, loss: 0.1, accuracy: 1.0 / 7,
    validation: [.loss: .infinity, .accuracy: 2.0 / 3])

  @Test(arguments: [
    JobReport.step(step), .epoch(record), .note("stopped:\nno \"progress\""), .scoring,
    .message("naïve\u{1B}"), .ended(.exit(code: 75)), .ended(.signal(9)), .ended(.unseen),
  ])
  func aReportIsOneLineThatReadsBackExactly(report: JobReport) throws {
    let line = try report.line()
    #expect(!line.contains("\n"))
    #expect(JobReport(line: line) == report)
  }

  @Test(arguments: ["dnnl_verbose,info", "", "{}", "{\"step\":{}}"])
  func whatIsNoReportIsAMessage(line: String) { #expect(JobReport(line: line) == .message(line)) }
}
