import EnergyCore

/// The assets and sensors around a request. Behind it stands a store, or the world of a case file.
package protocol FlexWorld: FlexLookup {
    /// The assets right below this one, by id.
    func children(of asset: AssetID) -> [Asset]
}

extension FlexWorld {
    /// The stored flex-context of an asset and its ancestors, nearest first, field by field.
    package func inheritedFlexContext(of asset: Asset) -> JSONObject {
        var merged = asset.flexContext
        var next = asset.parentID
        var seen: Set<AssetID> = [asset.id]
        while let id = next, seen.insert(id).inserted, let ancestor = self.asset(id) {
            for (field, value) in ancestor.flexContext where merged[field] == nil { merged[field] = value }
            next = ancestor.parentID
        }
        return merged
    }

    /// The asset and everything below it, parents first.
    package func subtree(of asset: Asset) -> [Asset] {
        var found = [asset]
        var seen: Set<AssetID> = [asset.id]
        var index = 0
        while index < found.count {
            for child in children(of: found[index].id) where seen.insert(child.id).inserted { found.append(child) }
            index += 1
        }
        return found
    }
}
