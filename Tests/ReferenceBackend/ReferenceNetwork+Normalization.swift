import Tensors

extension ReferenceNetwork {
  /// The mean and the variance that numbers are normalized with.
  struct Moments {
    var mean = 0.0
    var variance = 0.0
  }

  func normalized(
    _ inputs: Images, _ node: Graph.Node, _ pass: Pass, _ parameters: Parameters
  ) -> Images {
    guard let rule = Rule(node) else { return inputs }
    let gamma = rule.settings.scale ? values(node, 0, parameters) : []
    let beta = rule.settings.center ? values(node, rule.settings.scale ? 1 : 0, parameters) : []
    let standard = standardized(inputs, rule, moments(inputs, node, rule, pass, parameters))
    return standard.map { numbers in
      numbers.enumerated().map { element, value in
        let channel = element % node.shape.channels
        return value * (gamma.isEmpty ? 1 : gamma[channel]) + (beta.isEmpty ? 0 : beta[channel])
      }
    }
  }

  /// With g the gradients by the standardized numbers ẑ and σ their deviation: (g - mean g - ẑ · mean g·ẑ) ÷ σ, the
  /// means over what shares its moments; g ÷ σ where the moments are given.
  func normalizationGradients(
    _ inputs: Images, _ upstream: Images, _ node: Graph.Node, _ pass: Pass,
    _ parameters: Parameters, _ gradients: inout Parameters
  ) -> Images {
    guard let rule = Rule(node) else { return upstream }
    let channels = node.shape.channels
    let gamma = rule.settings.scale ? values(node, 0, parameters) : []
    let moments = moments(inputs, node, rule, pass, parameters)
    let standard = standardized(inputs, rule, moments)
    var gammaGradient = [Double](repeating: 0, count: channels)
    var betaGradient = gammaGradient
    var slopes = upstream
    var sums = [Int: (count: Double, slope: Double, product: Double)]()
    forEach(inputs) { image, element in
      let channel = element % channels
      let (value, gradient) = (standard[image][element], upstream[image][element])
      gammaGradient[channel] += gradient * value
      betaGradient[channel] += gradient
      let slope = gradient * (gamma.isEmpty ? 1 : gamma[channel])
      slopes[image][element] = slope
      let sum = sums[rule.group(image, element)] ?? (0, 0, 0)
      sums[rule.group(image, element)] = (
        sum.count + 1, sum.slope + slope, sum.product + slope * value
      )
    }
    if rule.settings.scale { add(gammaGradient, node, 0, to: &gradients) }
    if rule.settings.center {
      add(betaGradient, node, rule.settings.scale ? 1 : 0, to: &gradients)
    }
    let areGiven = usesMovingMoments(node, pass)
    forEach(inputs) { image, element in
      let group = rule.group(image, element)
      guard let sum = sums[group], let moment = moments[group] else { return }
      let deviation = (moment.variance + Double(rule.settings.epsilon)).squareRoot()
      let common = (sum.slope + standard[image][element] * sum.product) / sum.count
      slopes[image][element] = (slopes[image][element] - (areGiven ? 0 : common)) / deviation
    }
    return slopes
  }

  /// The moving statistics of batch normalizations after a training step that left `pass`, by full name. `share` is
  /// how much of the batch's goes into them; by default what the momentum leaves.
  func movingStatistics(
    after pass: Pass, _ parameters: Parameters, share: Double? = nil
  ) -> Parameters {
    var moving = Parameters()
    for node in graph.nodes {
      guard case .batchNormalization(_, let momentum) = node.operation,
        let rule = Rule(node), !usesMovingMoments(node, pass)
      else { continue }
      let moments = moments(pass.values[node.inputs[0]], node, rule, pass, parameters)
      for (offset, part) in [\Moments.mean, \Moments.variance].enumerated() {
        let index = node.parameters.count - 2 + offset
        let old = values(node, index, parameters)
        moving[node.fullName(of: node.parameters[index])] = old.indices.map { channel in
          let new = moments[channel]?[keyPath: part] ?? 0
          let share = share ?? 1 - Double(momentum)
          return old[channel] * (1 - share) + new * share
        }
      }
    }
    return moving
  }

  /// Prediction takes the moving ones, and so does training where the whole layer is not to change.
  private func usesMovingMoments(_ node: Graph.Node, _ pass: Pass) -> Bool {
    guard case .batchNormalization = node.operation else { return false }
    return !pass.learns || node.parameters.allSatisfy { !$0.isTrainable }
  }

  private func moments(
    _ inputs: Images, _ node: Graph.Node, _ rule: Rule, _ pass: Pass, _ parameters: Parameters
  ) -> [Int: Moments] {
    var moments: [Int: Moments] = [:]
    if usesMovingMoments(node, pass) {
      let means = values(node, node.parameters.count - 2, parameters)
      let variances = values(node, node.parameters.count - 1, parameters)
      for channel in means.indices {
        moments[channel] = Moments(mean: means[channel], variance: variances[channel])
      }
      return moments
    }
    var counts: [Int: Double] = [:]
    forEach(inputs) { image, element in
      counts[rule.group(image, element), default: 0] += 1
      moments[rule.group(image, element), default: Moments()].mean += inputs[image][element]
    }
    for (group, count) in counts { moments[group]?.mean /= count }
    forEach(inputs) { image, element in
      let group = rule.group(image, element)
      let difference = inputs[image][element] - (moments[group]?.mean ?? 0)
      moments[group]?.variance += difference * difference / (counts[group] ?? 1)
    }
    return moments
  }

  private func standardized(
    _ inputs: Images, _ rule: Rule, _ moments: [Int: Moments]
  ) -> Images {
    var result = inputs
    forEach(inputs) { image, element in
      let moments = moments[rule.group(image, element)] ?? Moments()
      result[image][element] =
        (inputs[image][element] - moments.mean)
        / (moments.variance + Double(rule.settings.epsilon)).squareRoot()
    }
    return result
  }

  private func forEach(_ images: Images, _ body: (Int, Int) -> Void) {
    for image in images.indices {
      for element in images[image].indices { body(image, element) }
    }
  }

  /// A normalization as which numbers share their mean and variance.
  private struct Rule {
    let settings: NormalizationSettings
    /// Numbers of the batch with the same result (given image and element) share them.
    let group: (Int, Int) -> Int

    init?(_ node: Graph.Node) {
      let channels = node.shape.channels
      switch node.operation {
      case .batchNormalization(let settings, _):
        self.settings = settings
        group = { _, element in element % channels }
      case .groupNormalization(let settings, let groups):
        self.settings = settings
        group = { image, element in image * groups + element % channels / (channels / groups) }
      case .layerNormalization(let settings):
        self.settings = settings
        let pixels = node.shape.height * node.shape.width
        group = { image, element in image * pixels + element / channels }
      default: return nil
      }
    }
  }
}
