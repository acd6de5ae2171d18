#define _GNU_SOURCE
#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

int annal_open_beneath(int directory, const char *path, int flags) {
    struct open_how how = {
        .flags = (uint64_t)(flags | O_CLOEXEC),
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS,
    };
    // EAGAIN says that a rename elsewhere raced with the walk; the manual page says to try again, a few times.
    for (int attempt = 0;; attempt++) {
        long descriptor = syscall(SYS_openat2, directory, path, &how, sizeof how);
        if (descriptor >= 0) return (int)descriptor;
        if (errno == EINTR) continue;
        if (errno != EAGAIN || attempt == 8) return -errno;
    }
}

int annal_look_at_directory(int directory, const char *path) {
    int descriptor = openat(directory, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return descriptor < 0 ? -errno : descriptor;
}

int annal_rename_noreplace(int from_directory, const char *from, int to_directory, const char *to) {
    return renameat2(from_directory, from, to_directory, to, RENAME_NOREPLACE) == 0 ? 0 : -errno;
}

int annal_probe_read_lease(int descriptor) {
    // A writer that opens the file while the lease is held makes the kernel signal this process. The default signal,
    // SIGIO, would end it; SIGURG is ignored unless somebody asks for it.
    if (fcntl(descriptor, F_SETSIG, SIGURG) != 0) return -errno;
    if (fcntl(descriptor, F_SETLEASE, F_RDLCK) != 0) return -errno;
    return fcntl(descriptor, F_SETLEASE, F_UNLCK) == 0 ? 0 : -errno;
}

uint64_t annal_filesystem_magic(int descriptor) {
    struct statfs status;
    return fstatfs(descriptor, &status) == 0 ? (uint64_t)(uint32_t)status.f_type : 0;
}

int annal_sync_file_system(int descriptor) { return syncfs(descriptor) == 0 ? 0 : -errno; }

int annal_event_counter(void) {
    int descriptor = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return descriptor >= 0 ? descriptor : -errno;
}

ssize_t annal_read_attribute(int descriptor, const char *name, void *bytes, size_t capacity) {
    ssize_t length = fgetxattr(descriptor, name, bytes, capacity);
    return length < 0 ? -errno : length;
}

int annal_write_attribute(int descriptor, const char *name, const void *bytes, size_t count) {
    return fsetxattr(descriptor, name, bytes, count, 0) == 0 ? 0 : -errno;
}

void annal_return_memory(void) { malloc_trim(0); }
