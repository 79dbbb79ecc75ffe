import Datasets
import Exchange
import Running

extension ExportedModel {
  /// The network of a run, in the terms of what is exported.
  init(_ saved: SavedModel, isCalibrated: Bool) throws(NoTemperatureError) {
    let calibration = isCalibrated ? try saved.requireCalibration() : nil
    let pictures = saved.plan.spec.data.dataset.value.pictureFields
    self.init(
      name: saved.manifest.name, specHash: saved.manifest.specHash, graph: saved.plan.graph,
      parameters: saved.parameters, shift: saved.scaling.shift, divisor: saved.scaling.divisor,
      pictures: PicturePreparation(pictures ?? PictureFields()),
      classNames: saved.classNames, temperature: calibration?.temperature ?? 1,
      threshold: saved.threshold(by: calibration)?.value)
  }
}

extension PicturePreparation {
  /// The preparation that `fields` ask for.
  fileprivate init(_ fields: PictureFields) {
    let fit: Fit =
      switch fields.fit {
      case .stretch: .stretch
      case .crop: .crop
      case .pad: .pad
      }
    let interpolation: Interpolation =
      switch fields.interpolation {
      case .bilinear: .bilinear
      case .nearest: .nearest
      case .area: .area
      }
    self.init(
      resizing: fields.imageSize.map { _ in Resizing(fit: fit, interpolation: interpolation) },
      background: fields.background)
  }
}
