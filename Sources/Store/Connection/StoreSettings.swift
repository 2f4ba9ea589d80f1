/// How a store is opened. The defaults suit a server with many sensors and little memory.
package struct StoreSettings: Hashable, Sendable {
    /// Never changes the file; writes throw `StoreError.readOnly`.
    package var isReadOnly = false
    /// Seconds that a writer waits for others, here and in other processes, before it gives up with `StoreError.locked`.
    package var patience = 60.0
    /// Connections that read at the same time.
    package var readers = 4
    /// Page cache of the writer.
    package var cacheKilobytes = 8_000
    /// Page cache of each reader. Long reads go through a file once and gain nothing from a large one.
    package var readerCacheKilobytes = 1_000
    /// Part of the file mapped into memory by each connection; none by default, as mapped pages count as resident.
    package var mappedMegabytes = 0
    /// Wait for the disk at every commit. Without it a crash of the program loses nothing that was
    /// acknowledged, but a power cut may lose the last commits (it never damages the file).
    package var syncsEveryCommit = false

    package init() {}
}
