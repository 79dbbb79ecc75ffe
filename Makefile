# What a newcomer needs: `make demo`, `make test`, `make install`.

PREFIX ?= /usr/local
# Headers of the libraries that exp is built on; curl fetches datasets.
PACKAGES = libyaml-dev libdnnl-dev zlib1g-dev libssl-dev libpng-dev libjpeg-dev libarchive-dev pkg-config curl
# The C code of our own; the toolchain has a formatter only for Swift.
C_TARGETS = Sources/CArchive Sources/CKernels Sources/COneDNN Sources/CPictures Sources/CSpawning Tests/CKernels
# The Swift library goes into the program: one file that starts at once and needs no toolchain.
BUILD = swift build --configuration release --static-swift-stdlib --product exp
EXP = .build/release/exp

.PHONY: build demo test lint fuzz torture interop install manual-page uninstall package packages bench clean

build: packages
	$(BUILD)

demo: build
	$(EXP) check experiments/synthetic-quickstart.yaml
	$(EXP) run experiments/synthetic-quickstart.yaml
	$(EXP) compare

SWIFT_TEST = swift test --configuration release --explicit-target-dependency-import-check error

test: packages
	$(SWIFT_TEST)

lint:
	@command -v clang-format > /dev/null || $(MAKE) --no-print-directory packages PACKAGES=clang-format
	swift format lint --strict --recursive Package.swift Sources Tests Benchmarks
	clang-format --dry-run --Werror $(wildcard $(C_TARGETS:%=%/*.[ch]) $(C_TARGETS:%=%/*/*.[ch]))

# One after the other: specs, arguments of --set, and each file that is read. Whatever crashes, hangs or wants much memory
# stops the first one that finds it; the input is then in .build-fuzz/crashes, and `.build-fuzz/release/FuzzText FILE`,
# or `FUZZ_FILE=run.json .build-fuzz/release/FuzzFiles FILE`, repeats it.
FUZZ_SECONDS ?= 600
FUZZERS = FuzzText FuzzSettings FuzzFiles
FUZZ_FILES ?= train-images-idx3-ubyte train-labels-idx1-ubyte.gz weights.safetensors run.json values.json results.json \
  history.csv predictions.csv trace.csv state picture.png picture.jpg table.csv arrays.npz data_batch.bin archive.tar \
  evaluation.json ensemble.json
FUZZ_FLAGS = -max_total_time=$(FUZZ_SECONDS) -print_final_stats=1 -report_slow_units=1 -dict=.build-fuzz/words.dict
FUZZ_TEXT_FLAGS = $(FUZZ_FLAGS) -timeout=1 -rss_limit_mb=256 -max_len=4096 -artifact_prefix=.build-fuzz/crashes/
FUZZ_FILE_FLAGS = $(FUZZ_FLAGS) -timeout=2 -rss_limit_mb=512 -max_len=65536
# Files that are written for each input, in memory.
FUZZ_FOLDER = /dev/shm/exp-fuzz

# Swift would print where a program stopped, but then libFuzzer does not keep the input.
fuzz: export SWIFT_BACKTRACE = enable=no

