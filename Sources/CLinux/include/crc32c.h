#pragma once
#include <stddef.h>
#include <stdint.h>

/// CRC-32C (Castagnoli, reflected 0x82F63B78) of `count` bytes, continuing `seed`: 0 to begin with, the result of the
/// bytes before to go on. By the processor's own instruction where it has one.
/// Source: RFC 3720, appendix B.4, which has the test vectors.
uint32_t annal_crc32c(uint32_t seed, const void *bytes, size_t count);

/// The same by table, for processors without the instruction; of its own name so that a test can compare the two.
uint32_t annal_crc32c_table(uint32_t seed, const void *bytes, size_t count);
