import EnergyCore

/// Who is in the sample: two customers, their consultant, the host, and the sources of their data.
enum SampleParties {
    static let accountRoles: JSONValue = [
        ["name": "Prosumer", "description": "Uses and produces energy"],
        ["name": "ESCO", "description": "Advises others on energy"],
    ]

    static let userRoles: JSONValue = [
        ["name": "admin", "description": "May do everything"],
        ["name": "admin-reader", "description": "May see everything"],
        ["name": "account-admin", "description": "Manages the own account"],
        ["name": "consultant", "description": "Works for the accounts the own one advises"],
    ]

    static let accounts: JSONValue = [
        ["name": "Lumen Advisors", "roles": ["ESCO"], "consultancy": .null],
        ["name": "Demo Host", "roles": [], "consultancy": .null],
        [
            "name": "Harbour Cooperative", "roles": ["Prosumer"], "consultancy": "Lumen Advisors",
            "primary_color": "#14506e", "secondary_color": "#f2a33a",
        ],
        [
            "name": "Meadow Dairy", "roles": ["Prosumer"], "consultancy": "Lumen Advisors",
            "primary_color": "#2f6b2f", "secondary_color": "#e8d9a0",
        ],
    ]

    /// The passwords are part of the sample and good for nothing else.
    static let users: JSONValue = [
        user("host", "Demo Host", roles: ["admin"]),
        user("olga", "Harbour Cooperative", roles: ["account-admin"]),
        user("harbour-gateway", "Harbour Cooperative", roles: []),
        user("dirk", "Meadow Dairy", roles: ["account-admin"]),
        user("lena", "Lumen Advisors", roles: ["consultant"]),
    ]

    static let sources: JSONValue = [
        ["key": "meter", "name": "Meter gateway", "type": "gateway"],
        ["key": "market", "name": "Power exchange", "type": "market"],
        ["key": "weather", "name": "Weather office", "type": "forecaster", "model": "harmonie", "version": "43"],
        [
            "key": "price-model", "name": "Lumen Advisors", "type": "forecaster", "model": "price-outlook",
            "version": "2",
        ],
        ["key": "load-model", "name": "FlexDeck", "type": "forecaster", "model": "ridge-trees"],
        ["key": "scheduler", "name": "FlexDeck", "type": "scheduler", "model": "StorageScheduler"],
        ["key": "reporter", "name": "FlexDeck", "type": "reporter", "model": "DailyReporter"],
    ]

    private static func user(_ key: String, _ account: String, roles: [String]) -> JSONValue {
        [
            "key": .string(key), "username": .string(key), "email": .string("\(key)@flexdeck.example"),
            "password": "flexdeck-demo", "account": .string(account), "roles": .array(roles.map { .string($0) }),
            "active": true, "timezone": .string(SampleTimeline.zone),
        ]
    }
}
