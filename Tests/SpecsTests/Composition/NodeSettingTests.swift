import Specs
import Testing

@Suite struct NodeSettingTests {
  private func setting(_ arguments: String..., in yaml: String) throws -> (
    json: String, findings: String
  ) {
    try changed(yaml) { node, diagnostics in
      Overrides(arguments, &diagnostics).applied(
        to: node, AddressResolver(Experiment.self), &diagnostics
      ).tree
    }
  }

  @Test(arguments: [
    ("a=2", "a: 1", #"{"a":2}"#),
    ("b=2", "a: 1", #"{"a":1,"b":2}"#),
    ("a.b.c=x", "d: 1", #"{"d":1,"a":{"b":{"c":"x"}}}"#),
    ("a.b=2", "a:\nc: 1", #"{"a":{"b":2},"c":1}"#),
    ("optimizer.beta_1=0.8", "optimizer: adam", #"{"optimizer":{"type":"adam","beta_1":0.8}}"#),
    ("steps=[]", "steps: [a, b]", #"{"steps":[]}"#),
    ("steps.1=c", "steps: [a, b]", #"{"steps":["a","c"]}"#),
    ("steps.b.size=3", "steps: [a, b]", #"{"steps":["a",{"type":"b","size":3}]}"#),
    ("a={b: [1, 'x y'], c: }", "a: 1", #"{"a":{"b":[1,"x y"],"c":null}}"#),
    ("a=", "a: 1", "{}"),
    ("a= ", "a: 1", "{}"),
    ("a=~", "a: {b: 1}\nc: 2", #"{"c":2}"#),
    ("a.b=null", "a: {b: 1, c: 2}", #"{"a":{"c":2}}"#),
    ("steps.b.size=~", "steps: [a, {type: b, size: 3}]", #"{"steps":["a",{"type":"b"}]}"#),
    // Where there is nothing to take away, the schema says whether nothing will do.
    ("b=~", "a: 1", #"{"a":1,"b":null}"#),
    ("a=~", "a: ~", #"{"a":null}"#),
    ("steps.1=~", "steps: [a, b]", #"{"steps":["a",null]}"#),
    ("optimizer.beta_1=~", "optimizer: adam", #"{"optimizer":{"type":"adam","beta_1":null}}"#),
    ("a='=1'", "a: 1", #"{"a":"=1"}"#),
    (
      "sweep.parameters.a.b=[3]", "sweep: {parameters: {a.b: [1]}}",
      #"{"sweep":{"parameters":{"a.b":[3]}}}"#
    ),
  ])
  func `sets what the path leads to`(_ argument: String, _ yaml: String, _ expected: String) throws
  {
    let result = try setting(argument, in: yaml)
    #expect(result.findings == "")
    #expect(result.json == expected)
  }

  @Test func `of two settings the later counts`() throws {
    #expect(try setting("a=1", "a=2", in: "a: 0").json == #"{"a":2}"#)
  }

  @Test(arguments: [
    (
      "callbacks.early_stoping.patience=5",
      """
      --set:1:11: error: nothing in 'callbacks' is called 'early_stoping'
          1 | callbacks.early_stoping.patience=5
            |           ^
      hint: did you mean 'early_stopping'? 'callbacks' has early_stopping (0), model_checkpoint (1)
      """
    ),
    (
      "callbacks.7.patience=5",
      """
      --set:1:11: error: nothing in 'callbacks' is called '7'
          1 | callbacks.7.patience=5
            |           ^
      hint: 'callbacks' has early_stopping (0), model_checkpoint (1)
      """
    ),
    (
      "rate.warmup=1",
      """
      --set:1:6: error: 'rate' is '0.1', which has nothing below it
          1 | rate.warmup=1
            |      ^
      a.yaml:2:7: note: it stands here
      hint: set 'rate' as a whole
      """
    ),
    (
      "empty.a=1",
      """
      --set:1:7: error: nothing in 'empty' is called 'a'
          1 | empty.a=1
            |       ^
      hint: 'empty' is empty
      """
    ),
    (
      "rate",
      """
      --set:1:1: error: needs a key and a value, got 'rate'
          1 | rate
            | ^
      hint: write KEY=VALUE, such as 'optimizer.learning_rate=0.002'
      """
    ),
    (
      "a..b=1",
      """
      --set:1:1: error: 'a..b' is no path to a value
          1 | a..b=1
            | ^
      hint: write keys with points between, such as 'optimizer.learning_rate'
      """
    ),
    (
      "rate=[1, 2",
      """
      --set:1:11: error: a ',' or ']' is missing
          1 | rate=[1, 2
            |           ^
      --set:1:6: note: the list starts here
      """
    ),
    (
      "rate={a: 1, a: 2}",
      """
      --set:1:13: error: 'a' comes twice
          1 | rate={a: 1, a: 2}
            |             ^
      --set:1:7: note: it is first set here
      hint: remove one of the two
      """
    ),
  ])
  func `what leads nowhere, and what cannot be read, is shown in the command line`(
    _ argument: String, _ expected: String
  ) throws {
    let yaml =
      "callbacks: [{type: early_stopping, patience: 3}, model_checkpoint]\nrate: 0.1\nempty: []\n"
    #expect(try setting(argument, in: yaml).findings == expected)
  }

  @Test func `each argument has its line`() throws {
    let result = try setting("a=1", "b=\n [", "c.d=1", in: "c: 2")
    #expect(result.findings.contains("--set:4:3: error: 'c' is '2', which has nothing below it"))
  }
}
