import Glibc

/// Which file stands behind a path, whatever it is named.
struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let number: UInt64

    /// nil when there is no such file.
    init?(path: String) {
        var found = stat()
        guard stat(path, &found) == 0 else { return nil }
        device = UInt64(found.st_dev)
        number = UInt64(found.st_ino)
    }
}

extension Store {
    /// False once the file was deleted, moved or replaced: what is written then goes to a file that nobody will find again.
    package var isInPlace: Bool {
        identity == nil || FileIdentity(path: path) == identity
    }
}

extension Store {
    /// Whether the disk under the file has no room at all, for those who would otherwise have to write to find out.
    package var isDiskFull: Bool {
        var disk = statvfs()
        return statvfs(path, &disk) == 0 && disk.f_bavail == 0
    }
}
