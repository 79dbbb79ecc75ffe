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
  bool goes_on;  // with any activation, and with means; not normalized before, nor added to what is there
} algorithm;

// Errors are several times as large as those of plain sums in float32.
static const algorithm winograd = {
    "winograd", solve_by_winograd, 1e-5, true, {1, 3, 5, 16, 17, 32, 40}, 3, 3, 1, false};
static const algorithm winograd_in_parts = {
    "winograd in parts", solve_by_winograd, 1e-5, true, {1, 3, 5, 16, 17, 32, 40}, 3, 6, 2, false};
static const algorithm narrow = {
    "narrow", solve_as_defined, 1e-6, false, {1, 1, 1, 2, 3, 4, 6}, 1, 7, 3, true};

static const char *const set_names[] = {"baseline", "avx2", "avx512"};

static const char *const poolings[] = {"", ", the largest", ", the mean"};

static bool same(const float *a, const float *b, int64_t count) {
  return (!a && !b) || memcmp(a, b, sizeof(float) * (size_t)count) == 0;
}

static answer no_answer(const problem *p) {
  return (answer){
      .dkernel = p->lacks_dkernel ? NULL : floats(weight_count(p)),
      .dbias = p->lacks_dbias ? NULL : floats(p->shape.channels[1])};
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
    *found = no_answer(p);
    a->solve(p, found);
    expect_result(p, e->z, found, a->tolerance);
    if (found->dx) expect_sums("dx", e->dx, found->dx, count_of(p, INPUT), a->tolerance);
    if (found->dkernel) expect_sums("dkernel", e->dkernel, found->dkernel, weights, a->tolerance);
    if (found->dbias) expect_sums("dbias", e->dbias, found->dbias, s->channels[1], a->tolerance);
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
      "%lldx%lld every %lldx%lld, slope %g%s%s",
      a->name, kind, (long long)s->images, (long long)s->rows[0], (long long)s->columns[0],
      (long long)s->channels[0], (long long)s->rows[1], (long long)s->columns[1],
      (long long)s->channels[1], (long long)s->before[0], (long long)s->before[1],
      (long long)p->shape.size[0], (long long)p->shape.size[1], (long long)p->shape.strides[0],
      (long long)p->shape.strides[1], p->slope, p->is_tangent ? ", tanh" : "",
      poolings[p->pooling]);
}

// Random numbers for each channel, filled up with zeros.
static const float *channel_numbers(int64_t channels) {
  const int64_t count = (channels + 15) / 16 * 16;
  float *numbers = random_floats(count);
  for (int64_t c = channels; c < count; c++) numbers[c] = 0;
  return numbers;
}

static const exp_normalization *normalization(int64_t channels) {
  exp_normalization *made = room(sizeof *made);
  *made = (exp_normalization){channel_numbers(channels), channel_numbers(channels),
                              channel_numbers(channels), channel_numbers(channels),
                              channel_numbers(channels), random_between(0, 1) ? 0 : -INFINITY};
  return made;
}

// Makes the input the normalization of what it was.
static void normalize(problem *p) {
  const exp_normalization *n = p->before;
  float *x = floats(count_of(p, INPUT));
  p->unnormalized = p->x;
  for (int64_t i = 0; i < count_of(p, INPUT); i++) {
    const int64_t c = i % p->shape.channels[0];
    const float y = (p->x[i] - n->mean[c]) * n->factor[c] + n->shift[c];
    x[i] = y < n->least ? n->least : y;
  }
  p->x = x;
}

static void fill(const algorithm *a, problem *p, bool has_bias) {
  const exp_convolution *s = &p->shape;
  p->x = random_floats(count_of(p, INPUT));
  p->kernel = random_floats(weight_count(p));
  p->bias = has_bias ? random_floats(s->channels[1]) : NULL;
  p->dy = random_floats(count_of(p, RESULT));
  exp_winner *given = room(count_of(p, RESULT));
  for (int64_t i = 0; i < count_of(p, RESULT); i++) given[i] = (exp_winner)random_between(-1, 3);
  p->given = given;
  // Enough for what is pooled, too.
  p->values = a->goes_on || random_between(0, 1) ? random_floats(count_of(p, SUMS)) : NULL;
  const bool is_behind = p->values && p->pooling != MEAN && random_between(0, 1);
  p->behind = is_behind ? normalization(s->channels[1]) : NULL;
  p->before = NULL;
  if (!a->goes_on) {
    p->before = random_between(0, 1) ? normalization(s->channels[0]) : NULL;
    if (p->before) normalize(p);
    p->earlier = random_between(0, 1) ? random_floats(count_of(p, INPUT)) : NULL;
  }
}

