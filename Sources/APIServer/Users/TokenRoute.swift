import APIContract
import EnergyCore
import Services

/// `POST /api/requestAuthToken`
struct TokenRoute {
    let services: FlexServices

    var route: Route {
        Route(
            .post, "/api/requestAuthToken", .auth, "Obtain authentication token", access: .anonymous,
            handler: { [services] request in
                var reader = try request.bodyReader()
                let email = reader.string("email", .required)
                let password = reader.string("password", .required)
                reader.refuseUnknown()
                try reader.check(Location.json)
                return try Self.answer(email ?? "", password ?? "", services)
            }
        )
        .passwords
        .details("The token goes into the header Authorization of further requests, as it is.")
        .json(.object(["email": .string, "password": .string]))
        .answer(
            200, "The token",
            .object(["auth_token": .string, "authentication_token": .string, "user_id": .id, "status": .integer])
        )
        .answer(401, "The password is wrong", .reference("Failure"))
        .answer(404, "No user has this address", .reference("Failure"))
        .answer(429, "Too many requests, or failed sign-ins", .oneOf([.reference("Failure"), .reference("Refusal")]))
    }

    private static func answer(_ email: String, _ password: String, _ services: FlexServices) throws -> APIAnswer {
        let signIn = try services.access.signIn(email: email, password: password)
        return .object([
            "auth_token": .string(signIn.token), "authentication_token": .string(signIn.token),
            "user_id": .int(signIn.userID),
        ])
    }
}
