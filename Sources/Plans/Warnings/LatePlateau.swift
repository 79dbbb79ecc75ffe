import Diagnostics
import Learning

/// Plateaus for which training never waits long enough.
enum LatePlateau: WarningRule {
  static func check(_ plan: CheckedPlan, _ diagnostics: inout Diagnostics) {
    let callbacks = plan.sections.callbacks
    let epochs = plan.sections.training?.epochs ?? .max
    for callback in callbacks {
      guard let plateau = callback.value as? ReduceLROnPlateau else { continue }
      for other in callbacks {
        guard let stopping = other.value as? EarlyStopping,
          stopping.monitor == plateau.monitor, stopping.startFromEpoch == 0,
          stopping.patience <= plateau.patience, stopping.patience < epochs
        else { continue }
        diagnostics.warning(
          .latePlateau,
          "'\(ReduceLROnPlateau.type)' waits \(plateau.patience) epochs without improvement, but "
            + "'\(EarlyStopping.type)' ends training after \(max(1, stopping.patience))",
          at: plateau.$patience.location,
          notes: [.init("it is here", at: stopping.$patience.location)],
          hint: "lower the 'patience' of the one, or raise that of the other")
        break
      }
    }
  }
}
