import Datasets
import Tensors
import Testing

struct DataSurveyTests {
  @Test func `channels are measured on the training images, and what is constant has no deviation`()
    throws
  {
    // Two pixels an image; red is 0 and 255 in turn, green always 51, blue 0, 0, 255, 255.
    let pixels: [UInt8] = [0, 51, 0, 255, 51, 0, 0, 51, 255, 255, 51, 255]
    let dataset = LoadedDataset(
      type: "idx", imageShape: ImageShape(height: 1, width: 2, channels: 3),
      classNames: ["a", "b"], training: LabelledImages(images: pixels, labels: [0, 1]),
      test: LabelledImages(images: pixels + pixels, labels: [0, 1, 1, 1]))
    let survey = DataSurvey(of: try DataSpec().prepare(dataset))
    #expect(survey.means == [0.5, 0.2, 0.5])
    #expect(survey.deviations == [0.5, 0, 0.5])
    #expect(survey.parts.map(\.name) == ["training", "test"])
    #expect(survey.parts.map(\.counts) == [[1, 1], [1, 3]])
    #expect(survey.parts.map(\.repeatedCount) == [0, 2])
  }

  @Test func `of a test set alone the images to score are counted and measured`() throws {
    let folder = try TestFolder()
    let rows = "oak,255\noak,0\ndaisy,0\noak,0\n"
    let path = try folder.write(Array(("label,pixel0\n" + rows).utf8), to: "test.csv")
    let set = try testSet(
      "{dataset: {type: csv, path: '\(path)', image_shape: [1, 1]}}", cachedIn: folder)
    let survey = DataSurvey(of: set)
    #expect(survey.means == [0.25])
    #expect(survey.parts.map(\.name) == ["test"])
    #expect(survey.parts.map(\.counts) == [[1, 3]])
    #expect(survey.parts.map(\.repeatedCount) == [2])
  }
}
