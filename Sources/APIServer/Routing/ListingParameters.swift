import APIContract
import EnergyCore
import Services

/// What every list endpoint understands: a page, a filter and an order. Names may be spelt with dashes.
struct ListingParameters {
    private static let largestPage = 100

    /// nil: all records at once
    let page: Int?
    let size: Int
    let filter: FilterTerms
    private let sort: (field: String, descending: Bool)?

    /// Reads the parameters and notes what is wrong with them.
    init(_ reader: inout FieldReader, sortFields: [String] = []) {
        page = reader.integer("page", minimum: 1)
        size = min(reader.integer(reader.has("per_page") ? "per_page" : "per-page", minimum: 1) ?? 10, Self.largestPage)
        do {
            filter = try FilterTerms(parsing: reader.string("filter") ?? "")
        } catch {
            filter = .none
            reader.merge(error)
        }
        guard !sortFields.isEmpty else {
            sort = nil
            return
        }
        let field = reader.choice(reader.has("sort_by") ? "sort_by" : "sort-by", of: sortFields)
        let direction = reader.choice(reader.has("sort_dir") ? "sort_dir" : "sort-dir", of: ["asc", "desc"])
        sort = field.flatMap { field in direction.map { (field, $0 == "desc") } }
    }

    /// The part of a log that is asked for. Whatever field is named, logs are sorted by time.
    func auditQuery(_ fields: [String]) -> AuditQuery {
        var query = AuditQuery()
        query.filter = filter
        query.newestFirst = order(Dictionary(uniqueKeysWithValues: fields.map { ($0, 0) }))?.descending
        query.page = page
        query.pageSize = size
        return query
    }

    /// The order, where the words of the wire name the keys; nil unless both field and direction were given.
    func order<Key>(_ keys: [String: Key]) -> SortOrder<Key>? {
        sort.flatMap { sort in keys[sort.field].map { SortOrder($0, descending: sort.descending) } }
    }
}

extension APIAnswer {
    /// The whole list, or the asked page of it.
    static func listing<Item>(
        _ listing: Listing<Item>, _ parameters: ListingParameters, total: Int? = nil,
        _ json: (Item) -> JSONObject
    ) throws -> APIAnswer {
        guard let page = parameters.page else { return .list(listing.items.map { .object(json($0)) }) }
        return try self.page(listing, page, parameters, total: total, json)
    }

    /// One page of the list.
    static func page<Item>(
        _ listing: Listing<Item>, _ page: Int, _ parameters: ListingParameters, total: Int? = nil,
        _ json: (Item) -> JSONObject
    ) throws -> APIAnswer {
        let records = try listing.page(page, size: parameters.size).map { JSONValue.object(json($0)) }
        return .page(records, total: total ?? listing.total, filtered: listing.filtered)
    }
}
