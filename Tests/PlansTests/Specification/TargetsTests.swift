import ExperimentExamples
import Testing

@Suite struct TargetsTests {
  @Test func targetsKeepTheirOrder() throws {
    let plan = try Reading(spec(["targets": "{test_f1_macro: 0.9, val_loss: 1}"])).plan
    #expect(plan?.spec.targets.all.map(\.name.rawValue) == ["test_f1_macro", "val_loss"])
    #expect(plan?.spec.targets.all.map(\.value) == [0.9, 1])
  }

  @Test(arguments: [
    ("test_acc", "test_accuracy"), ("accuracy", "test_accuracy"), ("test_f1", "test_f1_macro"),
    ("val_acc", "val_accuracy"), ("f1", "test_f1_macro"), ("test_f1_marco", "test_f1_macro"),
  ])
  func foreignNamesGetTheRightOne(name: String, right: String) throws {
    let text = try Reading(spec(["targets": "{\(name): 0.9}"])).text
    #expect(text.contains("error: there is no metric '\(name)' to reach\n"))
    #expect(text.contains("hint: did you mean '\(right)'? there are val_loss, "))
  }
}
