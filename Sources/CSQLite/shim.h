#include <sqlite3.h>
#include <stdint.h>

/// Switches off the engine's count of its own memory, which every allocation of every thread would take a lock for.
/// Only before the engine is used for the first time; later it does nothing.
static inline int csqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

/// The index of the write-ahead log of a connection's main file, in memory that all processes share; null if there is
/// none. Good until the last connection of this process to the file is closed.
static inline const void *csqlite_log_index(sqlite3 *connection) {
    sqlite3_file *file = 0;
    volatile void *index = 0;
    if (sqlite3_file_control(connection, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK) return 0;
    if (!file || !file->pMethods || file->pMethods->iVersion < 2 || !file->pMethods->xShmMap) return 0;
    if (file->pMethods->xShmMap(file, 0, 32768, 0, &index) != SQLITE_OK) return 0;
    return (const void *)index;
}

/// Copies the head of the index, which every commit changes; 0 if a commit is just changing it.
/// See "WAL-Index Format" in https://www.sqlite.org/walformat.html: two copies of 48 bytes.
static inline int csqlite_log_head(const void *index, uint64_t head[6]) {
    const volatile uint64_t *words = (const volatile uint64_t *)index;
    for (int i = 0; i < 6; i++) head[i] = __atomic_load_n(words + i, __ATOMIC_ACQUIRE);
    for (int i = 0; i < 6; i++)
        if (head[i] != __atomic_load_n(words + 6 + i, __ATOMIC_ACQUIRE)) return 0;
    return 1;
}
