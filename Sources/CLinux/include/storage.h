#pragma once
#include <stdint.h>

/// fallocate(2), mode 0: allocates room from `offset` on, growing the file with zeros where it ends before.
/// Returns 0 or a negative errno.
int annal_fallocate(int descriptor, int64_t offset, int64_t length);
