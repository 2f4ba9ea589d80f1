import APIContract

extension Route {
    /// Adds the id in the path.
    func pathID(_ record: String) -> Route {
        path("id", .integer, "\(record) ID")
    }

    /// Adds a parameter of the path.
    func path(_ name: String, _ schema: Schema, _ summary: String) -> Route {
        var copy = self
        copy.parameters.append(
            Parameter(name: name, isInPath: true, isRequired: true, schema: schema, summary: summary))
        return copy
    }
}
