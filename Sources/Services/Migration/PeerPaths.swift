import EnergyCore

/// Where assets and sensors of another server stand here: names from the top down.
struct PeerPaths {
    private(set) var assets: [AssetID: String] = [:]
    private(set) var sensors: [SensorID: String] = [:]
    private var parents: [AssetID: AssetID] = [:]

    init(_ content: PeerContent) {
        let known = Dictionary(
            content.assets.compactMap { asset in asset["id"]?.intValue.map { ($0, asset) } },
            uniquingKeysWith: { first, _ in first })
        for (id, asset) in known {
            // A parent that the user may not see leaves its children at the top.
            if let parent = asset["parent_asset_id"]?.intValue, known[parent] != nil { parents[id] = parent }
        }
        // A name is unique below a parent and an account; ours is below a parent only.
        var taken: Set<String> = []
        for id in known.keys.sorted(by: { (depth(of: $0), $0) < (depth(of: $1), $1) }) {
            let own = known[id]?["name"]?.stringValue ?? "asset \(id)"
            let above = parents[id].flatMap { assets[$0] }.map { $0 + "/" } ?? ""
            var path = above + WorldPath.part(own)
            if taken.contains(path) { path = above + WorldPath.part("\(own) (\(id))") }
            taken.insert(path)
            assets[id] = path
        }
        for sensor in content.sensors {
            guard let id = sensor["id"]?.intValue,
                let owner = sensor["generic_asset_id"]?.intValue.flatMap({ assets[$0] })
            else { continue }
            sensors[id] = "\(owner)/\(WorldPath.part(sensor["name"]?.stringValue ?? "sensor \(id)"))"
        }
    }

    /// How many assets stand above one.
    func depth(of id: AssetID) -> Int {
        var depth = 0
        var above = parents[id]
        while let next = above, depth < 1000 {
            depth += 1
            above = parents[next]
        }
        return depth
    }
}
