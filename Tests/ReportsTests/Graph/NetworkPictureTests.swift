import Foundation
import FoundationXML
import Reports
import Testing

@Suite struct NetworkPictureTests {
  private static let residual = [
    DrawnLayer(name: "input", type: "input", shape: "8×8×1", parameterCount: 0, inputs: []),
    DrawnLayer(name: "stem", type: "conv2d", shape: "8×8×4", parameterCount: 1040, inputs: [0]),
    DrawnLayer(name: "relu", type: "relu", shape: "8×8×4", parameterCount: 0, inputs: [1]),
    DrawnLayer(name: "add", type: "add", shape: "8×8×4", parameterCount: 0, inputs: [2, 1]),
  ]

  private static func chain(_ count: Int) -> [DrawnLayer] {
    (0..<count).map {
      DrawnLayer(
        name: "layer_\($0)", type: "relu", shape: "10", parameterCount: $0,
        inputs: $0 == 0 ? [] : [$0 - 1])
    }
  }

  @Test func eachLayerAndEachArrowIsThereOnce() {
    let svg = NetworkPicture(name: "net", Self.chain(100)).svg
    #expect(svg.count(of: "<g class=\"layer\">") == 100)
    #expect(svg.count(of: "marker-end=") == 99)
    for layer in 0..<100 { #expect(svg.count(of: ">layer_\(layer)</text>") == 1) }
  }

  @Test func itIsAFileOfItsOwnForLightAndDarkPages() {
    let svg = NetworkPicture(name: "net", Self.residual).svg
    #expect(svg.hasPrefix("<svg "))
    #expect(svg.contains("xmlns=\"http://www.w3.org/2000/svg\""))
    #expect(svg.contains("@media (prefers-color-scheme: dark)"))
    #expect(svg.replacing("http://www.w3.org/2000/svg", with: "").contains("http") == false)
  }

  @Test func namesAreText() {
    let nasty = "<b>&\"'\u{1B}"
    let svg = NetworkPicture(
      name: nasty,
      [DrawnLayer(name: nasty, type: nasty, shape: nasty, parameterCount: 1, inputs: [])]
    ).svg
    #expect(XMLParser(data: Data(svg.utf8)).parse())
    #expect(!svg.contains("<b>"))
    #expect(svg.contains(">&lt;b&gt;&amp;&quot;&#39;\u{FFFD}</text>"))
    #expect(svg.contains(">1 parameter</text>"))
  }

  @Test func longNamesAreCutWhereTheyStandButNotWhereTheyAreToldOf() {
    let name = String(repeating: "long_", count: 20)
    let svg = NetworkPicture(
      name: "net",
      [DrawnLayer(name: name, type: "relu", shape: "3", parameterCount: 0, inputs: [])]
    ).svg
    #expect(svg.contains(">\(name.prefix(27))…</text>"))
    #expect(svg.contains("<title>\(name) (relu), 3</title>"))
  }

  @Test func whoSeesNoPictureIsTold() {
    #expect(
      NetworkPicture(name: "net", Self.residual).svg.contains(
        """
        <title id="network-title">Layers of net</title>
        <desc id="network-text">4 layers, 1,040 parameters. From the first to the last: input, 8×8×1; stem (conv2d), \
        8×8×4, 1,040 parameters, takes input; relu, 8×8×4, takes stem; add, 8×8×4, takes relu, stem.</desc>
        """))
  }

  @Test func theBoxesAndArrowsAreDrawnSo() throws {
    let svg = NetworkPicture(name: "net", Self.residual).svg
    let start = try #require(svg.range(of: "<text class=\"heading\""))
    #expect(
      svg[start.lowerBound...] == """
        <text class="heading" x="20" y="28">net</text>
        <text x="20" y="45">4 layers, 1,040 parameters</text>
        <path class="arrow" marker-end="url(#arrow)" d="M116 108L116 134"/>
        <path class="arrow" marker-end="url(#arrow)" d="M116 178L116 204"/>
        <path class="arrow" marker-end="url(#arrow)" d="M116 248L116 274"/>
        <path class="arrow-aside" marker-end="url(#arrow-aside)" d="M116 178L116 183Q116 188 \
        121 188L223 188Q228 188 228 193L228 253Q228 258 223 258L135 258Q130 258 130 263L130 \
        274"/>
        <g class="layer"><title>input, 8×8×1</title>\
        <rect class="box" x="20" y="64" width="192" height="44" rx="6"/>\
        <text class="name" x="32" y="82">input</text>\
        <text class="shape" x="200" y="82" text-anchor="end">8×8×1</text>\
        <text x="32" y="99">input</text></g>
        <g class="layer"><title>stem (conv2d), 8×8×4, 1,040 parameters</title>\
        <rect class="box" x="20" y="134" width="192" height="44" rx="6"/>\
        <rect class="bar" x="20" y="140" width="3" height="32"/>\
        <text class="name" x="32" y="152">stem</text>\
        <text class="shape" x="200" y="152" text-anchor="end">8×8×4</text>\
        <text x="32" y="169">conv2d</text>\
        <text x="200" y="169" text-anchor="end">1,040 parameters</text></g>
        <g class="layer"><title>relu, 8×8×4</title>\
        <rect class="box" x="20" y="204" width="192" height="44" rx="6"/>\
        <text class="name" x="32" y="222">relu</text>\
        <text class="shape" x="200" y="222" text-anchor="end">8×8×4</text>\
        <text x="32" y="239">relu</text></g>
        <g class="layer"><title>add, 8×8×4</title>\
        <rect class="box" x="20" y="274" width="192" height="44" rx="6"/>\
        <text class="name" x="32" y="292">add</text>\
        <text class="shape" x="200" y="292" text-anchor="end">8×8×4</text>\
        <text x="32" y="309">add</text></g>
        </svg>

        """)
  }
}
