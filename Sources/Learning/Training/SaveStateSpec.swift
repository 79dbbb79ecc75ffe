import Diagnostics
import Specs

/// The section `save_state:`, which says how often a run saves the state from which it resumes after a crash.
package struct SaveStateSpec: Spec {
  package static let type = "save_state"
  package static let summary = "How often a run saves what 'exp resume' goes on from."
  package static let source: String? = "Keras's BackupAndRestore"

  @Field("Saves after each so many epochs.", example: "5", .atLeast(1)) package var everyEpochs = 1
  @Field(
    "Besides, saves as soon as so many minutes have passed since the last time, in mid-epoch.",
    example: "10", .greaterThan(0)) package var everyMinutes: Double?

  package init() {}

  package static var otherKeys: OtherNames {
    [
      "every_epochs": ["save_freq", "every_n_epochs", "period"]
    ]
  }
}
