import GRDB

/// Finds jobs by their state however many are over. The earlier index named its states in a way that the planner
/// could not match with a question for one of them.
enum Migration007JobStates: StoreMigration {
    static let name = "007-job-states"

    static func apply(to database: Database) throws {
        try database.execute(
            sql: """
                DROP INDEX job_waiting;
                CREATE INDEX job_by_state ON job (state, number);
                CREATE INDEX job_by_queue ON job (queue, state);
                """)
    }
}
