// RocksDB with sync=true. It groups writers that wait by itself; log files are used again, so that a sync mostly finds
// space that was written before; no compression.
#define _GNU_SOURCE
#include "peer.h"
#include <endian.h>
#include <limits.h>
#include <rocksdb/c.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static rocksdb_t *database;
static rocksdb_writeoptions_t *durable;
static atomic_ulong next_key;

static int setting(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text ? atoi(text) : otherwise;
}

static void open_database(const char *directory) {
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/database", directory);
    rocksdb_options_t *options = rocksdb_options_create();
    rocksdb_options_set_create_if_missing(options, 1);
    rocksdb_options_set_compression(options, rocksdb_no_compression);
    rocksdb_options_set_recycle_log_file_num(options, (size_t)setting("ROCKSDB_RECYCLED_LOGS", 4));
    rocksdb_options_set_enable_pipelined_write(options, (unsigned char)setting("ROCKSDB_PIPELINED", 0));
    rocksdb_options_set_write_buffer_size(options, (size_t)setting("ROCKSDB_BUFFER_MB", 64) << 20);
    char *why = NULL;
    database = rocksdb_open(options, path, &why);
    if (!database) fail("rocksdb_open", why);
    durable = rocksdb_writeoptions_create();
    rocksdb_writeoptions_set_sync(durable, 1);
}

static void prepare(const struct workload *workload) { (void)workload; }

static void append(int writer, const struct piece *pieces, int count) {
    (void)writer;
    rocksdb_writebatch_t *batch = rocksdb_writebatch_create();
    for (int i = 0; i < count; i++) {
        uint64_t key = htobe64(atomic_fetch_add(&next_key, 1));
        rocksdb_writebatch_put(
            batch, (const char *)&key, sizeof key, (const char *)pieces[i].bytes, pieces[i].count);
    }
    char *why = NULL;
    rocksdb_write(database, durable, batch, &why);
    if (why) fail("rocksdb_write", why);
    rocksdb_writebatch_destroy(batch);
}

const struct peer rocksdb_peer = {"rocksdb", open_database, prepare, append};
