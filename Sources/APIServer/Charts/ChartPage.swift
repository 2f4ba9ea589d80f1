import APIContract
import EnergyCore

/// A page that shows the charts of an asset, with nothing but files of this server.
struct ChartPage {
    /// Folder with Vega, Vega-Lite and Vega-Embed; nil: the page says that they are missing.
    let vegaFolder: String?

    var routes: [Route] { [page, script] }

    private static let scripts = ["vega.js", "vega-lite.js", "vega-embed.js"]

    private var page: Route {
        let folder = vegaFolder
        return Route(
            .get, "/ui/assets/{id}/graphs", .charts, "Page with the charts of an asset", access: .anonymous,
            handler: { request in
                let id = try request.integer("id")
                guard let folder, LocalFiles(folder: folder).read("vega-embed.js") != nil else {
                    return .html(Self.missing, status: 503)
                }
                return .html(Self.html(asset: id))
            }
        ).hidden
    }

    private var script: Route {
        let folder = vegaFolder
        return Route(
            .get, "/ui/static/vega/{file}", .charts, "Scripts of the charts", access: .anonymous,
            handler: { request in
                let name = request.text("file")
                guard Self.scripts.contains(name), let folder, let bytes = LocalFiles(folder: folder).read(name) else {
                    throw APIFailure.notFound
                }
                return APIAnswer(200, .other(contentType: LocalFiles.contentType(name), bytes))
                    .header("Cache-Control", "max-age=3600")
            }
        ).hidden
    }

    private static let missing = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Charts</title></head>
        <body><p>The scripts that draw charts are not installed on this server (folder web/vega).</p></body></html>

        """

    /// The token is taken from the part of the address that browsers keep to themselves (`#token=...`), or asked for.
    private static func html(asset: Int) -> String {
        let tags = scripts.map { "<script src=\"/ui/static/vega/\($0)\"></script>" }.joined(separator: "\n")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <title>Charts of asset \(asset)</title>
            <style>body{font-family:sans-serif;margin:1em}#chart{width:100%}</style>
            \(tags)
            </head>
            <body>
            <p id="note" role="status"></p>
            <div id="chart"></div>
            <script>
            const note = document.getElementById("note");
            const word = new URLSearchParams(location.hash.slice(1)).get("token") || sessionStorage.getItem("token")
                || prompt("Token (from POST /api/requestAuthToken)");
            if (word) sessionStorage.setItem("token", word);
            vega.expressionFunction("quantityWithUnitFormat", function (value, format) {
                return value == null ? "" : this.context.dataflow.locale().format(format[0])(value) + " " + format[1];
            });
            vega.expressionFunction("timedeltaFormat", (value) => {
                const minutes = Math.round(value / 60000);
                return Math.abs(minutes) < 120 ? minutes + " minutes" : Math.round(minutes / 60) + " hours";
            });
            async function show() {
                const query = new URLSearchParams(location.search);
                query.set("include_data", "true");
                const answer = await fetch("/api/v3_0/assets/\(asset)/chart?" + query, {headers: {Authorization: word || ""}});
                const chart = await answer.json();
                if (!answer.ok) { note.textContent = JSON.stringify(chart.message); return; }
                chart.config = Object.assign({}, chart.config, {customFormatTypes: true});
                // Charts above each other cannot take the width of their container.
                for (const part of chart.vconcat || []) part.width = Math.max(200, document.body.clientWidth - 200);
                await vegaEmbed("#chart", chart, {actions: {source: false, compiled: false, editor: false}});
                document.body.dataset.ready = "yes";
            }
            show().catch((error) => { note.textContent = String(error); });
            </script>
            </body>
            </html>

            """
    }
}
