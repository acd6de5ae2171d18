#pragma once
#include <stdint.h>

/// fallocate(2), mode 0: allocates room from `offset` on, growing the file with zeros where it ends before.
/// Returns 0 or a negative errno.
int annal_fallocate(int descriptor, int64_t offset, int64_t length);

/// statx(2) for nothing but the number of names that the file has, or a negative errno.
/// Not fstat(2): who has asked for a file's times gets a new one, to the nanosecond, with the next write, since Linux
/// 6.13, and the next fdatasync then writes the inode too.
int64_t annal_link_count(int descriptor);
