import Foundation
import Reports
import Runs
import Testing

@Suite("Comparisons for other programs, to the letter")
struct ComparisonDataTests {
  @Test func markdown() {
    #expect(
      Comparison(.example).text(.markdown) == """
        | experiment | runs | val_accuracy | val_f1_macro | test_accuracy | test_precision_macro | test_recall_macro | test_f1_macro | parameters | epochs | train_seconds |
        | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        | mnist-baseline * | 3 | 0.9903 ± 0.0015 | 0.9903 ± 0.0015 | 0.9913 ± 0.0015 | 0.9915 ± 0.0015 | 0.9913 ± 0.0015 | 0.9913 ± 0.0015 | 225,034 | 11.0 | 29.4 |
        | mnist-mlp (aa11bb) | 1 | 0.9790 | 0.9790 | 0.9800 | 0.9808 | 0.9800 | 0.9800 | 101,770 | 10.0 | 28.4 |
        | mnist-mlp (dd33ee) | 1/2! | 0.9740 | 0.9740 | 0.9750 | 0.9762 | 0.9750 | 0.9750 | 50,890 | 10.0 | 28.4 |
        | no-validation | 1 | – | – | 1.0000 | 1.0000 | 1.0000 | 1.0000 | 7,850 | 10.0 | 28.4 |
        | 猫🙂 | 0/1! | – | – | – | – | – | – | 1,000 | – | – |

        - ±: standard deviation over seeds
        - *: best by val_f1_macro
        - mnist-baseline: seed 0 has a later run, not counted: runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        - mnist-mlp (dd33ee): seed 1 diverged in epoch 2, step 17 (the loss is not a number), not counted: runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        - 猫🙂: seed 0 running, not counted: runs/猫🙂/2026-11-22_20-15-00_seed-0
        - unreadable, not counted: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  @Test func csv() {
    #expect(
      Comparison(.example).text(.csv) == """
        experiment,spec_hash,runs,seeds,parameters,val_accuracy_mean,val_accuracy_sd,val_f1_macro_mean,val_f1_macro_sd,test_accuracy_mean,test_accuracy_sd,test_precision_macro_mean,test_precision_macro_sd,test_recall_macro_mean,test_recall_macro_sd,test_f1_macro_mean,test_f1_macro_sd,epochs_mean,epochs_sd,train_seconds_mean,train_seconds_sd
        mnist-baseline,3f9c0a7712,3,3,225034,0.9903333333333334,0.001527525231651948,0.9903323855687165,0.0015279359814067927,0.9913333333333334,0.001527525231651948,0.9914839536446983,0.0014773132753484978,0.9913333333333334,0.001527525231651948,0.9913326426080428,0.001527854127218931,11.0,1.0,29.399999999999995,1.0
        mnist-mlp,aa11bb22cc,1,1,101770,0.979,,0.9789907349140972,,0.98,,0.9807692307692308,,0.98,,0.9799919967987194,,10.0,,28.4,
        mnist-mlp,dd33ee44ff,1,2,50890,0.974,,0.9739824121105867,,0.975,,0.9761904761904762,,0.975,,0.9749843652282677,,10.0,,28.4,
        no-validation,9876543210,1,1,7850,,,,,1.0,,1.0,,1.0,,1.0,,10.0,,28.4,
        猫🙂,0123456789,0,1,1000,,,,,,,,,,,,,,,,

        """)
  }

  @Test func json() {
    let catalog = RunCatalog(
      runs: [
        .example(seed: 0, mistakes: 10), .example(seed: 1, minute: 1, mistakes: 20),
        .example(seed: 1, minute: 2, status: .interrupted),
      ],
      problems: [RunProblem(path: "runs/a", reason: "run.json is missing")])
    #expect(
      Comparison(catalog).text(.json) == """
        {
          "rows": [
            {
              "experiment": "mnist-baseline",
              "spec_hash": "3f9c0a7712",
              "best": false,
              "runs": 2,
              "seeds": [0, 1],
              "parameters": 225034,
              "val_accuracy": {"mean": 0.984, "sd": 0.007071067811865481, "count": 2},
              "val_f1_macro": {"mean": 0.9839947018765134, "sd": 0.007076677943915852, "count": 2},
              "test_accuracy": {"mean": 0.985, "sd": 0.007071067811865481, "count": 2},
              "test_precision_macro": {"mean": 0.9854826546003017, "sd": 0.0066657879071129805, "count": 2},
              "test_recall_macro": {"mean": 0.985, "sd": 0.007071067811865481, "count": 2},
              "test_f1_macro": {"mean": 0.9849954983493547, "sd": 0.007076019752263304, "count": 2},
              "epochs": {"mean": 10.5, "sd": 0.7071067811865476, "count": 2},
              "train_seconds": {"mean": 28.9, "sd": 0.7071067811865476, "count": 2},
              "counted": [
                {
                  "seed": 0,
                  "status": "completed",
                  "path": "runs/mnist-baseline/2026-11-22_20-06-00_seed-0"
                },
                {
                  "seed": 1,
                  "status": "completed",
                  "path": "runs/mnist-baseline/2026-11-22_20-07-00_seed-1"
                }
              ],
              "unfinished": [
                {
                  "seed": 1,
                  "status": "interrupted",
                  "path": "runs/mnist-baseline/2026-11-22_20-08-00_seed-1"
                }
              ],
              "superseded": []
            }
          ],
          "problems": [{"path": "runs/a", "reason": "run.json is missing"}]
        }

        """)
  }

  @Test func strangeNamesHarmNoFormat() throws {
    let name = "a|b, \"c\"\n猫🙂\\"
    let comparison = Comparison(RunCatalog(runs: [.example(name)]))
    #expect(comparison.text(.table, width: 80).contains("\na|b, \"c\" 猫🙂\\     1  "))
    #expect(comparison.text(.markdown).contains("\n| a\\|b, \"c\" 猫🙂\\\\ | 1 | "))
    #expect(comparison.text(.csv).contains("\n\"a|b, \"\"c\"\"\n猫🙂\\\",3f9c0a7712,1,"))
    let json = try JSONSerialization.jsonObject(with: Data(comparison.text(.json).utf8))
    let rows = try #require((json as? [String: Any])?["rows"] as? [[String: Any]])
    #expect(rows.first?["experiment"] as? String == name)
  }
}
