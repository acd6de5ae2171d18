// SQLite in WAL mode with synchronous=FULL, so that a transaction is durable when COMMIT returns.
//
// `sqlite` is one connection, and writers that wait together share a transaction; `sqlite-each` is a connection and a
// transaction for each writer, as a program has it that does nothing about it.
#define _GNU_SOURCE
#include "peer.h"
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static char path[PATH_MAX];

/// A connection with its statement; the first belongs to the group.
struct connection {
    sqlite3 *database;
    sqlite3_stmt *insert;
};
static struct connection connections[LONGEST_GROUP];

static void run(sqlite3 *database, const char *statement) {
    char *why = NULL;
    if (sqlite3_exec(database, statement, NULL, NULL, &why) != SQLITE_OK) fail(statement, why);
}

static int setting(const char *name, int otherwise) {
    const char *text = getenv(name);
    return text ? atoi(text) : otherwise;
}

static void connect_to(struct connection *connection) {
    if (sqlite3_open(path, &connection->database) != SQLITE_OK) fail(path, "can't be opened");
    sqlite3 *database = connection->database;
    char pragma[100];
    sqlite3_busy_timeout(database, 60000);
    snprintf(pragma, sizeof pragma, "PRAGMA page_size=%d", setting("SQLITE_PAGE_BYTES", 8192));
    run(database, pragma);
    run(database, "PRAGMA journal_mode=WAL");
    run(database, "PRAGMA synchronous=FULL");
    snprintf(pragma, sizeof pragma, "PRAGMA wal_autocheckpoint=%d", setting("SQLITE_CHECKPOINT_PAGES", 1000));
    run(database, pragma);
    run(database, "CREATE TABLE IF NOT EXISTS record(id INTEGER PRIMARY KEY, data BLOB NOT NULL)");
    if (sqlite3_prepare_v2(database, "INSERT INTO record(data) VALUES(?1)", -1, &connection->insert, NULL))
        fail("prepare", sqlite3_errmsg(database));
}

static void open_database(const char *directory) {
    snprintf(path, sizeof path, "%s/database", directory);
    connect_to(&connections[0]);
}

static void insert(struct connection *connection, const struct piece *pieces, int count) {
    for (int i = 0; i < count; i++) {
        sqlite3_bind_blob64(connection->insert, 1, pieces[i].bytes, pieces[i].count, SQLITE_STATIC);
        if (sqlite3_step(connection->insert) != SQLITE_DONE)
            fail("insert", sqlite3_errmsg(connection->database));
        sqlite3_reset(connection->insert);
    }
}

static void commit(const struct waiting *group, int count) {
    run(connections[0].database, "BEGIN IMMEDIATE");
    for (int i = 0; i < count; i++) insert(&connections[0], group[i].pieces, group[i].count);
    run(connections[0].database, "COMMIT");
}

static void prepare_nothing(const struct workload *workload) { (void)workload; }

static void append_grouped(int writer, const struct piece *pieces, int count) {
    (void)writer;
    append_in_group(pieces, count, commit);
}

static void prepare_connections(const struct workload *workload) {
    for (int writer = 0; writer < workload->writers; writer++)
        if (!connections[writer].database) connect_to(&connections[writer]);
}

static void append_alone(int writer, const struct piece *pieces, int count) {
    struct connection *connection = &connections[writer];
    run(connection->database, "BEGIN IMMEDIATE");
    insert(connection, pieces, count);
    run(connection->database, "COMMIT");
}

const struct peer sqlite_peer = {"sqlite", open_database, prepare_nothing, append_grouped};
const struct peer sqlite_each_peer = {"sqlite-each", open_database, prepare_connections, append_alone};
