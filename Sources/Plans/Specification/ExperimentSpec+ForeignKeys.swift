/// Words of other tools, wherever in a spec they stand as a key or a type.
extension ExperimentSpec {
  package static var foreignKeys: [String: String] {
    advice.reduce(into: [:]) { table, entry in
      for word in entry.words { table[word] = entry.advice }
    }
  }

  private static let advice: [(words: [String], advice: String)] = [
    (["metrics"], "all metrics are always computed, f1_macro among them"),
    (
      ["launcher"],
      "a launcher runs shell, so it is named on the command line alone: 'exp run FILE --launcher slurm.yaml'"
    ),
    (
      ["device", "devices", "accelerator", "gpu", "gpus", "cuda", "use_cuda", "no_cuda"],
      "training runs on the CPU"
    ),
    (
      ["num_workers", "workers", "pin_memory"],
      "the threads that train prepare the images: 'exp run --threads'"
    ),
    (["deterministic", "benchmark"], "the same seed always gives the same result, to the bit"),
    (
      ["verbose", "progress_bar", "rich_progress_bar", "tqdm", "enable_progress_bar"],
      "'exp run --quiet' shows no progress"
    ),
    (
      ["scheduler", "lr_scheduler", "lr_schedule", "schedule", "learning_rate_scheduler"],
      "a schedule is the value of 'learning_rate', such as '{type: cosine_decay, initial_learning_rate: 0.001}'; "
        + "'exp explain schedule' lists them"
    ),
    (
      [
        "logger", "loggers", "csv_logger", "tensorboard", "tensorboard_logger", "log_dir", "wandb",
        "wandb_logger", "mlflow", "mlflow_logger",
      ],
      "nothing is sent to other programs: each run's folder has history.csv, and 'exp report' draws it"
    ),
    (["lr_monitor", "learning_rate_monitor"], "history.csv has each epoch's learning rate"),
    (
      ["backup_and_restore"],
      "'save_state' says how often a run saves the state that 'exp resume' starts from"
    ),
    (["defaults"], "'extends: [base.yaml]' lays the spec over others"),
    (
      ["_target_", "class_path", "class_name"],
      "a thing is named by 'type', such as '{type: adam}'; 'exp explain' lists them"
    ),
  ]
}
