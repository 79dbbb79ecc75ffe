import Metrics
import Reports
import Testing

@Suite("Comparisons for other programs, to the letter")
struct ComparisonDataTests {
  /// Two specs that differ in their optimizer.
  private func text(_ format: TableFormat, seeds: Int = 5) throws -> String {
    try Comparison.sweep {
      ($0.metrics, $0.baseline) = ([ScoreName(.test, .f1Macro)], "032")
      $0.filter = try? RunFilter("batch_size == 32 and seed < \(seeds)")
    }.text(format)
  }

  @Test func markdown() throws {
    #expect(
      try text(.markdown) == """
        | experiment | runs | optimizer | test_f1_macro | interval | Δ\u{A0}test_f1_macro | p | parameters | epochs | train_seconds |
        | --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        | sweep * | 5/5 | adam | 0.9886 ± 0.0015 | 0.9866 to 0.9903 | – | – | 225,034 | 12.0 | 30.4 |
        | sweep | 5/5 | sgd | 0.9854 ± 0.0018 | 0.9830 to 0.9875 | -0.0032 | 0.003 | 225,034 | 12.0 | 30.4 |

        - Compared with sweep (optimizer: adam) by test_f1_macro:
        - sweep (optimizer: sgd) is worse than sweep (optimizer: adam) by 0.0032 (95 % interval 0.0018 to 0.0046, paired over 5 seeds; p = 0.003): more than luck.
        - ±: standard deviation over seeds
        - interval: 95 % interval of the mean test_f1_macro over seeds, not over images; by Student's t on the logit scale
        - \\*: best by val_f1_macro
        - Δ: difference from sweep (optimizer: adam)
        - p: how probable at least such a difference in test_f1_macro is by luck alone, with Holm's correction over rows
        - --where leaves out 10 runs

        """)
  }

  @Test func csv() throws {
    #expect(
      try text(.csv) == """
        experiment,runs,runs_attempted,optimizer,optimizer.momentum,optimizer.beta_1,test_f1_macro_mean,test_f1_macro_sd,test_f1_macro_low,test_f1_macro_high,test_f1_macro_difference,test_f1_macro_difference_low,test_f1_macro_difference_high,test_f1_macro_difference_p,test_f1_macro_difference_p_holm,test_f1_macro_difference_paired,parameters,epochs_mean,epochs_sd,train_seconds_mean,train_seconds_sd,spec_hash,dataset,training_count,validation_count,test_count,checksums
        sweep,5,5,adam,,0.9,0.9885984571821569,0.0015171203130864672,0.9865523880595756,0.9903362640523852,,,,,,,225034,12.0,1.5811388300841898,30.4,1.5811388300841898,032abcdef,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist
        sweep,5,5,sgd,0.9,,0.9853967698500494,0.0018178084531393494,0.9829590614305028,0.9874902017468771,-0.003201687332107439,-0.0045627078813619175,-0.001840666782852961,0.0028388416530013795,0.0028388416530013795,true,225034,12.0,1.5811388300841898,30.4,1.5811388300841898,132abcdef,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist

        """)
  }

  @Test func json() throws {
    #expect(
      try text(.json, seeds: 2) == """
        {
          "best_by": "val_f1_macro",
          "baseline": "sweep (optimizer: adam)",
          "rows": [
            {
              "experiment": "sweep",
              "runs": 2,
              "label": "sweep (optimizer: adam)",
              "best": true,
              "spec_hashes": ["032abcdef"],
              "seeds": [0, 1],
              "data": {
                "dataset": "mnist",
                "training_count": 54000,
                "validation_count": 6000,
                "test_count": 10000,
                "shared_test_count": null,
                "checksums": {
                  "training_pixels": "mnist",
                  "training_labels": "mnist",
                  "validation_pixels": "54000",
                  "validation_labels": "mnist",
                  "test_pixels": "mnist",
                  "test_labels": "mnist"
                }
              },
              "values": {"optimizer": "adam", "optimizer.momentum": null, "optimizer.beta_1": 0.9},
              "test_f1_macro": {
                "mean": 0.9894987713460393,
                "sd": 0.0021220268774528946,
                "interval": [0.9376652550993795, 0.9983086550744109],
                "count": 2
              },
              "test_f1_macro_difference": null,
              "parameters": 225034,
              "epochs": {
                "mean": 10.5,
                "sd": 0.7071067811865476,
                "interval": [4.146897631912655, 16.853102368087345],
                "count": 2
              },
              "train_seconds": {
                "mean": 28.9,
                "sd": 0.7071067811865476,
                "interval": [22.546897631912653, 35.25310236808734],
                "count": 2
              },
              "counted": [
                {"seed": 0, "status": "completed", "path": "runs/sweep/2026-11-22_20-06-00_seed-0"},
                {"seed": 1, "status": "completed", "path": "runs/sweep/2026-11-22_20-07-00_seed-1"}
              ],
              "unfinished": [],
              "superseded": []
            },
            {
              "experiment": "sweep",
              "runs": 2,
              "label": "sweep (optimizer: sgd)",
              "best": false,
              "spec_hashes": ["132abcdef"],
              "seeds": [0, 1],
              "data": {
                "dataset": "mnist",
                "training_count": 54000,
                "validation_count": 6000,
                "test_count": 10000,
                "shared_test_count": null,
                "checksums": {
                  "training_pixels": "mnist",
                  "training_labels": "mnist",
                  "validation_pixels": "54000",
                  "validation_labels": "mnist",
                  "test_pixels": "mnist",
                  "test_labels": "mnist"
                }
              },
              "values": {"optimizer": "sgd", "optimizer.momentum": 0.9, "optimizer.beta_1": null},
              "test_f1_macro": {
                "mean": 0.9864975290453575,
                "sd": 0.0007074936863812618,
                "interval": [0.9784179088357866, 0.9915784419474268],
                "count": 2
              },
              "test_f1_macro_difference": {
                "mean": -0.0030012423006817723,
                "fold_mean": null,
                "interval": [-0.01571031878677545, 0.009707834185411905],
                "p": 0.20479685661546362,
                "p_holm": 0.20479685661546362,
                "comparisons": 1,
                "paired": true,
                "test": "paired_t",
                "count": 2
              },
              "parameters": 225034,
              "epochs": {
                "mean": 10.5,
                "sd": 0.7071067811865476,
                "interval": [4.146897631912655, 16.853102368087345],
                "count": 2
              },
              "train_seconds": {
                "mean": 28.9,
                "sd": 0.7071067811865476,
                "interval": [22.546897631912653, 35.25310236808734],
                "count": 2
              },
              "counted": [
                {"seed": 0, "status": "completed", "path": "runs/sweep/2026-11-22_20-16-00_seed-0"},
                {"seed": 1, "status": "completed", "path": "runs/sweep/2026-11-22_20-17-00_seed-1"}
              ],
              "unfinished": [],
              "superseded": []
            }
          ],
          "sentences": ["Compared with sweep (optimizer: adam) by test_f1_macro:", "sweep (optimizer: sgd): no difference beyond luck could be shown (paired over 2 seeds; p = 0.205); the interval -0.0157 to +0.0097 says how large one might be."],
          "notes": ["--where leaves out 16 runs"],
          "problems": []
        }

        """)
  }

  @Test func markdownOfManyKinds() throws {
    #expect(
      try Comparison.example().text(.markdown) == """
        | experiment | runs | augmentation | optimizer | learning_rate | batch_size | val_accuracy | val_f1_macro | test_accuracy | test_precision_macro | test_recall_macro | test_f1_macro | interval | parameters | epochs | train_seconds |
        | --- | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
        | mnist-baseline * | 3/3 | [] | adam | 0.001 | 128 | 0.9903 ± 0.0015 | 0.9903 ± 0.0015 | 0.9913 ± 0.0015 | 0.9915 ± 0.0015 | 0.9913 ± 0.0015 | 0.9913 ± 0.0015 | 0.9857 to 0.9935 | 225,034 | 11.0 | 29.4 |
        | mnist-mlp | 1/1 | [] | adam | 0.01 | 64 | 0.9790 | 0.9790 | 0.9800 | 0.9808 | 0.9800 | 0.9800 | – | 101,770 | 10.0 | 28.4 |
        | mnist-mlp | 1/2! | [] | adam | 0.003 | 64 | 0.9740 | 0.9740 | 0.9750 | 0.9762 | 0.9750 | 0.9750 | – | 50,890 | 10.0 | 28.4 |
        | no-validation | 1/1 | [random_rotation, random_zoom] | adam | 0.001 | 128 | – | – | 1.0000 | 1.0000 | 1.0000 | 1.0000 | – | 7,850 | 10.0 | 28.4 |
        | 猫🙂 | 0/1! | [] | sgd | 0.001 | 128 | – | – | – | – | – | – | – | 1,000 | – | – |

        - ±: standard deviation over seeds
        - interval: 95 % interval of the mean val_f1_macro over seeds, not over images; by Student's t on the logit scale
        - \\*: best by val_f1_macro
        - mnist-baseline: seed 0 has a later run, not counted: runs/mnist-baseline/2026-11-22_20-06-00_seed-0
        - mnist-mlp (learning_rate: 0.003): seed 1 diverged in epoch 2, step 17 (the loss is not a number), not counted: runs/mnist-mlp/2026-11-22_20-14-00_seed-1
        - 猫🙂: seed 0 running, not counted: runs/猫🙂/2026-11-22_20-15-00_seed-0
        - unreadable, not counted: runs/mnist-mlp/2026-11-22_21-06-06_seed-2: run.json is missing

        """)
  }

  @Test func csvOfManyKinds() throws {
    #expect(
      try Comparison.example { $0.metrics = [ScoreName(.test, .f1Macro)] }.text(.csv) == """
        experiment,runs,runs_attempted,augmentation,optimizer,optimizer.learning_rate,training.batch_size,augmentation.random_rotation.degrees,augmentation.random_zoom.fraction,optimizer.momentum,optimizer.beta_1,test_f1_macro_mean,test_f1_macro_sd,test_f1_macro_low,test_f1_macro_high,parameters,epochs_mean,epochs_sd,train_seconds_mean,train_seconds_sd,spec_hash,dataset,training_count,validation_count,test_count,checksums
        mnist-baseline,3,3,[],adam,0.001,128,,,,0.9,0.9913326426080429,0.001527854127218931,0.9865834876244537,0.9944102242719342,225034,11.0,1.0,29.4,1.0,3f9c0a7712,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist
        mnist-mlp,1,1,[],adam,0.01,64,,,,0.9,0.9799919967987194,,,,101770,10.0,,28.4,,aa11bb22cc,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist
        mnist-mlp,1,2,[],adam,0.003,64,,,,0.9,0.9749843652282677,,,,50890,10.0,,28.4,,dd33ee44ff,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist
        no-validation,1,1,"[random_rotation, random_zoom]",adam,0.001,128,10,0.1,,0.9,1.0,,,,7850,10.0,,28.4,,9876543210,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist
        猫🙂,0,1,[],sgd,0.001,128,,,0.9,,,,,,1000,,,,,0123456789,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist

        """)
  }

  @Test func csvOfClasses() throws {
    #expect(
      try Comparison.sweep { ($0.grouping, $0.top) = (.classes([]), 1) }.text(
        .csv)
          == """
          experiment,class,runs,runs_attempted,optimizer,training.batch_size,optimizer.momentum,optimizer.beta_1,test_precision_mean,test_precision_sd,test_precision_low,test_precision_high,test_recall_mean,test_recall_sd,test_recall_low,test_recall_high,test_f1_mean,test_f1_sd,test_f1_low,test_f1_high,test_support,spec_hash,dataset,training_count,validation_count,test_count,checksums
          sweep,0,5,5,adam,32,,0.9,0.9777151443457723,0.0029052537378967524,0.9738076650111493,0.981051033073759,1.0,0.0,,,0.9887302754317776,0.0014840783439704925,0.9867304728476156,0.9904316175089661,500,032abcdef,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist
          sweep,1,5,5,adam,32,,0.9,1.0,0.0,,,0.9772,0.003033150177620623,0.9731139759017855,0.9806773778700899,0.9884666389325362,0.0015501645187087478,0.9863742641424734,0.9902408865856362,500,032abcdef,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist

          """)
  }

  @Test func csvOfRuns() throws {
    #expect(
      try Comparison.sweep { ($0.grouping, $0.top) = (.runs, 3) }.text(.csv) == """
        experiment,seed,optimizer,training.batch_size,optimizer.momentum,optimizer.beta_1,val_accuracy,val_f1_macro,test_accuracy,test_precision_macro,test_recall_macro,test_f1_macro,parameters,epochs,train_seconds,path,spec_hash,dataset,training_count,validation_count,test_count,checksums
        sweep,0,adam,32,,0.9,0.99,0.9899989998999901,0.991,0.9911591355599214,0.991,0.9909992709409463,225034,10.0,28.4,runs/sweep/2026-11-22_20-06-00_seed-0,032abcdef,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist
        sweep,0,adam,64,,0.9,0.989,0.9889986688389295,0.99,0.9901960784313726,0.99,0.9899989998999901,225034,10.0,28.4,runs/sweep/2026-11-22_20-11-00_seed-0,064abcdef,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist
        sweep,3,adam,32,,0.9,0.988,0.9879982717511322,0.989,0.9892367906066536,0.989,0.9889986688389295,225034,13.0,31.4,runs/sweep/2026-11-22_20-09-00_seed-3,032abcdef,mnist,54000,6000,10000,training_pixels:mnist training_labels:mnist validation_pixels:54000 validation_labels:mnist test_pixels:mnist test_labels:mnist

        """)
  }
}
