#define _GNU_SOURCE
#include "include/storage.h"
#include <errno.h>
#include <fcntl.h>

int annal_fallocate(int descriptor, int64_t offset, int64_t length) {
    return fallocate(descriptor, 0, offset, length) == 0 ? 0 : -errno;
}
