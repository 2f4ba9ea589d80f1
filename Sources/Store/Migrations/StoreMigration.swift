import GRDB

/// One step of the schema's history. A step that was released is never edited; a later step corrects it.
protocol StoreMigration: SendableMetatype {
    /// Kept in the store for ever; never renamed.
    static var name: String { get }
    static func apply(to database: Database) throws
}

/// All steps of the schema's history, oldest first.
enum Migrations {
    static let all: [any StoreMigration.Type] = [
        Migration001Changes.self,
        Migration002Beliefs.self,
        Migration003Entities.self,
        Migration004Records.self,
        Migration005Jobs.self,
        Migration006ServerValues.self,
        Migration007JobStates.self,
        Migration008BeliefBlocks.self,
        Migration009AlarmRecords.self,
    ]

    /// Registers all steps with the engine.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for step in all {
            migrator.registerMigration(step.name) { try step.apply(to: $0) }
        }
        return migrator
    }
}
