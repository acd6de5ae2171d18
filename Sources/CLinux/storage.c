#define _GNU_SOURCE
#include "include/storage.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

int annal_fallocate(int descriptor, int64_t offset, int64_t length) {
    return fallocate(descriptor, 0, offset, length) == 0 ? 0 : -errno;
}

int64_t annal_link_count(int descriptor) {
    struct statx status;
    if (statx(descriptor, "", AT_EMPTY_PATH, STATX_NLINK, &status) != 0) return -errno;
    return status.stx_nlink;
}
