import Diagnostics

extension Diagnostic.Identifier {
  // The experiment
  package static let precision = Self("precision")
  package static let noName = Self("noName")
  package static let unknownMetric = Self("unknownMetric")
  package static let largeBatch = Self("largeBatch")
  package static let emptyClass = Self("emptyClass")
  package static let missingValidationClass = Self("missingValidationClass")
  package static let slowStatistics = Self("slowStatistics")
  package static let fastStatistics = Self("fastStatistics")
  package static let singleImageBatch = Self("singleImageBatch")
  package static let repeatedBalance = Self("repeatedBalance")

  // Sweeps
  package static let sweepMethod = Self("sweepMethod")
  package static let sweepLabel = Self("sweepLabel")
  package static let sweptOverride = Self("sweptOverride")
  package static let duplicateCell = Self("duplicateCell")

  // Weights to start from
  package static let weightsUnreadable = Self("weightsUnreadable", exitStatus: .inputMissing)
  package static let weightsDamaged = Self("weightsDamaged")
  package static let weightsChanged = Self("weightsChanged")
  package static let weightsRenamed = Self("weightsRenamed")
  package static let weightsMismatch = Self("weightsMismatch")
  package static let weightsUnusable = Self("weightsUnusable")

  // Callbacks and targets
  package static let unknownMonitor = Self("unknownMonitor")
  package static let noValidation = Self("noValidation")
  package static let undefinedMetric = Self("undefinedMetric")
  package static let noTest = Self("noTest")
  package static let repeatedCheckpoint = Self("repeatedCheckpoint")
  package static let repeatedAveraging = Self("repeatedAveraging")
  package static let lateCallback = Self("lateCallback")
  package static let repeatedCallback = Self("repeatedCallback")
  package static let reversedMode = Self("reversedMode")
  package static let latePlateau = Self("latePlateau")
  package static let highLeastRate = Self("highLeastRate")
  package static let idleCallback = Self("idleCallback")
}
