// Serves rounds of one peer: a line on standard input asks for a round, a line on standard output has its figures.
//
//   annal-peers NAME DIRECTORY
//   > WRITERS COUNT PIECES BYTES SEED
//   < ELAPSED P50 P99          nanoseconds: the whole round; a transaction's median and 99th percentile
#define _GNU_SOURCE
#include "peer.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct peer *const peers[] = {
    &raw_peer, &framed_peer, &growing_peer, &sqlite_peer, &sqlite_each_peer, &rocksdb_peer,
};

static const struct peer *chosen;
static struct workload round_now;
static pthread_barrier_t start;
static uint64_t *latencies;
static uint64_t *ends;

static void *write_share(void *argument) {
    int writer = (int)(intptr_t)argument;
    struct piece pieces[MOST_PIECES];
    pthread_barrier_wait(&start);
    for (int transaction = writer; transaction < round_now.count; transaction += round_now.writers) {
        take_pieces(&round_now, transaction, pieces);
        uint64_t before = now();
        chosen->append(writer, pieces, round_now.pieces);
        latencies[transaction] = now() - before;
    }
    ends[writer] = now();
    return NULL;
}

static int by_size(const void *left, const void *right) {
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void run_round(void) {
    pthread_t threads[round_now.writers];
    latencies = calloc((size_t)round_now.count, sizeof *latencies);
    ends = calloc((size_t)round_now.writers, sizeof *ends);
    if (!latencies || !ends) fail("calloc", "no memory");
    pthread_barrier_init(&start, NULL, (unsigned)round_now.writers + 1);
    chosen->prepare(&round_now);
    for (int writer = 0; writer < round_now.writers; writer++)
        if (pthread_create(&threads[writer], NULL, write_share, (void *)(intptr_t)writer))
            fail("pthread_create", "no thread");
    uint64_t begin = now(), end = begin;
    pthread_barrier_wait(&start);
    for (int writer = 0; writer < round_now.writers; writer++) {
        pthread_join(threads[writer], NULL);
        if (ends[writer] > end) end = ends[writer];
    }
    qsort(latencies, (size_t)round_now.count, sizeof *latencies, by_size);
    printf("%lu %lu %lu\n", end - begin, latencies[round_now.count / 2], latencies[round_now.count * 99L / 100]);
    fflush(stdout);
    pthread_barrier_destroy(&start);
    free(latencies);
    free(ends);
}

int main(int count, char **arguments) {
    if (count != 3) fail("usage", "annal-peers NAME DIRECTORY");
    for (size_t i = 0; i < sizeof peers / sizeof *peers; i++)
        if (strcmp(peers[i]->name, arguments[1]) == 0) chosen = peers[i];
    if (!chosen) fail("usage", "NAME is raw, raw-framed, raw-growing, sqlite, sqlite-each or rocksdb");
    chosen->open(arguments[2]);
    char line[200];
    uint64_t seed = 0;
    while (fgets(line, sizeof line, stdin)) {
        if (sscanf(line, "%d %d %d %zu %lu", &round_now.writers, &round_now.count, &round_now.pieces,
                   &round_now.bytes, &round_now.seed) != 5
            || round_now.writers < 1 || round_now.writers > LONGEST_GROUP || round_now.count < 1
            || round_now.pieces < 1 || round_now.pieces > MOST_PIECES)
            fail("a round can't be read", line);
        if (seed != round_now.seed) fill_payload(seed = round_now.seed);
        run_round();
    }
    return 0;
}
