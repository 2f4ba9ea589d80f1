import GRDB

/// Accounts, users, assets, sensors, data sources, and the stock of roles and asset types.
///
/// Ids are never used twice (AUTOINCREMENT), so that an id in somebody's hands never means another thing later.
/// Moments are microseconds since 1970, durations seconds, objects JSON text.
enum Migration003Entities: StoreMigration {
    static let name = "003-entities"

    static func apply(to database: Database) throws {
        try database.execute(sql: accounts + users + assets + sources + stock)
    }

    private static let accounts = """
        CREATE TABLE account_role (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            description TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            consultancy_id INTEGER REFERENCES account (id) ON DELETE SET NULL,
            primary_color TEXT,
            secondary_color TEXT,
            logo_url TEXT
        ) STRICT;
        CREATE INDEX account_by_consultancy ON account (consultancy_id);
        CREATE TABLE role_of_account (
            account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            role_id INTEGER NOT NULL REFERENCES account_role (id) ON DELETE CASCADE,
            PRIMARY KEY (account_id, role_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX role_of_account_by_role ON role_of_account (role_id);
        """

    private static let users = """
        CREATE TABLE user (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            username TEXT NOT NULL UNIQUE,
            email TEXT NOT NULL UNIQUE,
            account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
            password_hash TEXT,
            is_active INTEGER NOT NULL DEFAULT 1,
            timezone TEXT NOT NULL,
            uniquifier TEXT NOT NULL
        ) STRICT;
        CREATE INDEX user_by_account ON user (account_id);
        CREATE TABLE role_of_user (
            user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
            role TEXT NOT NULL,
            PRIMARY KEY (user_id, role)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE activity_of_user (
            user_id INTEGER PRIMARY KEY REFERENCES user (id) ON DELETE CASCADE,
            last_seen INTEGER,
            last_login INTEGER,
            login_count INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE TABLE preference_of_user (
            user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (user_id, name)
        ) STRICT, WITHOUT ROWID;
        """

    /// Names of top-level assets are unique over all accounts, those of children under their parent.
    private static let assets = """
        CREATE TABLE asset_type (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            description TEXT NOT NULL DEFAULT ''
        ) STRICT;
        CREATE TABLE asset (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            account_id INTEGER REFERENCES account (id) ON DELETE CASCADE,
            type_id INTEGER NOT NULL REFERENCES asset_type (id),
            parent_id INTEGER REFERENCES asset (id) ON DELETE CASCADE CHECK (parent_id <> id),
            latitude REAL,
            longitude REAL,
            attributes TEXT NOT NULL DEFAULT '{}',
            flex_context TEXT NOT NULL DEFAULT '{}',
            flex_model TEXT,
            sensors_to_show TEXT NOT NULL DEFAULT '[]',
            sensors_to_show_as_kpis TEXT NOT NULL DEFAULT '[]',
            external_id TEXT
        ) STRICT;
        CREATE UNIQUE INDEX asset_by_parent ON asset (ifnull(parent_id, 0), name);
        CREATE INDEX asset_children ON asset (parent_id) WHERE parent_id IS NOT NULL;
        CREATE INDEX asset_by_account ON asset (account_id);
        CREATE INDEX asset_by_type ON asset (type_id);
        CREATE UNIQUE INDEX asset_by_external_id ON asset (ifnull(account_id, 0), external_id)
            WHERE external_id IS NOT NULL;
        CREATE TABLE sensor (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            asset_id INTEGER NOT NULL REFERENCES asset (id) ON DELETE CASCADE,
            unit TEXT NOT NULL,
            resolution INTEGER NOT NULL CHECK (resolution >= 0),
            timezone TEXT NOT NULL,
            knowledge_horizon TEXT,
            attributes TEXT NOT NULL DEFAULT '{}',
            UNIQUE (asset_id, name)
        ) STRICT;
        """

    /// A source is the same by name, user, model, version and attributes, whatever its type.
    private static let sources = """
        CREATE TABLE data_source (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL,
            type TEXT NOT NULL,
            model TEXT,
            version TEXT,
            user_id INTEGER REFERENCES user (id) ON DELETE SET NULL,
            attributes TEXT NOT NULL DEFAULT '{}'
        ) STRICT;
        CREATE UNIQUE INDEX data_source_identity ON data_source
            (name, ifnull(user_id, 0), ifnull(model, ''), ifnull(version, ''), attributes);
        CREATE INDEX data_source_by_user ON data_source (user_id);
        """

    private static let stock = """
        INSERT INTO account_role (name, description) VALUES
            ('Prosumer', 'Consumes and produces'), ('MDC', 'Metering Data Company'), ('Supplier', 'Supplier of energy'),
            ('Aggregator', 'Trades flexibility of many'), ('ESCO', 'Energy Service Company');
        INSERT INTO asset_type (name, description) VALUES
            ('solar', 'solar panel(s)'), ('wind', 'wind turbine'),
            ('one-way_evse', 'uni-directional Electric Vehicle Supply Equipment'),
            ('two-way_evse', 'bi-directional Electric Vehicle Supply Equipment'),
            ('battery', 'stationary battery'), ('building', 'building'), ('process', 'process'),
            ('heat-storage', 'thermal storage / buffer');
        """
}
