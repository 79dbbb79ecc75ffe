import Foundation
import Runs
import Testing

@Suite struct ManifestTests {
  @Test func jsonIsOrderedAndReadable() throws {
    var manifest = Manifest.example(host: "box", pid: 4711)
    manifest.status = .diverged
    manifest.ended = Timestamp(seconds: 1_795_377_999)
    manifest.failure = .init(message: "the loss is not a number", epoch: 2, step: 17)
    #expect(
      try JSONValue(encoding: manifest).text == #"""
        {
          "format": 1,
          "status": "diverged",
          "name": "mnist-baseline",
          "description": "Two \"blocks\".",
          "seed": 0,
          "spec_hash": "3f9c0a7712",
          "command": ["exp", "run", "mnist.yaml"],
          "started": "2026-11-22T20:06:06.000Z",
          "ended": "2026-11-22T20:06:39.000Z",
          "failure": {"message": "the loss is not a number", "epoch": 2, "step": 17},
          "epochs_planned": 12,
          "data": {
            "dataset": "mnist",
            "image_shape": [28, 28, 1],
            "class_names": ["0", "1"],
            "training_count": 54000,
            "validation_count": 6000,
            "test_count": 10000,
            "checksums": [{"file": "train-images-idx3-ubyte", "sha256": "ba89"}]
          },
          "layers": [
            {"name": "input", "type": "input", "output_shape": [28, 28, 1], "parameters": 0, "flops": 0},
            {"name": "dense", "type": "dense", "output_shape": [2], "parameters": 1570, "flops": 3138}
          ],
          "parameter_count": 1570,
          "lane_size": 16,
          "kernel_choices": ["dense: brgemm:avx512_core"],
          "machine": {
            "host": "box",
            "pid": 4711,
            "cpu": "Zen",
            "instruction_set": "avx512",
            "threads": 2,
            "onednn_version": "2.6.3"
          },
          "exp_version": "0.1.0"
        }

        """#)
  }

  @Test func readsBack() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    var manifest = Manifest.example()
    manifest.end(.failed, failure: .init(message: "no space left"))
    try folder.write(manifest)
    #expect(try folder.manifest() == manifest)
  }

  @Test func missingKeysAreNamed() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(#"{"format": 1, "status": "running", "name": "a"}"#, to: .manifest)
    let path = folder.path(of: .manifest)
    #expect(throws: DamagedFileError(path: path, reason: "'seed' is missing")) {
      try folder.manifest()
    }
  }

  @Test func aNewerFormatIsSaidWhateverElseItHas() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(#"{"format": 2, "state": {"is": "new"}}"#, to: .manifest)
    let path = folder.path(of: .manifest)
    let error = #expect(throws: NewerFormatError.self) { try folder.manifest() }
    #expect(
      error?.description
        == "'\(path)' was written by a newer exp: it has format 2, this exp reads up to 1")
  }
}
