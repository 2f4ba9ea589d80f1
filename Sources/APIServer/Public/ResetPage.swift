import APIContract
import EnergyCore
import Services

/// The little page behind the link in a password mail.
struct ResetPage {
    let environment: APIEnvironment

    var routes: [Route] { [show, submit] }

    private var show: Route {
        Route(
            .get, "/reset/{token}", .auth, "Page to choose a new password", access: .anonymous,
            handler: { _ in .html(Self.page(Self.form(""))).header("Referrer-Policy", "no-referrer") }
        ).hidden
    }

    private var submit: Route {
        let environment = environment
        return Route(
            .post, "/reset/{token}", .auth, "Choose a new password", access: .anonymous,
            handler: { request in
                let form = QueryString(encoded: String(decoding: request.body, as: UTF8.self)[...])
                let password = form["password"] ?? ""
                guard password == form["password_confirm"] else {
                    return .html(Self.page(Self.form("The two passwords differ.")), status: 422)
                }
                do {
                    try environment.services.access.setPassword(password, byResetLink: request.text("token"))
                } catch let faults as FieldErrors {
                    let text = faults.texts.map(\.text).joined(separator: " ")
                    return .html(Self.page(Self.form(text)), status: 422)
                } catch is AccessError {
                    let text = "This link is no longer valid. Ask for a new one."
                    return .html(Self.page("<p>\(text)</p>"), status: 410)
                }
                return .html(Self.page("<p>Your password was changed. You can sign in with it now.</p>"))
            }
        ).passwords.hidden
    }

    private static func form(_ fault: String) -> String {
        let note = fault.isEmpty ? "" : "<p role=\"alert\"><strong>\(HTMLText.escaped(fault))</strong></p>"
        return """
            \(note)
            <form method="post">
            <p><label>New password<br>
            <input type="password" name="password" minlength="8" required autocomplete="new-password"></label></p>
            <p><label>Once more<br>
            <input type="password" name="password_confirm" minlength="8" required autocomplete="new-password"></label></p>
            <p><button type="submit">Change password</button></p>
            </form>
            """
    }

    private static func page(_ body: String) -> String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width">
        <title>Choose a new password</title>
        <style>body{font-family:sans-serif;max-width:24em;margin:3em auto;padding:0 1em}input{font-size:1em;width:100%}</style>
        </head>
        <body>
        <h1>Choose a new password</h1>
        \(body)
        </body>
        </html>

        """
    }
}
