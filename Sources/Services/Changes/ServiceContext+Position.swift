import Store

extension ServiceContext {
    /// The position of the store's last change: what was found since then still holds, as far as it does not depend on time.
    package func changeMark() throws -> ChangeMark { try store.read { try $0.changeMark() } }
}
