import Tensors

/// What a generated file does when it is run.
extension PythonFile {
  /// Whether the network takes images of pictures: such as have one channel or three.
  var readsPictures: Bool { pictureMode != nil }

  /// Pillow's mode for pictures with as many channels; nil if `exp` reads none.
  private var pictureMode: String? { [1: "L", 3: "RGB"][model.graph.inputShape.channels] }

  /// The functions behind `predict`; `summary` is the statement that prints the network.
  func running(summary: String) -> [String] {
    guard let mode = pictureMode else {
      return [
        """
        def main():
            model = load()
            \(summary)
            print("probabilities of an image of zeros:")
            print(predict(model, np.zeros(\(imagesShape(count: "1")), "uint8"))[0])


        if __name__ == "__main__":
            main()

        """
      ]
    }
    return [
      reading(mode),
      """
      def main(pictures):
          model = load()
          if not pictures:
              \(summary)
              print("probabilities of an image of zeros:")
              print(predict(model, np.zeros(\(imagesShape(count: "1")), "uint8"))[0])
          unread = 0
          for picture in pictures:
              try:
                  image = read(picture)
              except Exception as error:  # Pillow raises many kinds for damaged files.
                  print(f"error: {picture}: {error}", file=sys.stderr)
                  unread += 1
                  continue
              probabilities = predict(model, image[None])[0]
              best = \(decision)
              print(f"{picture}: {CLASS_NAMES[best]!r} {probabilities[best]:.4f}")
          if unread:
              sys.exit(1)


      if __name__ == "__main__":
          main(sys.argv[1:])

      """,
    ]
  }

  /// The number of the class that an image is taken for.
  private var decision: String {
    model.threshold == nil ? "probabilities.argmax()" : "int(probabilities[1] >= THRESHOLD)"
  }

  /// The function that makes of a picture's file what `exp predict` does; the filters of `exp` are Pillow's.
  private func reading(_ mode: String) -> String {
    let background = PythonText.tuple([Int](repeating: model.pictures.background, count: 3))
    let sized = sizing(mode).map { "\n        \($0)" }.joined()
    return """
      def read(picture):
          \"""The bytes, of shape \(imageShape), of a PNG or JPEG file prepared as in training.\"""
          from PIL import Image, ImageOps

          with Image.open(picture, formats=["PNG", "JPEG"]) as image:
              if image.mode == "CMYK":
                  raise ValueError("it is a CMYK JPEG; convert it to RGB")
              if image.format != "PNG":
                  image = ImageOps.exif_transpose(image)
              if image.mode in ("I", "I;16"):  # Of 16 bits the upper 8 are taken.
                  image = Image.fromarray((np.asarray(image) >> 8).astype("uint8"))
              image = image.convert("RGBA")
              # What is transparent shows the background.
              sheet = Image.new("RGB", image.size, \(background))
              sheet.paste(image, mask=image)
              image = sheet.convert("\(mode)")\(sized)
          return np.asarray(image).reshape(\(imageShape))
      """
  }

  /// The lines that bring `image` to the size of the network's images.
  private func sizing(_ mode: String) -> [String] {
    let shape = model.graph.inputShape
    let size = PythonText.tuple([shape.width, shape.height])
    guard let resizing = model.pictures.resizing else {
      return [
        "if image.size != \(size):",
        "    size = f\"{image.width}x{image.height} pixels (width x height)\"",
        "    raise ValueError(f\"it has {size}, not \(shape.width)x\(shape.height)\")",
      ]
    }
    let filter = "Image.Resampling.\(resizing.interpolation.pillowName)"
    switch resizing.fit {
    case .stretch: return ["image = image.resize(\(size), \(filter))"]
    case .crop: return ["image = ImageOps.fit(image, \(size), \(filter))"]
    case .pad:
      let grey = model.pictures.background
      let color = mode == "L" ? "\(grey)" : PythonText.tuple([grey, grey, grey])
      let (width, height) = (shape.width, shape.height)
      // As Pillow's ImageOps.pad, which leaves nothing of a very long picture.
      return [
        "width = min(\(width), max(1, round(image.width / image.height * \(height))))",
        "height = min(\(height), max(1, round(image.height / image.width * \(width))))",
        "border = Image.new(\"\(mode)\", \(size), \(color))",
        "place = (round((\(width) - width) * 0.5), round((\(height) - height) * 0.5))",
        "border.paste(image.resize((width, height), \(filter)), place)",
        "image = border",
      ]
    }
  }
}

extension PicturePreparation.Interpolation {
  /// The name of Pillow's filter.
  fileprivate var pillowName: String {
    switch self {
    case .bilinear: "BILINEAR"
    case .nearest: "NEAREST"
    case .area: "BOX"
    }
  }
}