static void check_random_numbers(const algorithm *a, problem p) {
  name_case(a, &p, "random numbers");
  fill(a, &p, random_between(0, 3) > 0);
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
  fill(a, &p, true);
  p.before = NULL;
  memset((float *)p.x, 0, sizeof(float) * (size_t)count_of(&p, INPUT));
  for (int set = 0; set <= (int)exp_vector_instructions(); set++) {
    begin_part(set_names[set]);
    p.shape.instructions = (exp_instructions)set;
    answer found = no_answer(&p);
    a->solve(&p, &found);
    for (int64_t i = 0; i < count_of(&p, RESULT); i++) {
      const float bias = p.bias[i % s->channels[1]];
      expect(found.y[i] == (bias > 0 ? bias : bias * p.slope), "y is %g", found.y[i]);
      expect(
          found.winners[i] == (bias <= 0 && p.slope == 0 ? -1 : 0), "winner %d", found.winners[i]);
    }
  }
}

// NaN spreads to every result that reads it.
static void check_no_number(const algorithm *a, problem p) {
  name_case(a, &p, "what is no number");
  fill(a, &p, true);
  const int64_t place = random_between(0, count_of(&p, INPUT) - 1);
  ((float *)p.x)[place] = NAN;
  if (p.before) ((float *)p.unnormalized)[place] = NAN;
  const expected e = expected_sums(&p);
  for (int set = 0; set <= (int)exp_vector_instructions(); set++) {
    begin_part(set_names[set]);
    p.shape.instructions = (exp_instructions)set;
    answer found = no_answer(&p);
    a->solve(&p, &found);
    for (int64_t i = 0; i < count_of(&p, RESULT); i++) {
      const bool is_none = isnan(found.y[i]), has_to_be = is_no_number(&p, e.z, i);
      expect(
          is_none == has_to_be || (is_none && a->spreads), "y[%lld] is %g", (long long)i,
          found.y[i]);
    }
  }
}

// Sizes along an axis: what is read may be less than all of the input, and begin before it.
static void choose_axis(const algorithm *a, problem *p, int axis, int64_t *lengths) {
  const int64_t size = random_between(a->least_size, a->largest_size);
  const int64_t stride = random_between(1, a->largest_stride);
  int64_t *before = &p->shape.before[axis];
  p->shape.size[axis] = size;
  p->shape.strides[axis] = stride;
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
    p.pooling =
        can_pool ? (pooling)random_between(UNPOOLED, a->goes_on ? MEAN : LARGEST) : UNPOOLED;
    p.is_tangent = a->goes_on && p.pooling != LARGEST && random_between(0, 1);
    p.lacks_dx = random_between(0, 3) == 0;
    p.lacks_dkernel = random_between(0, 3) == 0;
    p.lacks_dbias = random_between(0, 3) == 0;
    check_random_numbers(a, p);
    if (number % 8 >= 6) check_no_number(a, p);
    p.is_tangent = false;
    if (can_pool && number % 8 == 0) check_ties(a, p);
  }
}

void check_winograd(void) {
  check(&winograd);
  check(&winograd_in_parts);
  // So many channels that a block of tiles is smaller than an image.
  problem p = {
      .shape = {EXP_BASELINE, 3, {300, 70}, {11, 10}, {11, 10}, {3, 3}, {1, 1}, {1, 1}},
      .slope = 0};
  check_random_numbers(&winograd, p);
  p.pooling = LARGEST;
  check_random_numbers(&winograd, p);
}

void check_narrow(void) {
  check(&narrow);
  // Weights that see nothing but padding have a gradient of exactly zero.
  for (int64_t side = 1; side <= 2; side++) {
    problem p = {
        .shape = {EXP_BASELINE, 2, {1, 20}, {side, side}, {side, side}, {3, 3}, {1, 1}, {1, 1}}};
    check_random_numbers(&narrow, p);
  }
  // The first layer of many networks: pooled, with nothing to give back to the images.
  for (int64_t side = 4; side <= 9; side++) {
    problem p = {
        .shape = {EXP_BASELINE, 3, {1, 33}, {side, 9}, {side - 2, 7}, {3, 3}, {1, 1}, {0, 0}},
        .slope = (float[]){0, 0.25f}[side % 2],
        .pooling = LARGEST,
        .lacks_dx = true};
    check_random_numbers(&narrow, p);
  }
}
