/// Finds what the user most likely meant.
package enum Suggestions {
  /// The name among `candidates` that `text` most likely stands for; nil if none is near.
  ///
  /// In this order: the same but for case, `_` and `-` (`Conv2D`, `batchSize`); a name from Keras,
  /// PyTorch or scikit-learn for the same thing; the least Damerau-Levenshtein distance, up to a
  /// third of the length.
  package static func nearest(to text: String, among candidates: [String]) -> String? {
    if let name = sameOrSynonym(of: text, among: candidates) { return name }
    let wanted = folded(text)
    let limit = max(1, wanted.count / 3)
    let near = candidates.compactMap { candidate -> (name: String, distance: Int)? in
      let other = folded(candidate)
      guard wanted.count > 1, abs(other.count - wanted.count) <= limit else { return nil }
      let distance = distance(Array(wanted.unicodeScalars), Array(other.unicodeScalars))
      return distance <= limit ? (candidate, distance) : nil
    }
    return near.min { $0.distance < $1.distance }?.name
  }

  /// The same, but no name that is merely spelt alike.
  package static func sameOrSynonym(of text: String, among candidates: [String]) -> String? {
    let wanted = folded(text)
    return candidates.first { folded($0) == wanted }
      ?? synonyms[wanted]?.first(where: candidates.contains)
  }

  /// Many names, of which it is told at once that none is meant.
  package struct Names: Sendable {
    private var names: Set<String> = []
    private var folded: Set<String> = []

    package init() {}

    package mutating func insert(_ name: String) {
      if names.insert(name).inserted { folded.insert(Suggestions.folded(name)) }
    }

    /// True if `sameOrSynonym` finds a name among these.
    package func hasSameOrSynonym(of text: String) -> Bool {
      let wanted = Suggestions.folded(text)
      return folded.contains(wanted) || synonyms[wanted]?.contains(where: names.contains) == true
    }
  }

  /// The reason why a key that other tools want is not needed here; nil if there is nothing to say.
  package static func reasonNotNeeded(_ key: String) -> String? { notNeeded[folded(key)] }

  private static func folded(_ text: String) -> String {
    text.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  /// Optimal string alignment: insertions, deletions, substitutions, swaps of neighbours.
  private static func distance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var best = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          best = min(best, beforeLast[j - 1] + 1)
        }
        row.append(best)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }

  /// Foreign names, folded, and what they are called here, the likelier first.
  private static let synonyms: [String: [String]] = [
    // Keys
    "lr": ["learning_rate", "initial_learning_rate", "max_learning_rate"],
    "eta": ["learning_rate"], "learningrate": ["initial_learning_rate", "max_learning_rate"],
    "alpha": ["learning_rate", "negative_slope", "displacement"],
    "batch": ["batch_size"], "bs": ["batch_size"], "kernel": ["kernel_size"],
    "kernelshape": ["kernel_size"], "pool": ["pool_size"], "poolsize": ["pool_size"],
    "outchannels": ["filters"], "channels": ["filters"], "outfeatures": ["units"],
    "neurons": ["units"], "size": ["units", "kernel_size", "pool_size"],
    "p": ["rate", "probability"],
    "prob": ["rate", "probability"], "probability": ["rate"], "rate": ["probability"],
    "eps": ["epsilon"], "beta1": ["beta_1"],
    "beta2": ["beta_2"], "betas": ["beta_1"], "bias": ["use_bias"],
    "dilation": ["dilation_rate"], "numgroups": ["groups"], "std": ["stddev"],
    "deviation": ["stddev"], "requiresgrad": ["trainable"], "input": ["inputs"],
    "inboundnodes": ["inputs"], "shape": ["target_shape"], "slope": ["negative_slope"],
    "initializer": ["kernel_initializer"], "init": ["kernel_initializer"],
    "regularizer": ["kernel_regularizer"], "pretrained": ["weights"],
    "initialweights": ["weights"], "channelmultiplier": ["depth_multiplier"],
    "nepochs": ["epochs"], "numepochs": ["epochs"], "maxepochs": ["epochs"],
    "decay": ["weight_decay", "momentum"], "l2": ["weight_decay"], "weightdecay": ["weight_decay"],
    "optim": ["optimizer"], "criterion": ["loss"], "lossfn": ["loss"], "lossfunction": ["loss"],
    "validationsplit": ["validation"], "valsplit": ["validation"], "val": ["validation"],
    "validationsize": ["validation"], "seed": ["seeds"], "randomseed": ["seeds", "split_seed"],
    "randomstate": ["split_seed", "seeds"], "transforms": ["augmentation", "steps"],
    "transform": ["augmentation"], "net": ["model"], "network": ["model"],
    "goals": ["targets"], "fit": ["training"], "train": ["training"], "trainer": ["training"],
    "savebest": ["save_best_only"], "restorebest": ["restore_best_weights"],
    "angle": ["degrees"], "shear": ["degrees", "random_shear"],
    "scale": ["fraction", "random_zoom"],
    "factor": ["fraction", "degrees", "pixels", "probability"],
    "heightfactor": ["fraction", "pixels"],
    "widthfactor": ["fraction", "pixels"], "zoom": ["fraction", "random_zoom"],
    "shift": ["pixels", "random_translation"], "translate": ["pixels", "random_translation"],
    "sigma": ["smoothness", "stddev"], "noise": ["stddev", "gaussian_noise"],
    "mode": ["fill_mode"], "fill": ["fill_mode", "fill_value"], "value": ["fill_value"],
    "layers": ["steps"],
    "metric": ["monitor"], "tolerance": ["patience", "min_delta"], "threshold": ["min_delta"],
    "savefreq": ["every_epochs"], "everynepochs": ["every_epochs"], "period": ["every_epochs"],
    "savetopk": ["max_to_keep"], "keep": ["max_to_keep"], "minlearningrate": ["min_lr"],
    "emamomentum": ["momentum"], "emadecay": ["momentum"], "swastart": ["start_epoch"],
    "swaepochstart": ["start_epoch"], "startaveraging": ["start_epoch"], "target": ["value"],
    "clipnorm": ["global_clipnorm"], "maxnorm": ["global_clipnorm"],
    "maxgradnorm": ["global_clipnorm"], "gradientclipval": ["global_clipnorm"],
    "gradclip": ["global_clipnorm"],
    "nodecay": ["exclude_from_weight_decay"], "initiallr": ["initial_learning_rate"],
    "baselr": ["initial_learning_rate"], "maxlr": ["max_learning_rate", "initial_learning_rate"],
    "endlr": ["end_learning_rate"], "etamin": ["end_learning_rate", "alpha"],
    "minlr": ["end_learning_rate", "alpha"], "milestones": ["boundaries"],
    "gamma": ["decay_rate", "normalization"],
    "warmupsteps": ["warmup"], "warmupepochs": ["warmup"], "numwarmupsteps": ["warmup"],
    "warmupiters": ["warmup"], "decayepochs": ["decay_steps"], "stepsize": ["decay_steps"],
    "firstdecaysteps": ["decay_steps"], "tmax": ["decay_steps"], "t0": ["decay_steps"],
    "totaliters": ["decay_steps"], "tmult": ["t_mul"], "maxsteps": ["total_steps"],
    "classweights": ["class_weight"], "weight": ["class_weight"], "weights": ["class_weight"],
    "smooth": ["label_smoothing"],
    // Types
    "cosine": ["cosine_decay"], "cosineannealing": ["cosine_decay"],
    "cosineannealinglr": ["cosine_decay"], "cosinedecayrestarts": ["cosine_decay"],
    "cosineannealingwarmrestarts": ["cosine_decay"], "exponential": ["exponential_decay"],
    "exponentiallr": ["exponential_decay"], "steplr": ["exponential_decay"],
    "multisteplr": ["piecewise_constant"], "piecewiseconstantdecay": ["piecewise_constant"],
    "onecyclelr": ["one_cycle"], "polynomiallr": ["polynomial_decay"],
    "linearlr": ["polynomial_decay"], "lineardecay": ["polynomial_decay"],
    "momentum": ["sgd"], "gradientdescent": ["sgd"],
    "linear": ["dense"], "fc": ["dense"], "fullyconnected": ["dense"], "conv": ["conv2d"],
    "convolution": ["conv2d"], "convolution2d": ["conv2d"], "maxpool": ["max_pooling2d"],
    "maxpool2d": ["max_pooling2d"], "maxpooling": ["max_pooling2d"],
    "avgpool2d": ["average_pooling2d"], "batchnorm": ["batch_normalization"],
    "batchnorm2d": ["batch_normalization"], "dropout2d": ["spatial_dropout2d", "dropout"],
    "logistic": ["sigmoid"], "swish": ["silu"],
    "globalavgpool2d": ["global_average_pooling2d"],
    "adaptiveavgpool2d": ["global_average_pooling2d"], "avgpool": ["average_pooling2d"],
    "globalaveragepooling": ["global_average_pooling2d"],
    "globalmaxpool2d": ["global_max_pooling2d"], "adaptivemaxpool2d": ["global_max_pooling2d"],
    "batchnormalization2d": ["batch_normalization"], "bn": ["batch_normalization"],
    "layernorm": ["layer_normalization"], "groupnorm": ["group_normalization"],
    "zeropad2d": ["zero_padding2d"], "view": ["reshape"], "concat": ["concatenate"],
    "cat": ["concatenate"], "sum": ["add"], "mul": ["multiply"], "hardsilu": ["hard_swish"],
    "depthwiseconvolution": ["depthwise_conv2d"],
    "depthwise": ["depthwise_conv2d"], "separable": ["separable_conv2d"],
    "xavieruniform": ["glorot_uniform"], "xaviernormal": ["glorot_normal"],
    "xavier": ["glorot_uniform"], "glorot": ["glorot_uniform"], "kaiming": ["he_normal"],
    "kaiminguniform": ["he_uniform"], "kaimingnormal": ["he_normal"], "he": ["he_normal"],
    "sparsecategoricalcrossentropy": ["categorical_crossentropy"],
    "crossentropy": ["categorical_crossentropy"], "crossentropyloss": ["categorical_crossentropy"],
    "nllloss": ["categorical_crossentropy"], "logloss": ["categorical_crossentropy"],
    "mse": ["mean_squared_error"], "mseloss": ["mean_squared_error"],
    "categoricalfocalcrossentropy": ["focal"], "focalloss": ["focal"],
    "checkpoint": ["model_checkpoint"],
    "rotate": ["random_rotation"], "rotation": ["random_rotation"],
    "randomaffine": ["random_rotation"], "affine": ["random_rotation"],
    "translation": ["random_translation"], "randomtranslate": ["random_translation"],
    "randomshift": ["random_translation"], "randomscale": ["random_zoom"],
    "hflip": ["random_flip"], "vflip": ["random_flip"], "flip": ["random_flip"],
    "randomhorizontalflip": ["random_flip"], "randomverticalflip": ["random_flip"],
    "elastic": ["elastic_transform"], "randomelastictransform": ["elastic_transform"],
    "erasing": ["random_erasing"], "cutout": ["random_erasing"], "randomcutout": ["random_erasing"],
    "dilate": ["random_stroke_width"], "erode": ["random_stroke_width"],
    "gaussnoise": ["gaussian_noise"], "randomnoise": ["gaussian_noise"],
    "brightness": ["random_brightness"], "contrast": ["random_contrast"],
    "colorjitter": ["random_brightness"], "invert": ["random_invert"],
    "randomchoice": ["one_of"], "sometimes": ["random_apply"],
    "reducelr": ["reduce_lr_on_plateau"], "plateau": ["reduce_lr_on_plateau"],
    "ema": ["exponential_moving_average"], "swapemaweights": ["exponential_moving_average"],
    "movingaverage": ["exponential_moving_average"], "swa": ["stochastic_weight_averaging"],
    "timer": ["time_limit"], "maxtime": ["time_limit"], "timestopping": ["time_limit"],
    "terminateonnonfinite": ["terminate_on_nan"],
    // Metrics
    "acc": ["accuracy"], "valacc": ["val_accuracy"], "testacc": ["test_accuracy"],
    "f1": ["f1_macro"], "valf1": ["val_f1_macro"], "testf1": ["test_f1_macro"],
    "precision": ["precision_macro"], "valprecision": ["val_precision_macro"],
    "testprecision": ["test_precision_macro"], "recall": ["recall_macro"],
    "valrecall": ["val_recall_macro"], "testrecall": ["test_recall_macro"],
    "validationaccuracy": ["val_accuracy"], "validationloss": ["val_loss"],
    "macrof1": ["f1_macro"],
    // Values
    "beta": ["normalization"], "norm": ["normalization"],
    "zscore": ["standard"], "standardize": ["standard"], "standardscaler": ["standard"],
    "minmax": ["unit"], "rescale": ["unit"], "maximum": ["max"], "minimum": ["min"],
    "mirror": ["reflect"], "symmetric": ["reflect"], "edge": ["nearest"], "replicate": ["nearest"],
    "zeros": ["constant"],
  ]

  private static let notNeeded: [String: String] = {
    let shape = "the input's shape comes from the data"
    let later = "exp does not have this yet"
    return [
      "inputshape": shape, "inputdim": shape, "inputsize": shape, "batchinputshape": shape,
      "inchannels": shape, "infeatures": shape, "inputchannels": shape, "dataformat": shape,
      "numclasses": "the number of classes comes from the data",
      "metrics": "all metrics are always computed, f1_macro among them",
      "shuffle": "training images are always shuffled",
      "filepath": "weights are saved in the run's folder",
      "saveweightsonly": "weights are all that is saved",
      "verbose": "'exp run --quiet' shows no progress",
      "linear": "leave it out: without an activation the result stays as it is",
      "activityregularizer": later, "kernelconstraint": later, "biasconstraint": later,
      "warmuptarget": "the warmup rises to the schedule's first learning rate",
      "device": "training runs on the CPU",
      "raiseerror": "a run whose loss is no finite number ends as diverged; other seeds go on",
      "useema": "add the callback 'exponential_moving_average'",
      "fromlogits": "a softmax before the loss is always fused into it",
    ]
  }()
}
