#pragma once

// Thin shims over Linux calls that Swift can't reach: variadic functions, calls without a wrapper in the C library,
// and macros. They decide nothing; a failure is a negative errno.
#include "files.h"
#include "crc32c.h"
#include "storage.h"
#include "peer.h"
#include "reader.h"
#include "signals.h"
