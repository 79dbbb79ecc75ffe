// The compiler that reads this.
#pragma once

// Its name, version and source; read from Swift, those of the Clang that Swift has in it.
static inline const char *exp_compiler(void) { return __VERSION__; }
