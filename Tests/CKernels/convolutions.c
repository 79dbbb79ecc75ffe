// Checks both kinds of convolutions: the result, and each gradient.
#include "convolutions.h"

#include <math.h>
#include <string.h>

// A way to compute them.
typedef struct {
  const char *name;
  void (*solve)(const problem *p, answer *found);
  double tolerance;
  bool spreads;       // an error of one number is one of others, too
  int64_t inputs[7];  // numbers of channels
  int64_t least_size, largest_size, largest_stride;
} algorithm;

// Errors are several times as large as those of plain sums in float32.
static const algorithm winograd = {
    "winograd", solve_by_winograd, 1e-5, true, {1, 3, 5, 16, 17, 32, 40}, 3, 3, 1};
static const algorithm narrow = {
    "narrow", solve_as_defined, 1e-6, false, {1, 1, 1, 2, 3, 3, 4}, 3, 3, 1};

static const char *const set_names[] = {"baseline", "avx2", "avx512"};

static const char *const poolings[] = {"", ", the largest", ", the mean"};

static bool same(const float *a, const float *b, int64_t count) {
  return (!a && !b) || memcmp(a, b, sizeof(float) * (size_t)count) == 0;
}

// Solves it with each set of instructions. AVX2 and AVX-512 give the same bits.
static void solve(const algorithm *a, problem *p, const expected *e) {
  const exp_convolution *s = &p->shape;
  const int64_t weights = weight_count(p);
  answer of_set[3];
  for (int set = 0; set <= (int)exp_vector_instructions(); set++) {
    begin_part(set_names[set]);
    p->shape.instructions = (exp_instructions)set;
    answer *found = &of_set[set];
    *found = (answer){.dkernel = floats(weights), .dbias = floats(s->channels[1])};
    a->solve(p, found);
    expect_result(p, e->z, found, a->tolerance);
    if (found->dx) expect_sums("dx", e->dx, found->dx, count_of(p, INPUT), a->tolerance);
    expect_sums("dkernel", e->dkernel, found->dkernel, weights, a->tolerance);
    expect_sums("dbias", e->dbias, found->dbias, s->channels[1], a->tolerance);
  }
  if (exp_vector_instructions() < EXP_AVX512) return;
  const answer *one = &of_set[EXP_AVX2], *other = &of_set[EXP_AVX512];
  expect(
      same(one->y, other->y, count_of(p, RESULT)) && same(one->dx, other->dx, count_of(p, INPUT))
          && same(one->dkernel, other->dkernel, weights)
          && same(one->dbias, other->dbias, s->channels[1])
          && memcmp(one->winners, other->winners, (size_t)count_of(p, RESULT)) == 0,
      "not the same bits as with avx2");
}

static void name_case(const algorithm *a, const problem *p, const char *kind) {
  const exp_convolution *s = &p->shape;
  begin_case(
      "%s of %s: %lld images %lldx%lldx%lld to %lldx%lldx%lld, %lld and %lld before, kernel "
      "%lldx%lld every %lldx%lld, slope %g%s",
      a->name, kind, (long long)s->images, (long long)s->rows[0], (long long)s->columns[0],
      (long long)s->channels[0], (long long)s->rows[1], (long long)s->columns[1],
      (long long)s->channels[1], (long long)s->before[0], (long long)s->before[1],
      (long long)p->size[0], (long long)p->size[1], (long long)p->strides[0],
      (long long)p->strides[1], p->slope, poolings[p->pooling]);
}

static void fill(problem *p, bool has_bias) {
  const exp_convolution *s = &p->shape;
  p->x = random_floats(count_of(p, INPUT));
  p->kernel = random_floats(weight_count(p));
  p->bias = has_bias ? random_floats(s->channels[1]) : NULL;
  p->dy = random_floats(count_of(p, RESULT));
  exp_winner *given = room(count_of(p, RESULT));
  for (int64_t i = 0; i < count_of(p, RESULT); i++) given[i] = (exp_winner)random_between(-1, 3);
  p->given = given;
}

static void check_random_numbers(const algorithm *a, problem p) {
  name_case(a, &p, "random numbers");
  fill(&p, random_between(0, 3) > 0);
  expected e = expected_sums(&p);
  if (a->spreads) {
    spread_sizes(e.z, count_of(&p, SUMS));
    spread_sizes(e.dx, count_of(&p, INPUT));
    spread_sizes(e.dkernel, weight_count(&p));
  }
  solve(a, &p, &e);
}

