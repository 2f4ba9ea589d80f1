import EnergyCore
import Store

/// Data sources: finding and making them.
package struct SourceService: Sendable {
    let context: ServiceContext

    /// The sources whose data the caller may have met: those of no user, and of users it may read.
    ///
    /// - Parameter onlyLatest: of sources that differ in their version only, the one with the highest.
    package func sources(onlyLatest: Bool, as caller: Caller) throws -> [DataSource] {
        let records = try context.records()
        let readable = records.sources.values.sorted { $0.id < $1.id }.filter { source in
            guard let user = source.userID.flatMap({ records.users[$0] }) else { return true }
            return AccessPolicy.allows(caller, to: .read, records.resource(user))
        }
        return onlyLatest ? latest(readable) : readable
    }

    /// A source by its id. For every user: ids come with the data.
    package func source(_ id: DataSourceID) throws -> DataSource {
        guard let source = try context.records().sources[id] else { throw NotFound(.source, id) }
        return source
    }

    /// The source under which a user's data are recorded, made if there is none yet.
    package func source(ofUser user: User) throws -> DataSource {
        let known = try context.records().sources.values.first { $0.userID == user.id && $0.type == "user" }
        return try known ?? context.write { try $0.ensureSource(of: user) }
    }

    /// The source under which the caller's data are recorded: its own, or for the host one of type `CLI script`.
    package func source(of caller: Caller) throws -> DataSource {
        if let user = try caller.userID.flatMap({ try context.records().users[$0] }) {
            return try source(ofUser: user)
        }
        return try ensure(DataSource(id: 0, name: "flexdeck", type: "CLI script"))
    }

    /// The stored source with this name, model, version and attributes, made if there is none. Services use it for
    /// what they record themselves.
    package func ensure(_ source: DataSource) throws -> DataSource {
        let known = try context.records().sources.values.first { known in
            known.name == source.name && known.model == source.model && known.version == source.version
                && known.userID == source.userID && known.attributes == source.attributes
        }
        return try known ?? context.write { try $0.ensure(source) }
    }

    /// Makes a source by hand. For the host and admins.
    package func create(
        name: String, type: String, model: String?, version: String?, as caller: Caller
    ) throws -> DataSource {
        guard caller.isAdmin else { throw AccessError.forbidden }
        var faults = FieldErrors()
        if name.isEmpty { faults.add("name", FieldText.tooShort(1)) }
        if name.count > 120 { faults.add("name", FieldText.tooLong(120)) }
        if type.isEmpty { faults.add("type", FieldText.tooShort(1)) }
        if type.count > 80 { faults.add("type", FieldText.tooLong(80)) }
        if let version, version.count > 17 { faults.add("version", FieldText.tooLong(17)) }
        try faults.throwIfAny()
        return try ensure(DataSource(id: 0, name: name, type: type, model: model, version: version))
    }

    private func latest(_ sources: [DataSource]) -> [DataSource] {
        struct Family: Hashable {
            let name: String
            let type: String
            let model: String?
            let user: UserID?
        }
        var best: [Family: DataSource] = [:]
        for source in sources {
            let family = Family(name: source.name, type: source.type, model: source.model, user: source.userID)
            if let known = best[family], !isNewer(source, than: known) { continue }
            best[family] = source
        }
        return best.values.sorted { $0.id < $1.id }
    }

    private func isNewer(_ a: DataSource, than b: DataSource) -> Bool {
        let (new, old) = (SourceVersion(a.version), SourceVersion(b.version))
        return old < new
    }
}
