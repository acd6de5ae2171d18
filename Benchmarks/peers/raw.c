// The floor: bytes written and synced into space that was zeroed before, and nothing else.
//
// `raw` writes the payload alone, so that a record of 4 KiB is one page. `raw-framed` writes 40 bytes more before each
// piece, as much as a frame's header, so that records lie across pages: what a log with headers can reach at best.
// `raw-growing` writes the payload alone behind the file's end, where nothing was reserved and nothing is cached.
#define _GNU_SOURCE
#include "peer.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

static int file = -1;
static off_t end;
static size_t header_bytes;
static bool is_growing;

static void open_file(const char *directory) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/raw", directory);
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) fail(path, strerror(errno));
}

static void open_raw(const char *directory) { open_file(directory); }

static void open_framed(const char *directory) {
    header_bytes = 40;
    open_file(directory);
}

static void open_growing(const char *directory) {
    is_growing = true;
    open_file(directory);
}

static void prepare(const struct workload *workload) {
    if (is_growing) return;
    static const char zeros[1 << 20];
    size_t bytes = (size_t)workload->count * (size_t)workload->pieces * (workload->bytes + header_bytes);
    for (size_t done = 0; done < bytes; done += sizeof zeros)
        if (pwrite(file, zeros, sizeof zeros, (off_t)done) != sizeof zeros) fail("pwrite", strerror(errno));
    if (fsync(file)) fail("fsync", strerror(errno));
    end = 0;
}

static void flush(struct iovec *vectors, int count) {
    size_t bytes = 0;
    for (int i = 0; i < count; i++) bytes += vectors[i].iov_len;
    // The largest is 10 MB, far below where a write to a file of this kind is cut short.
    if (pwritev(file, vectors, count, end) != (ssize_t)bytes) fail("pwritev", strerror(errno));
    end += (off_t)bytes;
}

static void commit(const struct waiting *group, int count) {
    static const char header[40];
    struct iovec vectors[2 * LONGEST_GROUP + 2];
    int filled = 0;
    for (int i = 0; i < count; i++)
        for (int j = 0; j < group[i].count; j++) {
            if (filled + 2 > 2 * LONGEST_GROUP) {
                flush(vectors, filled);
                filled = 0;
            }
            if (header_bytes) vectors[filled++] = (struct iovec){(void *)header, header_bytes};
            vectors[filled++] = (struct iovec){(void *)group[i].pieces[j].bytes, group[i].pieces[j].count};
        }
    flush(vectors, filled);
    if (fdatasync(file)) fail("fdatasync", strerror(errno));
}

static void append(int writer, const struct piece *pieces, int count) {
    (void)writer;
    append_in_group(pieces, count, commit);
}

const struct peer raw_peer = {"raw", open_raw, prepare, append};
const struct peer framed_peer = {"raw-framed", open_framed, prepare, append};
const struct peer growing_peer = {"raw-growing", open_growing, prepare, append};
