import Diagnostics

extension Diagnostic.Identifier {
  // Data and augmentation
  package static let otherTable = Self("otherTable")
  package static let needsImageSize = Self("needsImageSize")
  package static let limitOutOfRange = Self("limitOutOfRange")
  package static let badSplit = Self("badSplit")
  package static let lackingFolds = Self("lackingFolds")
  package static let badFolds = Self("badFolds")
  package static let keyWithoutEffect = Self("keyWithoutEffect")
  package static let otherPreparation = Self("otherPreparation")
  package static let nothingToScore = Self("nothingToScore")
  package static let nothingToTrainOn = Self("nothingToTrainOn")
  package static let channelCount = Self("channelCount")
  package static let largeKernel = Self("largeKernel")
  package static let misplacedMixing = Self("misplacedMixing")
  package static let reversedLimits = Self("reversedLimits")
  package static let hardlyMoved = Self("hardlyMoved")
  package static let tornImages = Self("tornImages")
  package static let confusedDigits = Self("confusedDigits")
}
