extension Diagnostic {
  /// The kind of a mistake. All stand here, so that each is explained once and has its example: a test looks for a
  /// spec that has the mistake, and for what is said of it.
  package enum Identifier: String, CaseIterable, Sendable {
    // Files
    case fileNotFound, fileNotReadable, fileTooBig, invalidUTF8, emptyFile
    // YAML
    case yamlSyntax, tabIndentation, multipleDocuments, nestedTooDeep, tooManyNodes
    case yamlTag, mergeKey, keyNotText, duplicateKey, unknownAnchor, aliasOfItself
    // Values of declared fields
    case unknownKey, missingKey, unknownType, missingType, wrongType, outOfRange
    // Composition: extends, --set, ${…}, blocks, sweeps
    case badPath, unknownItem, badOverride, badExpression, unknownVariable, expansionTooLarge
    case unknownBlock, reservedParameter, sweepMethod, sweptOverride, duplicateCell
    // The experiment
    case precision, noName, noSeeds, badSeeds, duplicateSeed, unknownMetric
    // Data and augmentation
    case limitOutOfRange, nothingToTrainOn, misplacedMixing, reversedLimits, hardlyMoved, tornImages
    case confusedDigits
    // Layers
    case duplicateName, unknownInput, inputCount, cycle, unusedLayer, shapeMismatch, unevenGroups
    case outputWidth, noProbabilities, repeatedSoftmax, nothingToLearn, tooLarge
    // Weights to start from
    case weightsUnreadable, weightsDamaged, weightsChanged, weightsMismatch, weightsNotFinite
    // Loss, optimizer, schedule, training
    case classWeight, noWeightDecay, noMomentum, nesterovWithoutMomentum, longWarmup, pieceCount
    case boundaryOrder, noDecaySteps, noRestarts, noThirdPhase, shortCycle, laneSize
    case extremeLearningRate, largeBatch
    // Callbacks and targets
    case unknownMonitor, noValidation, repeatedCheckpoint, repeatedAveraging, lateCallback, noTime
    case repeatedCallback, idleCallback
    // The command line
    case usage, unknownColumn, filterSyntax
  }
}