// Where all values of a window are the same, the first is the winner.
static void check_ties(const algorithm *a, problem p) {
  const exp_convolution *s = &p.shape;
  p.pooling = LARGEST;
  name_case(a, &p, "ties");
  fill(&p, true);
  memset((float *)p.x, 0, sizeof(float) * (size_t)count_of(&p, INPUT));
  for (int set = 0; set <= (int)exp_vector_instructions(); set++) {
    begin_part(set_names[set]);
    p.shape.instructions = (exp_instructions)set;
    answer found = {.dkernel = floats(weight_count(&p)), .dbias = floats(s->channels[1])};
    a->solve(&p, &found);
    for (int64_t i = 0; i < count_of(&p, RESULT); i++) {
      const float bias = p.bias[i % s->channels[1]];
      expect(found.y[i] == (bias > 0 ? bias : bias * p.slope), "y is %g", found.y[i]);
      expect(
          found.winners[i] == (bias <= 0 && p.slope == 0 ? -1 : 0), "winner %d", found.winners[i]);
    }
  }
}

// A number that is none is in all results that it has a share in.
static void check_no_number(const algorithm *a, problem p) {
  const exp_convolution *s = &p.shape;
  p.pooling = UNPOOLED;
  name_case(a, &p, "what is no number");
  fill(&p, true);
  const int64_t inputs = s->channels[0], outputs = s->channels[1];
  const int64_t place = random_between(0, count_of(&p, INPUT) - 1);
  const int64_t row = place / inputs / s->columns[0], column = place / inputs % s->columns[0];
  ((float *)p.x)[place] = NAN;
  for (int set = 0; set <= (int)exp_vector_instructions(); set++) {
    begin_part(set_names[set]);
    p.shape.instructions = (exp_instructions)set;
    answer found = {.dkernel = floats(weight_count(&p)), .dbias = floats(outputs)};
    a->solve(&p, &found);
    for (int64_t i = 0; i < count_of(&p, RESULT); i++) {
      const int64_t r = i / outputs / s->columns[1], c = i / outputs % s->columns[1];
      const int64_t down = row % s->rows[0] - (r % s->rows[1] * p.strides[0] - s->before[0]);
      const int64_t across = column - (c * p.strides[1] - s->before[1]);
      const bool reads = row / s->rows[0] == r / s->rows[1] && down >= 0 && down < p.size[0]
                         && across >= 0 && across < p.size[1];
      expect(!reads || isnan(found.y[i]), "y[%lld] is %g", (long long)i, found.y[i]);
    }
  }
}

// Sizes along an axis: what is read may be less than all of the input, and begin before it.
static void choose_axis(const algorithm *a, problem *p, int axis, int64_t *lengths) {
  const int64_t size = random_between(a->least_size, a->largest_size);
  const int64_t stride = random_between(1, a->largest_stride);
  int64_t *before = &p->shape.before[axis];
  p->size[axis] = size;
  p->strides[axis] = stride;
  lengths[0] = random_between(1, 13);
  *before = random_between(0, size - 1);
  const int64_t room = lengths[0] + *before + random_between(0, size - 1) - size;
  const int64_t largest = room < 0 ? 1 : room / stride + 1;
  lengths[1] = random_between(0, 1) ? largest : random_between(1, largest);
}

static void check(const algorithm *a) {
  const int64_t outputs[] = {1, 3, 8, 15, 16, 17, 32, 33, 64};
  for (int number = 0; number < 240; number++) {
    problem p = {.slope = (float[]){0, 1, 0.25f}[number % 3]};
    exp_convolution *s = &p.shape;
    s->images = random_between(1, 4);
    s->channels[0] = a->inputs[random_between(0, 6)];
    s->channels[1] = outputs[random_between(0, 8)];
    choose_axis(a, &p, 0, s->rows);
    choose_axis(a, &p, 1, s->columns);
    const bool can_pool = s->rows[1] >= 2 && s->columns[1] >= 2;
    p.pooling = can_pool && random_between(0, 1) ? LARGEST : UNPOOLED;
    check_random_numbers(a, p);
    if (can_pool && number % 8 == 0) check_ties(a, p);
    if (number % 8 == 4) check_no_number(a, p);
  }
}

void check_winograd(void) {
  check(&winograd);
  // So many channels that a block of tiles is smaller than an image.
  problem p = {
      .shape = {EXP_BASELINE, 3, {300, 70}, {11, 10}, {11, 10}, {1, 1}},
      .size = {3, 3},
      .strides = {1, 1}};
  check_random_numbers(&winograd, p);
  p.pooling = LARGEST;
  check_random_numbers(&winograd, p);
}

void check_narrow(void) {
  check(&narrow);
  // Weights that see nothing but padding have a gradient of exactly zero.
  for (int64_t size = 1; size <= 2; size++)
    check_random_numbers(
        &narrow, (problem){
                     .shape = {EXP_BASELINE, 2, {1, 20}, {size, size}, {size, size}, {1, 1}},
                     .size = {3, 3},
                     .strides = {1, 1}});
}
