// One uniform interface over oneDNN 2.6+ and 3.x, whose C interfaces differ. It covers what the Swift target
// OneDNNBackend uses, and nothing else in the house includes it.
//
// Conventions: functions return oneDNN's status, 0 for success. Handles are made by `..._create` and freed by
// `..._destroy`. Logical dimensions stand in oneDNN's order (N, C, H, W; for kernels O, I, H, W), whatever the
// order in memory.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct exp_layout exp_layout;  // type, shape and order in memory of a tensor
typedef struct exp_kernel exp_kernel;  // a compiled primitive
typedef struct exp_memory exp_memory;  // a layout over a piece of memory that the caller owns
typedef struct exp_stream exp_stream;  // an execution stream; one a thread

typedef enum {
  EXP_ORDER_ANY,             // oneDNN chooses
  EXP_ORDER_VECTOR,          // rank 1
  EXP_ORDER_ROWS,            // rank 2: N, C
  EXP_ORDER_TRANSPOSED,      // rank 2: kernels of dense layers, inputs before outputs
  EXP_ORDER_CHANNELS_FIRST,  // rank 4: N, C, H, W
  EXP_ORDER_CHANNELS_LAST,   // rank 4: N, H, W, C
  EXP_ORDER_BLOCKS_OF_8,     // rank 4: N, C ÷ 8, H, W, 8 channels, filled up with zeros
  EXP_ORDER_BLOCKS_OF_16,    // rank 4: the same with 16
  EXP_ORDER_KERNEL,          // rank 4: H, W, I, O
  EXP_ORDER_GROUPED_KERNEL,  // rank 5, dimensions G, O, I, H, W: H, W, I, G, O
} exp_order;

typedef enum { EXP_FLOAT32, EXP_BFLOAT16 } exp_type;

typedef enum { EXP_FORWARD, EXP_BACKWARD_DATA, EXP_BACKWARD_WEIGHTS } exp_direction;

typedef enum {
  EXP_IDENTITY,
  EXP_CLIP,  // between alpha and beta
  EXP_RELU,  // alpha: slope of the negative side
  EXP_ELU,   // alpha: what it falls to on the negative side
  EXP_TANH,
  EXP_SIGMOID,
  EXP_GELU,
  EXP_SILU,
  EXP_HARD_SWISH,
  EXP_MISH,
  EXP_SOFTPLUS,
  EXP_LINEAR,  // alpha · x + beta
} exp_function_kind;

// A function of each value.
typedef struct {
  exp_function_kind kind;
  float alpha, beta;
} exp_function;

// The roles of a kernel's tensors.
typedef enum {
  EXP_SOURCE,
  EXP_WEIGHTS,
  EXP_BIAS,
  EXP_DESTINATION,
  EXP_SOURCE_GRADIENT,
  EXP_WEIGHTS_GRADIENT,
  EXP_DESTINATION_GRADIENT,
  EXP_SCRATCHPAD,
} exp_role;

typedef struct {
  // The distance between pixels is one more than `dilation`, as oneDNN counts.
  int64_t size[2], strides[2], padding_before[2], padding_after[2], dilation[2];
} exp_window;

typedef struct {
  exp_role role;
  exp_memory *memory;
} exp_argument;

// The library.
// True if a status says that there is no kernel for the request, rather than that something failed.
bool exp_is_unimplemented(int status);
const char *exp_status_name(int status);
void exp_library_version(int version[3]);
const char *exp_instruction_set(void);
// The support of this CPU for bfloat16: by AVX512_BF16 for products of vectors, and in full by AMX.
typedef enum {
  EXP_NO_BFLOAT16,
  EXP_EMULATED_BFLOAT16,
  EXP_VECTOR_BFLOAT16,
  EXP_FULL_BFLOAT16,
} exp_bfloat16;
exp_bfloat16 exp_bfloat16_support(void);
// Kernels created or run on this thread use this thread alone. To be called first on each such thread: the
// creator's number of threads decides how sums are split, and so the bits.
void exp_use_one_thread(void);
// Makes numbers too small for float32's normal range count as zero on this thread; returns how they counted before,
// which `exp_restore_denormals` brings back.
unsigned exp_flush_denormals(void);
void exp_restore_denormals(unsigned state);

// Layouts.
int exp_layout_create(
    exp_layout **layout, int rank, const int64_t *dimensions, exp_order order, exp_type type);
void exp_layout_destroy(exp_layout *layout);
bool exp_layout_equal(const exp_layout *a, const exp_layout *b);
size_t exp_layout_bytes(const exp_layout *layout);
// True if float32 activations (rank 2 or 4) lie as images × blocks × pixels × width, channel = block · width + place in
// the width; then sets `blocks` and `width`.
bool exp_layout_blocks(const exp_layout *layout, int64_t *blocks, int64_t *width);

// A layout of activations of other `dimensions`, in the same one of these orders.
int exp_layout_create_like(exp_layout **layout, const exp_layout *other, const int64_t *dimensions);

// True if the function's gradient is computed from its result; else from its source.
bool exp_function_uses_result(exp_function_kind kind);

// Kernels. `forward` is the forward kernel that a backward one belongs to. `bias` may be NULL.
int exp_convolution_create(
    exp_kernel **kernel, exp_direction direction, const exp_layout *source,
    const exp_layout *weights, const exp_layout *bias, const exp_layout *destination,
    const exp_window *window, exp_function fused, const exp_kernel *forward);
int exp_dense_create(
    exp_kernel **kernel, exp_direction direction, const exp_layout *source,
    const exp_layout *weights, const exp_layout *bias, const exp_layout *destination,
    exp_function fused, const exp_kernel *forward);
int exp_activation_create(
    exp_kernel **kernel, exp_direction direction, exp_function function, const exp_layout *layout,
    const exp_kernel *forward);
int exp_softmax_create(
    exp_kernel **kernel, exp_direction direction, const exp_layout *layout,
    const exp_kernel *forward);
int exp_reorder_create(exp_kernel **kernel, const exp_layout *from, const exp_layout *to);
void exp_kernel_destroy(exp_kernel *kernel);
// The layout that the kernel takes or gives in `role`; NULL if it has none there, or an empty one.
int exp_kernel_layout(exp_layout **layout, const exp_kernel *kernel, exp_role role);
const char *exp_kernel_name(const exp_kernel *kernel);
int exp_kernel_run(
    const exp_kernel *kernel, exp_stream *stream, const exp_argument *arguments, int count);

// `result` = a · b, row-major, with either of them transposed on request; `result` is rows × columns. A stride is the
// distance between rows as they lie in memory.
int exp_multiply(
    const float *a, bool a_is_transposed, int64_t a_stride, const float *b, bool b_is_transposed,
    int64_t b_stride, float *result, int64_t rows, int64_t inner, int64_t columns);

// Memory and streams.
int exp_memory_create(exp_memory **memory, const exp_layout *layout, void *data);
void exp_memory_destroy(exp_memory *memory);
int exp_stream_create(exp_stream **stream);
void exp_stream_destroy(exp_stream *stream);
