// What the peers share: the payload, the clock, threads that write, and writers that wait together.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// One piece of a transaction, as it stands in the payload.
struct piece {
    const unsigned char *bytes;
    size_t count;
};

/// A round: `writers` threads make `count` transactions together, each of `pieces` pieces of `bytes` bytes.
struct workload {
    int writers;
    int count;
    int pieces;
    size_t bytes;
    uint64_t seed;
};

/// A contestant. Every function ends the program with a message where something fails: a benchmark with an error in it
/// has no figures.
struct peer {
    const char *name;
    /// Opens what is to be written to, in a directory of its own.
    void (*open)(const char *directory);
    /// Readies a round; not timed.
    void (*prepare)(const struct workload *workload);
    /// One transaction, durable when it returns. Called from `writers` threads; `writer` counts from 0.
    void (*append)(int writer, const struct piece *pieces, int count);
};

extern const struct peer raw_peer, framed_peer, growing_peer, sqlite_peer, sqlite_each_peer, rocksdb_peer;

/// Ends the program, saying what failed and why.
_Noreturn void fail(const char *what, const char *why);

/// Monotonic, in nanoseconds.
uint64_t now(void);

/// Bytes that nothing can compress; the same for the same seed in every contestant.
void fill_payload(uint64_t seed);

/// The pieces of one transaction, the same in every contestant.
void take_pieces(const struct workload *workload, int transaction, struct piece *pieces);

/// Who waits in a group: what it brings, and how many transactions stand together at most.
struct waiting {
    const struct piece *pieces;
    int count;
};

enum { LONGEST_GROUP = 64, MOST_PIECES = 64 };

/// Leader and followers: the first who comes commits for all who wait meanwhile, in the order in which they came.
///
/// `commit` gets between 1 and `LONGEST_GROUP` transactions, and is never called by two threads at once.
void append_in_group(const struct piece *pieces, int count, void (*commit)(const struct waiting *group, int count));
