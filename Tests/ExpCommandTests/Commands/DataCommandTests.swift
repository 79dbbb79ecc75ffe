import Foundation
import Testing

@Suite struct DataCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func listSaysWhatIsNotThere() throws {
    let ending = try place.exp("data list")
    #expect(ending.code == 0)
    #expect(
      ending.output == """
        dataset           size  licence         files  folder
        mnist            12 MB  CC BY-SA 3.0   0 of 4  – (exp data get mnist)
        fashion_mnist    31 MB  MIT            0 of 4  – (exp data get fashion_mnist)
        kmnist           21 MB  CC BY-SA 4.0   0 of 4  – (exp data get kmnist)
        emnist          562 MB  none stated   0 of 24  – (exp data get emnist)
        qmnist         ≤ 98 MB  BSD 3-Clause   0 of 4  – (exp data get qmnist)
        cifar10         170 MB  none stated    0 of 6  – (exp data get cifar10)

        """)
  }

  @Test func listSaysWhereFilesAre() throws {
    try place.write("x", to: "mine/mnist/train-images-idx3-ubyte.gz")
    try place.write("x", to: "theirs/mnist/t10k-images-idx3-ubyte")
    let ending = try place.exp(
      "data list --data-dir mine", environment: ["EXP_DATA_DIR": "theirs"])
    #expect(ending.output.contains("CC BY-SA 3.0   2 of 4  mine/mnist, theirs/mnist\n"))
  }

  @Test func wrongFilesAreFound() throws {
    try place.write("x", to: "mine/mnist/train-images-idx3-ubyte")
    let ending = try place.exp("data verify mnist --data-dir mine")
    #expect(ending.code == 66)
    #expect(
      ending.output == """
        wrong    mine/mnist/train-images-idx3-ubyte
        missing  mnist/train-labels-idx1-ubyte
        missing  mnist/t10k-images-idx3-ubyte
        missing  mnist/t10k-labels-idx1-ubyte

        """)
    #expect(
      ending.error.contains(
        "error: wrong contents: the SHA-256 of its decompressed bytes is 2d711642b"))
  }

  @Test func unpackedFilesOfAnArchiveMayBeRight() throws {
    try place.write("x", to: "mine/fashion_mnist/train-labels-idx1-ubyte")
    try place.write("x", to: "mine/fashion_mnist/t10k-labels-idx1-ubyte.gz")
    let ending = try place.exp("data verify fashion_mnist --data-dir mine")
    #expect(ending.code == 66)
    #expect(
      ending.output == """
        missing  fashion_mnist/train-images-idx3-ubyte
        unknown  mine/fashion_mnist/train-labels-idx1-ubyte (only the checksum of train-labels-idx1-ubyte.gz is published)
        missing  fashion_mnist/t10k-images-idx3-ubyte
        wrong    mine/fashion_mnist/t10k-labels-idx1-ubyte.gz

        """)
    #expect(ending.error.contains("wrong contents: the SHA-256 is 2d711642b"))
  }

  @Test func aDatasetAskedForMustBeThere() throws {
    #expect(try place.exp("data verify").code == 0)
    #expect(try place.exp("data verify mnist").code == 66)
  }

  @Test func withoutANetworkGetSaysWhatToDo() throws {
    let ending = try place.exp(
      "data get mnist", environment: ["https_proxy": "http://127.0.0.1:9"])
    #expect(ending.code == 66)
    #expect(ending.output == "")
    #expect(ending.error.contains("error: dataset 'mnist' is not on this machine and could not"))
    #expect(place.names(in: ".cache/exp/mnist") == [])
  }

  @Test func `the data of specs can be gotten beforehand`() throws {
    try place.writeStripes()
    try place.write(
      try place.text("stripes.yaml")
        + "name: twin\nsweep: {parameters: {optimizer.learning_rate: [0.1, 0.2]}}\n",
      to: "twin.yaml")
    let ending = try place.exp("data get --for stripes.yaml twin.yaml")
    #expect(ending.code == 0, "\(ending.error)")
    #expect(ending.output == "idx, 8×8×1, 3 classes\n", "the same data is loaded once")
    try FileManager.default.removeItem(atPath: place.path + "/data")
    #expect(try place.exp("data get --for stripes.yaml").code == 66)
  }

  @Test(arguments: ["", "mnist --for stripes.yaml", "mnist --set seeds=1"])
  func `get needs one thing to get`(arguments: String) throws {
    #expect(try place.exp("data get \(arguments)").code == 64)
  }

  private static let realData = ProcessInfo.processInfo.environment["EXP_DATA_DIR"]
    .map { URL(fileURLWithPath: $0).path }
  private static let hasMNIST = realData.map {
    FileManager.default.fileExists(atPath: "\($0)/mnist")
  }

  @Test(.enabled(if: hasMNIST == true, "needs the real MNIST in $EXP_DATA_DIR/mnist"))
  func theRealFilesAreRight() throws {
    let environment = ["EXP_DATA_DIR": try #require(Self.realData)]
    let verified = try place.exp("data verify mnist", environment: environment)
    #expect(verified.code == 0)
    #expect(
      verified.output.split(separator: "\n").map { $0.prefix(9) }
        == Array(repeating: "right    ", count: 4))
    let got = try place.exp("data get mnist", environment: environment)
    #expect(got.code == 0)
    #expect(got.error == "", "nothing is downloaded")
  }
}
