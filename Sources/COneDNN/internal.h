// Declarations shared by the files of this target; Swift never sees them.
#pragma once
#include <dnnl.h>

#include "onednn.h"

#if DNNL_VERSION_MAJOR >= 3
#define NEWER 1
typedef const_dnnl_memory_desc_t description;  // oneDNN 3: a handle
#else
#define NEWER 0
typedef const dnnl_memory_desc_t *description;  // oneDNN 2: a struct
#endif

struct exp_layout {
  dnnl_memory_desc_t value;
};
struct exp_kernel {
  dnnl_primitive_desc_t description;
  dnnl_primitive_t primitive;
};

#define TRY(call)                                \
  do {                                           \
    dnnl_status_t status_ = (call);              \
    if (status_ != dnnl_success) return status_; \
  } while (0)

// The one CPU engine; made by the first call of `exp_need_engine`.
extern dnnl_engine_t exp_engine;
dnnl_status_t exp_need_engine(void);

// The layout as oneDNN takes it; NULL for NULL.
description exp_layout_of(const exp_layout *layout);
