/// The page that loads Swagger UI from this server.
enum SwaggerPage {
    static let html = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>API documentation</title>
        <link rel="stylesheet" href="/api/v3_0/docs/dist/swagger-ui.css">
        </head>
        <body>
        <div id="swagger-ui"></div>
        <script src="/api/v3_0/docs/dist/swagger-ui-bundle.js"></script>
        <script>
        SwaggerUIBundle({url: "/api/v3_0/openapi.json", dom_id: "#swagger-ui", deepLinking: true, validatorUrl: null});
        </script>
        </body>
        </html>

        """
}
