import Documents
import Files
import Foundation
import Records
import TemporaryFolders
import Testing

@Suite struct ManifestTests {
  @Test func jsonIsOrderedAndReadable() throws {
    var manifest = Manifest.example(
      host: "box", pid: 4711, tag: "before-fix", note: "one\ntwo",
      toolchain: "Swift 6.3, release", gitCommit: "c0ffee",
      gitChanges: GitChanges(Array("+a\n".utf8), isCut: true))
    manifest.end(
      .diverged, .runFailed,
      failure: .init(message: "the loss is not a number", epoch: 2, step: 17))
    manifest.ended = Timestamp(seconds: 1_795_377_999)
    #expect(
      try PlainValue(encoding: manifest).indentedJSON == #"""
        {
          "format": 7,
          "status": "diverged",
          "name": "mnist-baseline",
          "description": "Two \"blocks\".",
          "varied": [],
          "tag": "before-fix",
          "note": "one\ntwo",
          "seed": 0,
          "spec_hash": "3f9c0a7712",
          "command": ["exp", "run", "mnist.yaml"],
          "started": "2026-11-22T20:06:06.000Z",
          "ended": "2026-11-22T20:06:39.000Z",
          "exit_code": 1,
          "failure": {"message": "the loss is not a number", "epoch": 2, "step": 17},
          "resumptions": [],
          "epochs_planned": 12,
          "data": {
            "dataset": "mnist",
            "image_shape": [28, 28, 1],
            "class_names": ["0", "1"],
            "training_count": 54000,
            "validation_count": 6000,
            "test_count": 3,
            "contents": [
              {
                "part": "training",
                "held_out": false,
                "count": 60000,
                "pixels": "ba89",
                "labels": "65a5"
              },
              {
                "part": "validation",
                "held_out": true,
                "count": 6000,
                "pixels": "0123",
                "labels": "4567"
              },
              {"part": "test", "held_out": false, "count": 3, "pixels": "0fa7", "labels": "ff7b"}
            ],
            "scaling": {"shift": [0.0], "divisor": [255.0]}
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
          "exp_version": "0.1.0",
          "toolchain": "Swift 6.3, release",
          "git_commit": "c0ffee",
          "git_dirty": true,
          "git_diff_cut": true
        }

        """#)
  }

  @Test func readsBack() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    var manifest = Manifest.example(
      tag: "a", note: "b", toolchain: "c", gitCommit: "d", gitChanges: GitChanges([], isCut: false))
    manifest.end(.interrupted, .inputOutput, failure: .init(message: "no space left"))
    try folder.write(manifest)
    #expect(try folder.manifest() == manifest)
    #expect(manifest.gitDirty == false)
    #expect(manifest.exitCode == 74)
    manifest.resume(
      .init(command: ["exp", "resume"], host: "here", pid: 1, threads: 2, epoch: 0, step: 0))
    #expect(manifest.exitCode == nil)
    try folder.write(manifest)
    #expect(try folder.manifest() == manifest)
  }

  @Test func whatOlderVersionsDidNotRecordIsUnknown() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(.example())
    let text = try Storage.readText(folder.path(of: .manifest))
    for key in ["tag", "note", "exit_code", "toolchain", "git_dirty", "git_diff_cut"] {
      #expect(!text.contains("\"\(key)\""))
    }
    let manifest = try folder.manifest()
    #expect(manifest.gitDirty == nil && manifest.exitCode == nil && manifest.toolchain == nil)
    #expect(try RunRecord(folder: folder).tag == nil)
  }

  @Test func missingKeysAreNamed() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(
      #"{"format": 7, "status": "running", "name": "a", "varied": []}"#, to: .manifest)
    let path = folder.path(of: .manifest)
    #expect(throws: DamagedFileError(path: path, reason: "'seed' is missing")) {
      try folder.manifest()
    }
  }

  @Test func aNewerFormatIsSaidWhateverElseItHas() throws {
    let root = try TemporaryFolder()
    let folder = RunFolder(path: root.path)
    try folder.write(#"{"format": 8, "state": {"is": "new"}}"#, to: .manifest)
    let path = folder.path(of: .manifest)
    let error = #expect(throws: OtherFormatError.self) { try folder.manifest() }
    #expect(
      error?.description
        == "'\(path)' was written by a newer exp: it has format 8, this exp reads format 7; "
        + "read it with that one")
  }
}
