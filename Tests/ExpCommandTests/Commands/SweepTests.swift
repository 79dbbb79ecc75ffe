import Foundation
import Testing

/// A spec that is put together from others, and varied, as a user runs it.
@Suite struct SweepTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.writeStripes()
    try place.write(
      """
      extends: stripes.yaml
      variables: {width: 4}
      model:
        layers:
          - {type: repeat, times: 2, layers: [{type: conv2d, filters: "${width}", kernel_size: 3}]}
          - flatten
          - {type: dense, units: 3, activation: softmax}
      sweep:
        parameters:
          variables.width: [2, 4]
          optimizer: {plain: sgd, usual: {type: adam, learning_rate: 0.01}}
      """, to: "study.yaml")
  }

  @Test func aDryRunListsWhatVariesAndRunsNothing() throws {
    let ending = try place.exp("run study.yaml --seeds 0-1 --dry-run")
    #expect(ending.code == 0)
    #expect(ending.error == "4 experiments, 8 runs\n")
    #expect(
      ending.output == """
        #  width  optimizer  experiment  seeds
        1  2      plain      study       0, 1
        2  2      usual      study       0, 1
        3  4      plain      study       0, 1
        4  4      usual      study       0, 1

        """)
    #expect(!place.exists("runs"))
  }

  @Test func eachCombinationHasItsRunsAndItsRow() throws {
    let ending = try place.exp("run study.yaml --seeds 0-1 --set training.epochs=1")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.error.contains("study, 2 of 4, width: 2, optimizer: usual: "))
    // What is printed of results names their combination, also where the progress goes elsewhere.
    #expect(ending.output.contains("study, 2 of 4, width: 2, optimizer: usual:\n\nseed  status"))
    let names = place.names(in: "runs/study")
    #expect(names.count == 8)
    let pattern = /\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d_[0-9a-f]{6}_seed-[01]/
    #expect(names.allSatisfy { $0.wholeMatch(of: pattern) != nil })
    let table = try place.exp("compare --metrics val_accuracy").output
    for row in ["width: 2, optimizer: plain", "width: 4, optimizer: usual"] {
      #expect(table.contains("study (\(row))"), "\(table)")
    }
    // A run of the sweep is repeated by its resolved spec alone.
    let run = "runs/study/\(names[0])"
    let again = try place.exp("run \(run)/resolved.yaml --output-dir again")
    #expect(again.code == 0)
    let copy = try #require(place.runs(of: "study", in: "again").first)
    #expect(
      try place.bytes("\(copy)/weights.safetensors") == place.bytes("\(run)/weights.safetensors"))
  }

  @Test func checkingShowsTheFirstAndListsAll() throws {
    let output = try place.exp("check study.yaml").output
    #expect(output.contains("conv2d_1 "))
    #expect(output.contains("\nThis is the first of 4 experiments:\n\n#  width  optimizer"))
  }

  @Test func aValueSaysWhereItComesFrom() throws {
    #expect(try place.exp("run study.yaml --set sweep=~ --set training.epochs=1").code == 0)
    func show(_ key: String) throws -> String {
      let ending = try place.exp("show latest \(key)")
      #expect(ending.code == 0)
      return ending.output + ending.error
    }
    #expect(try show("training.epochs") == "1\n--set training.epochs=1\n")
    #expect(try show("training.batch_size") == "16\nstripes.yaml:4:35\n")
    #expect(
      try show("model.layers.conv2d_1.filters")
        == "4\nstudy.yaml:5:65; in repetition 2 of 2: study.yaml:5:7; 'width' is set here: study.yaml:2:20\n"
    )
    #expect(try show("optimizer.beta_1") == "0.9\nby default\n")
    // Items by number or by name, and the end of an address, lead to the same.
    #expect(try show("conv2d_1.filters") == show("model.layers.conv2d_1.filters"))
    #expect(try show("model.layers.1.filters") == show("model.layers.conv2d_1.filters"))
    #expect(try show("beta_1") == "0.9\nby default\n")
    let ambiguous = try place.exp("show latest filters")
    #expect(ambiguous.code == 64 && ambiguous.error.contains("'filters' is the end of "))
    #expect(
      try show("training")
        == "epochs: 1\nbatch_size: 16\nsampling: uniform\nlane_size: 8\nepochs: --set training.epochs=1\nbatch_size: stripes.yaml:4:35\n"
    )
    #expect(try place.exp("show latest trainig.epochs").code == 66)
    let run = try #require(place.runs(of: "study").first)
    try FileManager.default.removeItem(atPath: "\(place.path)/\(run)/values.json")
    #expect(try place.exp("show latest results.epochs").output == "1\n")
  }

  @Test func whatCannotBeSetIsShownInTheCommandLine() throws {
    let ending = try place.exp(
      "run study.yaml --set optimiser.momentum=1 --set model.layers.conv.filters=2")
    #expect(ending.code == 65)
    #expect(
      ending.error.contains(
        """
        --set:1:1: error: 'experiment' has no 'optimiser'
            1 | optimiser.momentum=1
              | ^
        hint: did you mean 'optimizer'?
        """), "\(ending.error)")
    #expect(
      ending.error.contains(
        """
        --set:2:14: error: nothing in 'layers' is called 'conv'
            2 | model.layers.conv.filters=2
              |              ^
        hint: 'layers' has repeat (0), flatten (1), dense (2)
        """), "\(ending.error)")
    #expect(!place.exists("runs"))
  }

  @Test func aMissingFileThatIsExtendedIsAMissingInput() throws {
    try place.write("extends: nothing.yaml\n", to: "own.yaml")
    let ending = try place.exp("check own.yaml")
    #expect(ending.code == 66)
    #expect(ending.error.hasPrefix("own.yaml:1:10: error: cannot read 'nothing.yaml': "))
  }
}
