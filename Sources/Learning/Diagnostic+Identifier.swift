import Diagnostics

extension Diagnostic.Identifier {
  // Layers
  package static let duplicateName = Self("duplicateName")
  package static let unknownInput = Self("unknownInput")
  package static let unknownLayer = Self("unknownLayer")
  package static let inputCount = Self("inputCount")
  package static let unusedLayer = Self("unusedLayer")
  package static let shapeMismatch = Self("shapeMismatch")
  package static let unevenGroups = Self("unevenGroups")
  package static let outputWidth = Self("outputWidth")
  package static let noProbabilities = Self("noProbabilities")
  package static let repeatedSoftmax = Self("repeatedSoftmax")
  package static let nothingToLearn = Self("nothingToLearn")
  package static let nothingFrozen = Self("nothingFrozen")
  package static let frozenAndTrainable = Self("frozenAndTrainable")
  package static let nothingTaken = Self("nothingTaken")
  package static let tooLarge = Self("tooLarge")

  // Templates
  package static let unknownBlock = Self("unknownBlock")
  package static let reservedParameter = Self("reservedParameter")

  // Loss, optimizer, schedule, training
  package static let classWeight = Self("classWeight")
  package static let noWeightDecay = Self("noWeightDecay")
  package static let noMomentum = Self("noMomentum")
  package static let nesterovWithoutMomentum = Self("nesterovWithoutMomentum")
  package static let longWarmup = Self("longWarmup")
  package static let pieceCount = Self("pieceCount")
  package static let boundaryOrder = Self("boundaryOrder")
  package static let noDecaySteps = Self("noDecaySteps")
  package static let noRestarts = Self("noRestarts")
  package static let noThirdPhase = Self("noThirdPhase")
  package static let shortCycle = Self("shortCycle")
  package static let laneSize = Self("laneSize")
  package static let unreachedSchedule = Self("unreachedSchedule")
  package static let extremeLearningRate = Self("extremeLearningRate")

  // Callbacks
  package static let noTime = Self("noTime")
}
