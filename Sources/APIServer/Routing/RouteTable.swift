/// Finds the operation for a method and a path.
struct RouteTable: Sendable {
    /// What a path leads to.
    enum Match {
        case route(index: Int, parameters: [String: String])
        /// The path exists, but not with this method.
        case otherMethods([Route.Method])
        case nothing
    }

    private struct Node: Sendable {
        var children: [String: Int] = [:]
        var parameter: (name: String, child: Int)?
        var routes: [Route.Method: Int] = [:]
    }

    let routes: [Route]
    private var nodes = [Node()]

    init(_ routes: [Route]) {
        self.routes = routes
        for (index, route) in routes.enumerated() { insert(route, index) }
    }

    private mutating func insert(_ route: Route, _ index: Int) {
        var node = 0
        for part in route.path.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            if part.hasPrefix("{") {
                if let parameter = nodes[node].parameter {
                    node = parameter.child
                } else {
                    nodes.append(Node())
                    nodes[node].parameter = (String(part.dropFirst().dropLast()), nodes.count - 1)
                    node = nodes.count - 1
                }
            } else if let child = nodes[node].children[String(part)] {
                node = child
            } else {
                nodes.append(Node())
                nodes[node].children[String(part)] = nodes.count - 1
                node = nodes.count - 1
            }
        }
        nodes[node].routes[route.method] = index
    }

    /// A literal part of a path comes before a parameter, unless only the latter knows the method.
    func match(_ method: Route.Method?, _ parts: [String]) -> Match {
        var found: [(node: Int, parameters: [String: String])] = []
        collect(0, parts[...], [:], &found)
        if let method {
            for (node, parameters) in found {
                if let index = nodes[node].routes[method] { return .route(index: index, parameters: parameters) }
            }
        }
        guard let nearest = found.first else { return .nothing }
        let methods = nodes[nearest.node].routes
        return .otherMethods(Route.Method.allCases.filter { methods[$0] != nil })
    }

    private func collect(
        _ node: Int, _ rest: ArraySlice<String>, _ parameters: [String: String],
        _ found: inout [(node: Int, parameters: [String: String])]
    ) {
        guard let part = rest.first else {
            if !nodes[node].routes.isEmpty { found.append((node, parameters)) }
            return
        }
        let known = found.count
        if let child = nodes[node].children[part] { collect(child, rest.dropFirst(), parameters, &found) }
        // A word that is no number is no id, so nothing is looked for under it.
        if let (name, child) = nodes[node].parameter, !part.isEmpty, found.count == known || name != "id" {
            var more = parameters
            more[name] = part
            collect(child, rest.dropFirst(), more, &found)
        }
    }
}

extension RouteTable {
    /// The methods of a path as the `Allow` header lists them.
    static func allow(_ methods: [Route.Method]) -> String {
        var names = methods.map(\.rawValue)
        if methods.contains(.get) { names.append("HEAD") }
        return (names + ["OPTIONS"]).joined(separator: ", ")
    }
}
