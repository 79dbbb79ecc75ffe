import Foundation
import Launching
import Learning
import Metrics
import Testing

@Suite struct JobReporterTests {
  @Test func ofManyStepsInARowOnlyAFewAreReportedButEveryEpochIs() throws {
    let pipe = Pipe()
    let reporter = JobReporter(descriptor: pipe.fileHandleForWriting.fileDescriptor)
    for step in 1...1000 {
      reporter.report(
        .stepEnded(
          StepProgress(
            epoch: 1, step: step, stepCount: 1000, imageCount: step, seconds: 0, loss: 0,
            accuracy: 0, stepLoss: 0)))
    }
    let record = EpochRecord(
      epoch: 1, seconds: 1, learningRate: 1, loss: 1, accuracy: 1, validation: [:])
    reporter.report(.trainingStarted(kernelChoices: ["a"]))
    reporter.report(.epochEnded(record))
    reporter.report(.note("done"))
    reporter.report(.trainingEnded)
    try pipe.fileHandleForWriting.close()
    let text = String(
      decoding: try #require(try pipe.fileHandleForReading.readToEnd()), as: UTF8.self)
    let reports = text.split(separator: "\n").map { JobReport(line: String($0)) }
    #expect(reports.suffix(3) == [.epoch(record), .note("done"), .scoring])
    guard case .step(let first) = reports.first else {
      return #expect(Bool(false), "the first step is not reported")
    }
    #expect(first.step == 1)
    #expect(reports.count < 500)
  }
}
