import EnergyCore

/// An account as answers show it.
package enum AccountWire {
    package static func json(_ account: Account) -> JSONObject {
        [
            "id": .int(account.id), "name": .string(account.name),
            "account_roles": .array(
                account.roles.map { .object(["id": .int($0.id), "name": .string($0.name)]) }),
            "consultancy_account_id": .int(account.consultancyID), "primary_color": .text(account.primaryColor),
            "secondary_color": .text(account.secondaryColor), "logo_url": .text(account.logoURL),
        ]
    }

    /// With the two counts that pages of accounts carry.
    package static func json(_ account: Account, users: Int, assets: Int) -> JSONObject {
        var json = json(account)
        json["user_count"] = .int(users)
        json["asset_count"] = .int(assets)
        return json
    }

    package static let schema = Schema.object(members)

    /// With the status code that single records carry.
    package static let members: KeyValuePairs<String, Schema> = [
        "id": .id, "name": .string,
        "account_roles": .list(of: .object(["id": .id, "name": .string])),
        "consultancy_account_id": .id.orNull, "primary_color": .string.orNull, "secondary_color": .string.orNull,
        "logo_url": .string.orNull, "status?": .integer, "user_count?": .integer, "asset_count?": .integer,
    ]
}
