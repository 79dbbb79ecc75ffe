import Documents

extension Manifest: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    format = try json(.format)
    status = try json(.status)
    name = try json(.name)
    description = try json(ifPresent: .description)
    variant = try json(ifPresent: .variant)
    tag = try json(ifPresent: .tag)
    note = try json(ifPresent: .note)
    seed = try json(.seed)
    specHash = try json(.specHash)
    command = try json(.command)
    started = try json(.started)
    ended = try json(ifPresent: .ended)
    exitCode = try json(ifPresent: .exitCode)
    failure = try json(ifPresent: .failure)
    resumptions = try json(ifPresent: .resumptions) ?? []
    epochsPlanned = try json(.epochsPlanned)
    data = try json(.data)
    layers = try json(.layers)
    parameterCount = try json(.parameterCount)
    laneSize = try json(.laneSize)
    kernelChoices = try json(.kernelChoices)
    machine = try json(.machine)
    expVersion = try json(.expVersion)
    toolchain = try json(ifPresent: .toolchain)
    gitCommit = try json(ifPresent: .gitCommit)
    gitDirty = try json(ifPresent: .gitDirty)
    gitDiffCut = try json(ifPresent: .gitDiffCut)
  }
}

extension RunStatus: JSONReadable {
  package init(json: JSONNode) throws {
    let name = try json.string
    guard let status = RunStatus(rawValue: name) else { throw json.error("cannot be '\(name)'") }
    self = status
  }
}

extension Manifest.Failure: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(
      message: try json(.message), epoch: try json(ifPresent: .epoch),
      step: try json(ifPresent: .step))
  }
}

extension Manifest.Resumption: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(
      started: try json(.started), command: try json(.command),
      host: try json(ifPresent: .host), pid: try json(.pid),
      threads: try json(.threads), epoch: try json(.epoch), step: try json(.step))
  }
}

extension Manifest.DataPart: JSONReadable {
  package init(json: JSONNode) throws {
    let name = try json.string
    guard let part = Self(rawValue: name) else { throw json.error("cannot be '\(name)'") }
    self = part
  }
}

extension Manifest.Contents: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(
      part: try json(.part), count: try json(.count), pixels: try json(.pixels),
      labels: try json(.labels))
  }
}

extension Manifest.Scaling: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(shift: try json(.shift), divisor: try json(.divisor))
  }
}

extension Manifest.DataSummary: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(
      dataset: try json(.dataset), imageShape: try json(.imageShape),
      classNames: try json(.classNames), trainingCount: try json(.trainingCount),
      validationCount: try json(.validationCount), testCount: try json(.testCount),
      contents: try json(.contents), scaling: try json(.scaling))
  }
}

extension Manifest.LayerRow: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(
      name: try json(.name), type: try json(.type), outputShape: try json(.outputShape),
      parameters: try json(.parameters), flops: try json(.flops))
  }
}

extension Machine: JSONReadable {
  package init(json node: JSONNode) throws {
    let json = node.object(CodingKeys.self)
    self.init(
      host: try json(.host), pid: try json(.pid), cpu: try json(.cpu),
      instructionSet: try json(.instructionSet), threads: try json(.threads),
      oneDNNVersion: try json(.oneDNNVersion))
  }
}