fuzz: packages
	for fuzzer in $(FUZZERS); do \
	  FUZZ=1 swift build --configuration release --scratch-path .build-fuzz --product $$fuzzer || exit 1; \
	done
	mkdir -p .build-fuzz/crashes $(addprefix .build-fuzz/,FuzzText FuzzSettings $(FUZZ_FILES))
	cat Tests/Fuzzing/syntax.dict > .build-fuzz/words.dict
	grep --no-filename --only-matching '"[a-z0-9_]*"' docs/experiment.schema.json Tests/Fuzzing/Seeds/run/*.json \
	  | sort --unique >> .build-fuzz/words.dict
	.build-fuzz/release/FuzzText $(FUZZ_TEXT_FLAGS) .build-fuzz/FuzzText \
	  Tests/Fuzzing/FuzzText/Seeds experiments Tests/PlansTests/Planning/Fixtures
	.build-fuzz/release/FuzzSettings $(FUZZ_TEXT_FLAGS) .build-fuzz/FuzzSettings Tests/Fuzzing/FuzzSettings/Seeds
	for file in $(FUZZ_FILES); do \
	  rm -rf $(FUZZ_FOLDER) && mkdir $(FUZZ_FOLDER) || exit 1; \
	  FUZZ_FILE=$$file TMPDIR=$(FUZZ_FOLDER) .build-fuzz/release/FuzzFiles $(FUZZ_FILE_FLAGS) \
	    -artifact_prefix=.build-fuzz/crashes/$$file- .build-fuzz/$$file || exit 1; \
	done
	rm -rf $(FUZZ_FOLDER)

# What the tests try of crashes and failing disks, at every write and not only at one of a kind; 300 random kills.
torture: packages
	TORTURE=1 swift test --configuration release --filter 'ExpCommandTests.(FaultPoint|Kill|DiskError|DamagedState|PlantedLink|LostFiles|Scarcity|SharedSweep)Tests'

# Other programs, from PyPI and in environments of their own: they make the tests' fixtures anew, read what exp writes for
# them, and repeat a run.
INTEROP = .build-interop
PEERS = $(INTEROP)/peers/bin/python
PICTURES = $(INTEROP)/pictures/bin/python
ONNX = $(CURDIR)/$(INTEROP)/onnx/bin/python

interop: packages $(INTEROP)/text/ready $(INTEROP)/peers/ready $(INTEROP)/pictures/ready $(INTEROP)/onnx/ready
	INTEROP_PYTHON=$(CURDIR)/$(INTEROP)/text/bin/python $(SWIFT_TEST) --filter '(JSONSchema|ComparisonFormat)Tests'
	$(PEERS) Tests/Interop/check_fixtures.py
	$(ONNX) Tests/Interop/check_with_onnxruntime.py Tests/ExchangeTests/Fixtures
	INTEROP_PYTHON=$(ONNX) $(SWIFT_TEST) --filter '(ONNXRuntime|FollowedPages)Tests'
	INTEROP_PYTHON=$(CURDIR)/$(PEERS) $(SWIFT_TEST) --filter SourceInteropTests
	rm -rf $(INTEROP)/trained $(INTEROP)/exported-pictures
	$(PEERS) Tests/Interop/check_trained_exports.py train $(EXP) $(INTEROP)/trained
	$(ONNX) Tests/Interop/check_trained_exports.py onnx $(INTEROP)/trained
	$(PEERS) Tests/Interop/check_trained_exports.py pytorch $(INTEROP)/trained
	$(PEERS) Tests/Interop/check_trained_exports.py keras $(INTEROP)/trained
	$(PEERS) Tests/Interop/check_exported_pictures.py $(EXP) $(INTEROP)/exported-pictures
	rm -rf $(INTEROP)/runs
	$(PEERS) Tests/Interop/make_digits.py $(INTEROP)/digits
	cp Tests/Interop/digits.yaml $(INTEROP)/
	$(EXP) run $(INTEROP)/digits.yaml --output-dir $(INTEROP)/runs
	$(PEERS) Tests/Interop/check_run.py $(INTEROP)/runs/interop-digits/*
	rm -rf $(INTEROP)/forms $(INTEROP)/runs-of-forms
	$(PICTURES) -m pip install --quiet --no-deps animal-mnist==0.4
	$(PICTURES) Tests/Interop/make_pictures.py $(INTEROP)/forms
	for spec in $(INTEROP)/forms/*.yaml; do \
	  $(EXP) check $$spec && $(EXP) run $$spec --output-dir $(INTEROP)/runs-of-forms || exit 1; \
	done
	$(PICTURES) Tests/Interop/check_pictures.py $(INTEROP)/runs-of-forms
	rm -rf $(INTEROP)/resnet18
	$(EXP) data sample $(INTEROP)/resnet18/shapes
	$(PEERS) Tests/Interop/check_resnet18.py make $(INTEROP)/resnet18/random.safetensors
	$(EXP) run experiments/resnet18.yaml --output-dir $(INTEROP)/resnet18/runs \
	  --set data.dataset.path=$(INTEROP)/resnet18/shapes --set data.limit=32 --set augmentation=[] \
	  --set model.weights=$(INTEROP)/resnet18/random.safetensors --set 'model.frozen=[conv1, bn1, layer*]' \
	  --set 'optimizer={type: sgd, learning_rate: 1.0e-30}' --set training.epochs=1
	$(PEERS) Tests/Interop/check_resnet18.py compare $(INTEROP)/resnet18/random.safetensors \
	  $(INTEROP)/resnet18/runs/resnet18/* $(INTEROP)/resnet18/shapes
	@if ls "$$EXP_DATA_DIR"/mnist/t10k-images-idx3-ubyte* > /dev/null 2>&1; then \
	  rm -rf $(INTEROP)/mnist && \
	  $(EXP) run experiments/mnist-baseline.yaml --seed 0 --quiet --output-dir $(INTEROP)/mnist && \
	  $(PEERS) Tests/Interop/check_digit_pictures.py $(EXP) $(INTEROP)/mnist/mnist-baseline/* "$$EXP_DATA_DIR/mnist" 1 2; \
	else \
	  echo "skipped: pictures of MNIST's digits, which is not in EXP_DATA_DIR='$$EXP_DATA_DIR'"; \
	fi
	python3 Tests/Interop/slurm/check_slurm.py $(EXP) $(INTEROP)/slurm
	python3 Tests/Interop/slurm/check_hosts.py $(EXP) $(INTEROP)/hosts
	python3 Tests/Interop/shared_folder/check_shared_folder.py $(EXP) $(INTEROP)/shared-folder

# Where shells look for completions, and man for its page.
SHARED = bash-completion/completions/exp zsh/site-functions/_exp fish/vendor_completions.d/exp.fish man/man1/exp.1
SHARE = $(DESTDIR)$(PREFIX)/share

install: build manual-page
	install -D --strip --mode 755 $(EXP) $(DESTDIR)$(PREFIX)/bin/exp
	install -d $(dir $(SHARED:%=$(SHARE)/%))
	$(EXP) --generate-completion-script bash > $(SHARE)/$(word 1,$(SHARED))
	$(EXP) --generate-completion-script zsh > $(SHARE)/$(word 2,$(SHARED))
	$(EXP) --generate-completion-script fish > $(SHARE)/$(word 3,$(SHARED))
	.build/release/generate-manual $(EXP) --output-directory $(dir $(SHARE)/$(word 4,$(SHARED)))

# The page is made from the declarations of the commands, by the library that reads their arguments.
manual-page: packages
	swift build --configuration release --product generate-manual

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/exp $(SHARED:%=$(SHARE)/%)

# A package for the Debian or Ubuntu that this is.
package: build
	Packaging/make_package.sh $(EXP)

# Installs the system packages that are missing; without the right to, says how and stops.
packages:
	@command -v swift > /dev/null || { \
	  echo "Swift is missing: install the toolchain from https://www.swift.org/install/linux/"; exit 1; }
	@command -v dpkg-query > /dev/null || { \
	  echo "This is not Debian or Ubuntu: install what corresponds to $(PACKAGES)."; exit 0; }; \
	missing=; \
	for package in $(PACKAGES); do \
	  dpkg-query --show --showformat='$${db:Status-Status}\n' $$package 2> /dev/null \
	    | grep --quiet '^installed$$' || missing="$$missing $$package"; \
	done; \
	[ -z "$$missing" ] && exit 0; \
	if [ "$$(id --user)" = 0 ]; then sudo=; \
	elif command -v sudo > /dev/null; then sudo='sudo '; \
	else \
	  echo "System packages are missing, and this user may not install them. As root, run"; \
	  echo "  apt-get update && apt-get install --yes --no-install-recommends$$missing"; exit 1; \
	fi; \
	command="$${sudo}apt-get update && $${sudo}apt-get install --yes --no-install-recommends$$missing"; \
	echo "$$command"; sh -c "$$command"

# Against Keras, PyTorch and JAX, by turns (`BENCH_FLAGS='--rounds 3 --only training'` for less), then whether kernels are as
# fast as they ought to be; needs MNIST.
BENCH_PYTHON = .build-bench/venv/bin/python

bench: build .build-bench/venv/ready
	for product in InferenceSpeed StepBound KernelSpeed; do \
	  swift build --configuration release --static-swift-stdlib --product $$product || exit 1; \
	done
	$(EXP) data get mnist
	$(BENCH_PYTHON) Benchmarks/bench.py --exp $(EXP) --python $(BENCH_PYTHON) $(BENCH_FLAGS)
	.build/release/KernelSpeed

# An environment is there when all of it is installed.
ENVIRONMENT = rm -rf $(@D) && python3 -m venv $(@D) && \
  $(@D)/bin/python -m pip install --quiet --requirement $< && touch $@

.build-bench/venv/ready: Benchmarks/requirements.txt
	$(ENVIRONMENT)

$(INTEROP)/%/ready: Tests/Interop/%.txt
	$(ENVIRONMENT)

clean:
	rm -rf .build .build-bench .build-fuzz .build-interop .build-kernels .build-package
