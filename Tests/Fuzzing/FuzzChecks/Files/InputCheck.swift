import Datasets

/// Reads the file at `path` as images to predict, and checks that all of it is accounted for.
func checkAsInput(_ path: String, _ preparation: ImagePreparation) {
  let images = InputImages([path], preparation)
  precondition(images.names.count == images.places.count, "a place for each")
  precondition(images.count > 0 || !images.problems.isEmpty, "nothing is said of it")
  for problem in images.problems { _ = problem.rendered(color: true, width: 40) }
}
