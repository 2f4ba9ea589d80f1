import APIContract
import EnergyCore

/// The description of the API as one page without scripts.
struct PlainDocumentPage {
    let document: OpenAPIDocument

    var html: String {
        let title = HTMLText.escaped(document.platformName)
        let groups = Route.Group.allCases.filter { group in shown.contains { $0.group == group } }
        let body = groups.map(section).joined()
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>\(title) API</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <h1>\(title) API, version 3.0</h1>
            <p>Ask for a token with <code>POST /api/requestAuthToken</code> and send it in the header
            <code>\(HTMLText.escaped(document.settings.tokenHeader))</code>. The same description for programs:
            <a href="/api/v3_0/openapi.json">openapi.json</a>.</p>
            \(body)
            </body>
            </html>

            """
    }

    private static let style = """
        body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;line-height:1.4}
        details{border:1px solid #bbb;border-radius:4px;margin:.4em 0;padding:.4em .8em}
        summary{cursor:pointer}
        code{font-size:1.05em}
        td,th{text-align:left;padding:.1em 1em .1em 0;vertical-align:top}
        """

    private var shown: [Route] { document.routes.filter { !$0.isHidden } }

    private func section(_ group: Route.Group) -> String {
        let entries = shown.filter { $0.group == group }.map(entry).joined()
        return "<h2>\(group.rawValue)</h2>\n\(entries)"
    }

    private func entry(_ route: Route) -> String {
        var text = "<details><summary><code>\(route.method.rawValue) \(HTMLText.escaped(route.path))</code> "
        text += HTMLText.escaped(route.summary) + "</summary>\n"
        if !route.details.isEmpty { text += "<p>\(HTMLText.escaped(route.details))</p>\n" }
        if case .signedIn(let permission) = route.access {
            text += "<p>Access: \(HTMLText.escaped(permission)).</p>\n"
        }
        if !route.parameters.isEmpty {
            text += table("Parameter", route.parameters.map { ($0.name + ($0.isRequired ? " *" : ""), $0.summary) })
        }
        if let body = route.body {
            text += "<p>Body: <code>\(HTMLText.escaped(body.contentType))</code></p>\n"
            text += "<pre>\(HTMLText.escaped(JSONValue.object(body.schema.json).text(.indented)))</pre>\n"
        }
        text += table("Answer", route.answers.map { ("\($0.status)", $0.summary) })
        return text + "</details>\n"
    }

    private func table(_ heading: String, _ rows: [(String, String)]) -> String {
        let cells = rows.map {
            "<tr><td><code>\(HTMLText.escaped($0.0))</code></td><td>\(HTMLText.escaped($0.1))</td></tr>"
        }
        return "<table><tr><th>\(heading)</th><th></th></tr>\(cells.joined())</table>\n"
    }
}
