import Diagnostics

extension Diagnostic.Identifier {
  // Files
  package static let fileNotFound = Self("fileNotFound", exitStatus: .inputMissing)
  package static let fileNotReadable = Self("fileNotReadable", exitStatus: .inputMissing)
  package static let fileTooBig = Self("fileTooBig")
  package static let invalidUTF8 = Self("invalidUTF8")
  package static let emptyFile = Self("emptyFile")

  // YAML
  package static let yamlSyntax = Self("yamlSyntax")
  package static let tabIndentation = Self("tabIndentation")
  package static let multipleDocuments = Self("multipleDocuments")
  package static let nestedTooDeep = Self("nestedTooDeep")
  package static let tooManyNodes = Self("tooManyNodes")
  package static let yamlTag = Self("yamlTag")
  package static let mergeKey = Self("mergeKey")
  package static let keyNotText = Self("keyNotText")
  package static let duplicateKey = Self("duplicateKey")
  package static let unknownAnchor = Self("unknownAnchor")
  package static let aliasOfItself = Self("aliasOfItself")

  // Values of declared fields
  package static let unknownKey = Self("unknownKey")
  package static let missingKey = Self("missingKey")
  package static let unknownType = Self("unknownType")
  package static let missingType = Self("missingType")
  package static let wrongType = Self("wrongType")
  package static let outOfRange = Self("outOfRange")
  package static let noNumbers = Self("noNumbers")
  package static let badNumbers = Self("badNumbers")
  package static let duplicateNumber = Self("duplicateNumber")

  // Composition: extends, --set, ${…}
  package static let badPath = Self("badPath")
  package static let unknownItem = Self("unknownItem")
  package static let badOverride = Self("badOverride", exitStatus: .usage)
  package static let badExpression = Self("badExpression")
  package static let unknownVariable = Self("unknownVariable")
  package static let expansionTooLarge = Self("expansionTooLarge")
  package static let cycle = Self("cycle")
}
