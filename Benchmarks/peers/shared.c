#define _GNU_SOURCE
#include "peer.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void fail(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why ? why : "unknown");
    exit(1);
}

uint64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000000000u + (uint64_t)time.tv_nsec;
}

// MARK: Payload

enum { PAYLOAD_BYTES = 16 << 20 };
static uint64_t payload[PAYLOAD_BYTES / 8];

// Source: S. Vigna, splitmix64.c, public domain.
void fill_payload(uint64_t seed) {
    for (size_t i = 0; i < PAYLOAD_BYTES / 8; i++) {
        uint64_t mixed = seed += 0x9E3779B97F4A7C15u;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
        payload[i] = mixed ^ (mixed >> 31);
    }
}

void take_pieces(const struct workload *workload, int transaction, struct piece *pieces) {
    size_t places = PAYLOAD_BYTES / workload->bytes;
    for (int i = 0; i < workload->pieces; i++) {
        size_t place = ((size_t)transaction * (size_t)workload->pieces + (size_t)i) % places;
        pieces[i] = (struct piece){(const unsigned char *)payload + place * workload->bytes, workload->bytes};
    }
}

// MARK: Waiting together

struct waiter {
    struct waiting brings;
    pthread_cond_t wake;
    bool is_done;
    struct waiter *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct waiter *first, *last;

// As LevelDB does it: who stands first in the queue leads; the others sleep, each on a condition of its own.
void append_in_group(const struct piece *pieces, int count, void (*commit)(const struct waiting *, int)) {
    struct waiter me = {{pieces, count}, PTHREAD_COND_INITIALIZER, false, NULL};
    pthread_mutex_lock(&lock);
    if (last) last->next = &me; else first = &me;
    last = &me;
    while (!me.is_done && first != &me) pthread_cond_wait(&me.wake, &lock);
    if (!me.is_done) {
        struct waiting group[LONGEST_GROUP];
        int members = 0;
        for (struct waiter *one = first; one && members < LONGEST_GROUP; one = one->next)
            group[members++] = one->brings;
        pthread_mutex_unlock(&lock);
        commit(group, members);
        pthread_mutex_lock(&lock);
        for (int i = 0; i < members; i++) {
            struct waiter *one = first;
            first = one->next;
            one->is_done = true;
            if (one != &me) pthread_cond_signal(&one->wake);
        }
        if (first) pthread_cond_signal(&first->wake); else last = NULL;
    }
    pthread_mutex_unlock(&lock);
    pthread_cond_destroy(&me.wake);
}
