import Glibc
import Testing

/// Datasets without a test part, and with names for their classes.
@Suite struct PartsTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes([
      "data": "{dataset: {type: idx, path: data, class_names: [oak, elm, ash]}, validation: 24}",
      "loss": "{type: categorical_crossentropy, class_weight: {elm: 2}}",
    ])
    for name in Stripes.names.suffix(2) { #expect(unlink("\(place.path)/data/\(name)") == 0) }
  }

  @Test func `without a test part every table says that scores are validation's`() throws {
    let run = try place.exp("run stripes.yaml")
    #expect(run.code == 0, "\(run.error)")
    #expect(run.error.contains("72 training, 24 validation, 0 test images"))
    #expect(run.output.contains("Validation images, seed 0:"))
    #expect(!run.output.contains("test_"))
    let folder = place.runs(of: "stripes")[0]
    let predictions = try place.text("\(folder)/predictions.csv").split(separator: "\n")
    #expect(predictions.count == 25)
    #expect(predictions[0] == "index,label,predicted,p_oak,p_elm,p_ash")
    // Image n of the dataset's training images is of class n modulo 3.
    for prediction in predictions.dropFirst() {
      let index = try #require(Int(prediction.prefix { $0 != "," }))
      #expect(prediction.hasPrefix("\(index),\(["oak", "elm", "ash"][index % 3]),"))
    }

    let table = try place.exp("compare").output
    #expect(table.contains("val_f1_macro") && !table.contains("test_"))
    #expect(table.contains("there is no test part, so all scores are validation's"))
    #expect(try place.exp("list").output.contains("val_f1_macro"))
    #expect(try place.exp("compare --per-class").output.contains("val_precision"))

    for command in ["evaluate", "verify"] {
      let ending = try place.exp("\(command) latest")
      #expect(ending.code == 0, "\(ending.output)\(ending.error)")
    }
    #expect(try place.exp("report latest -o page.html").code == 0)
    let page = try place.text("page.html")
    #expect(page.contains("Scores of each class on the validation images"))
    #expect(page.contains("there is no test part"))
  }

  @Test func `a share of the training images serves as the test part`() throws {
    let run = try place.exp("run stripes.yaml --set data.test=0.25")
    #expect(run.code == 0, "\(run.error)")
    #expect(run.error.contains("48 training, 24 validation, 24 test images"))
    #expect(run.output.contains("Test images, seed 0:"))
    #expect(try place.exp("verify latest").code == 0)
  }

  @Test func `a weight of a class that is not there is told with its names`() throws {
    let ending = try place.exp("check stripes.yaml --set loss.class_weight.ahs=2")
    #expect(ending.code == 65)
    #expect(ending.error.contains("there is no class 'ahs'"))
    #expect(ending.error.contains("did you mean 'ash'? the data's classes are oak, elm, ash"))
  }
}
