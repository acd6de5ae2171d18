/* Preloaded into annald by a test: makes one call fail, and sets the clock, without any change to the program.
 *
 * ANNAL_SHIM names a directory. What lies there when a call is made decides what it does:
 *   fail-sync    the next fdatasync of a segment fails with EIO, once, and nothing is synced; the file becomes failed-sync
 *   fail-write   the next pwritev into a segment fails with EIO, once, after half of the first piece; becomes failed-write
 *   clock        seconds that the time of day is set ahead by; negative sets it back
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* Whether a descriptor is of a segment of the log. */
static int is_segment(int fd)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path);
    return length > 4 && memcmp(path + length - 4, ".seg", 4) == 0;
}

/* Takes the order that lies under a name; the rename lets one caller have it. */
static int taken(const char *order, const char *done)
{
    const char *directory = getenv("ANNAL_SHIM");
    char from[4096], to[4096];
    if (!directory)
        return 0;
    snprintf(from, sizeof from, "%s/%s", directory, order);
    snprintf(to, sizeof to, "%s/%s", directory, done);
    return rename(from, to) == 0;
}

int fdatasync(int fd)
{
    if (is_segment(fd) && taken("fail-sync", "failed-sync")) {
        errno = EIO;
        return -1;
    }
    return syscall(SYS_fdatasync, fd);
}

ssize_t pwritev(int fd, const struct iovec *pieces, int count, off_t offset)
{
    static ssize_t (*real)(int, const struct iovec *, int, off_t);
    if (!real)
        real = (ssize_t (*)(int, const struct iovec *, int, off_t))dlsym(RTLD_NEXT, "pwritev");
    if (is_segment(fd) && taken("fail-write", "failed-write")) {
        /* What a failed write leaves behind is anything: here half of the first piece. */
        ssize_t half = pwrite(fd, pieces[0].iov_base, pieces[0].iov_len / 2, offset);
        (void)half;
        errno = EIO;
        return -1;
    }
    return real(fd, pieces, count, offset);
}

/* Seconds that the time of day is set ahead by now. */
static long clock_offset(void)
{
    const char *directory = getenv("ANNAL_SHIM");
    char path[4096], text[32];
    if (!directory)
        return 0;
    snprintf(path, sizeof path, "%s/clock", directory);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return 0;
    ssize_t length = read(file, text, sizeof text - 1);
    close(file);
    if (length <= 0)
        return 0;
    text[length] = 0;
    return atol(text);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    int saved = errno;
    int result = syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && clock == CLOCK_REALTIME)
        time->tv_sec += clock_offset();
    if (result == 0)
        errno = saved;
    return result;
}
