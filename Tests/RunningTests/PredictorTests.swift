import Datasets
import ExperimentExamples
import Files
import Foundation
import Records
import ReferenceBackend
import Running
import Tensors
import Testing

@Suite struct PredictorTests {
  private let runs: RunsFolder

  init() throws { runs = try RunsFolder() }

  private func model(seed: Int, in runs: RunsFolder? = nil) throws -> SavedModel {
    let runs = runs ?? self.runs
    let run = try runs.begin(seed: seed)
    return try SavedModel(
      runs.runner.execute(run, observe: { _ in }, isInterrupted: { false }).folder)
  }

  /// The images on which runs are scored, as files of PNG.
  private func inputs() throws -> [String] {
    let final = runs.runner.data.final
    return try (0..<final.count).map { sample in
      let path = "\(runs.path)/\(sample).png"
      try Storage.write(try final.picture(of: sample).encodedPNG(), to: path)
      return path
    }
  }

  private func probabilities(_ predictor: Predictor) throws -> [Float] {
    let images = InputImages(try inputs(), predictor.preparation)
    try #require(images.problems.isEmpty)
    return try predictor.probabilities(of: images, backend: ReferenceBackend())
  }

  @Test func `a run predicts pictures of its test images as it recorded`() throws {
    let model = try model(seed: 0)
    #expect(
      try probabilities(Predictor([model.folder], for: []))
        == model.folder.predictions().probabilities)
  }

  @Test func `an ensemble has the mean of its members' probabilities`() throws {
    let models = try [0, 1, 2].map { try model(seed: $0) }
    let recorded = try models.map { try $0.folder.predictions().probabilities }
    let means = recorded[0].indices.map { place in
      recorded.reduce(0) { $0 + Double($1[place]) } / 3
    }
    let found = try probabilities(Predictor(models.map(\.folder), for: []))
    #expect(zip(found, means).allSatisfy { abs(Double($0) - $1) < 1e-6 })
  }

  @Test func `a run and its copy are one member of an ensemble`() throws {
    let models = try [0, 1].map { try model(seed: $0) }
    let copy = models[0].folder.path + "-copy"
    try FileManager.default.copyItem(atPath: models[0].folder.path, toPath: copy)
    let predictor = try Predictor(
      [models[0].folder, RunFolder(path: copy), models[1].folder], for: [])
    #expect(try probabilities(predictor) == probabilities(Predictor(models.map(\.folder), for: [])))
    #expect(
      predictor.notes == [
        "\(copy) has the same weights as \(models[0].folder.path): the ensemble has them once"
      ])
  }

  @Test func `calibrated probabilities are those at the run's temperature`() throws {
    let model = try model(seed: 0)
    let temperature = try #require(model.calibration).temperature
    // softmax(log p ÷ T) is p^(1 ÷ T), divided by the sum over the classes.
    let recorded = try model.folder.predictions().probabilities
    let expected = stride(from: 0, to: recorded.count, by: 10).flatMap { start in
      let powers = recorded[start..<start + 10].map { pow(Double($0), 1 / temperature) }
      return powers.map { $0 / powers.reduce(0, +) }
    }
    let found = try probabilities(Predictor([model.folder], for: [], isCalibrated: true))
    #expect(found != recorded)
    #expect(zip(found, expected).allSatisfy { abs(Double($0) - $1) < 1e-6 })
  }

  @Test func `a run without temperature cannot be calibrated`() throws {
    let data = "{dataset: {type: synthetic_digits, training: 60, test: 20, size: 16}}"
    let others = try RunsFolder(["data": data])
    let model = try model(seed: 0, in: others)
    let error = #expect(throws: NoTemperatureError.self) {
      try Predictor([model.folder], for: [], isCalibrated: true)
    }
    #expect(error?.run == model.folder.path)
    withExtendedLifetime(others) {}
  }

  @Test func `runs that prepare pictures in other ways make no ensemble`() throws {
    let final = runs.runner.data.final
    for sample in 0..<12 {
      try Storage.createFolder("\(runs.path)/pictures/\(sample % 2)")
      try Storage.write(
        final.picture(of: sample).encodedPNG(),
        to: "\(runs.path)/pictures/\(sample % 2)/\(sample).png")
    }
    let folders = try ["crop", "pad"].map { fit in
      let dataset =
        "{type: image_folder, path: '\(runs.path)/pictures', image_size: [16, 16], fit: \(fit)}"
      return try RunsFolder([
        "data": "{dataset: \(dataset), validation: 4}",
        "model": "{layers: [flatten, {type: dense, units: 2, activation: softmax}]}",
      ])
    }
    let models = try folders.map { try model(seed: 0, in: $0) }
    let error = #expect(throws: EnsembleError.self) { try Predictor(models.map(\.folder), for: []) }
    #expect(error?.difference == .preparation)
    #expect(error?.description.contains("their data prepares pictures in other ways") == true)
    withExtendedLifetime(folders) {}
  }

  @Test func `runs that take other images make no ensemble`() throws {
    let data =
      "{dataset: {type: synthetic_digits, training: 60, test: 20, size: 20}, validation: 20}"
    let others = try RunsFolder(["data": data])
    let models = [try model(seed: 0), try model(seed: 0, in: others)]
    let error = #expect(throws: EnsembleError.self) { try Predictor(models.map(\.folder), for: []) }
    #expect(error?.runs == models.map(\.folder.path))
    #expect(error?.description.contains("they take other images: 16×16×1 and 20×20×1") == true)
    withExtendedLifetime(others) {}
  }
}
