#include "include/crc32c.h"
#include <string.h>

#if defined(__aarch64__)
#include <arm_acle.h>
#include <sys/auxv.h>
#ifndef HWCAP_CRC32
#define HWCAP_CRC32 (1 << 7)
#endif
#elif defined(__x86_64__)
#include <nmmintrin.h>
#endif

// table[k][b] is the CRC of byte b followed by k zero bytes ("slicing by eight").
static uint32_t table[8][256];

static void fill_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (crc & 1 ? 0x82F63B78u : 0);
        table[0][byte] = crc;
    }
    for (int k = 1; k < 8; k++)
        for (int byte = 0; byte < 256; byte++)
            table[k][byte] = (table[k - 1][byte] >> 8) ^ table[0][table[k - 1][byte] & 0xFF];
}

uint32_t annal_crc32c_table(uint32_t seed, const void *bytes, size_t count) {
    const unsigned char *next = bytes;
    uint32_t crc = ~seed;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; count >= 8; next += 8, count -= 8) {
        uint64_t word;
        memcpy(&word, next, 8);
        word ^= crc;
        crc = 0;
        for (int k = 0; k < 8; k++) crc ^= table[7 - k][(word >> (8 * k)) & 0xFF];
    }
#endif
    for (; count > 0; next++, count--) crc = (crc >> 8) ^ table[0][(crc ^ *next) & 0xFF];
    return ~crc;
}

// The instruction has a latency of three cycles and one can begin in each, so three lanes run side by side over
// neighbouring stretches, and are joined: a CRC is linear, and what a lane's bytes become behind `lane` zero bytes is
// looked up. Source: M. Adler, crc32c.c, and V. Gopal and others, "Fast CRC Computation for iSCSI Polynomial Using
// CRC32 Instruction", Intel, 2011.
enum { lane = 1024 };
// behind[k][b] is what byte b at place k of a CRC becomes behind `lane` zero bytes.
static uint32_t behind[4][256];

static inline uint32_t join(uint32_t before, uint32_t after) {
    return behind[0][before & 0xFF] ^ behind[1][(before >> 8) & 0xFF] ^ behind[2][(before >> 16) & 0xFF]
        ^ behind[3][before >> 24] ^ after;
}

static void fill_behind(void) {
    static const unsigned char zeros[lane];
    for (int place = 0; place < 4; place++)
        for (uint32_t byte = 0; byte < 256; byte++)
            behind[place][byte] = ~annal_crc32c_table(~(byte << (8 * place)), zeros, lane);
}

static inline uint64_t load(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    return word;
}

#if defined(__x86_64__)
#define CRC_TARGET __attribute__((target("sse4.2")))
#define CRC_WORD(crc, word) ((uint32_t)_mm_crc32_u64((crc), (word)))
#define CRC_BYTE(crc, byte) _mm_crc32_u8((crc), (byte))
static int has_instruction(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("sse4.2");
}
#elif defined(__aarch64__)
#define CRC_TARGET __attribute__((target("+crc")))
#define CRC_WORD(crc, word) __crc32cd((crc), (word))
#define CRC_BYTE(crc, byte) __crc32cb((crc), (byte))
static int has_instruction(void) { return (getauxval(AT_HWCAP) & HWCAP_CRC32) != 0; }
#endif

#if defined(CRC_TARGET)
CRC_TARGET static uint32_t by_instruction(uint32_t seed, const void *bytes, size_t count) {
    const unsigned char *next = bytes;
    uint32_t crc = ~seed;
    for (; count >= 3 * lane; next += 3 * lane, count -= 3 * lane) {
        uint32_t second = 0, third = 0;
        for (const unsigned char *end = next + lane; next < end; next += 8) {
            crc = CRC_WORD(crc, load(next));
            second = CRC_WORD(second, load(next + lane));
            third = CRC_WORD(third, load(next + 2 * lane));
        }
        next -= lane;
        crc = join(join(crc, second), third);
    }
    for (; count >= 8; next += 8, count -= 8) crc = CRC_WORD(crc, load(next));
    for (; count > 0; next++, count--) crc = CRC_BYTE(crc, *next);
    return ~crc;
}
#else
#define by_instruction annal_crc32c_table
static int has_instruction(void) { return 0; }
#endif

static uint32_t (*chosen)(uint32_t, const void *, size_t) = annal_crc32c_table;

// Before main, so that no caller ever sees half a table and none pays for asking.
__attribute__((constructor))
static void choose(void) {
    fill_table();
    if (!has_instruction()) return;
    fill_behind();
    chosen = by_instruction;
}

uint32_t annal_crc32c(uint32_t seed, const void *bytes, size_t count) { return chosen(seed, bytes, count); }
