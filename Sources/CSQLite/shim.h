#include <sqlite3.h>

/// Switches off the engine's count of its own memory, which every allocation of every thread would take a lock for.
/// Only before the engine is used for the first time; later it does nothing.
static inline int csqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }
