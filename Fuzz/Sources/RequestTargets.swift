import APIContract
import EnergyCore

/// Nothing that a request could refer to, but one battery.
private struct FuzzWorld: FlexLookup {
    static let power = Sensor(id: 1, name: "power", assetID: 1, unit: "kW", resolution: .minutes(15), timezone: "Europe/Amsterdam")

    func sensor(_ id: SensorID) -> Sensor? { id == 1 ? Self.power : nil }
    func asset(_ id: AssetID) -> Asset? {
        id == 1 ? Asset(id: 1, name: "site", accountID: nil, type: AssetType(id: 5, name: "battery")) : nil
    }
}

/// The body of a request, as everything that takes an object from one reads it.
func fuzzFlex(_ bytes: [UInt8]) {
    guard let members = WireJSON.parse(bytes)?.objectValue else { return }
    let scope = FlexModelScope(lookup: FuzzWorld(), sensor: FuzzWorld.power)
    do { _ = try FlexModel(parsing: members, in: scope) } catch { _ = error.description }
    do { _ = try FlexContext(parsing: members, lookup: FuzzWorld()) } catch { _ = error.description }
    do {
        _ = try ProcessModel(parsing: members, in: scope, start: Instant(seconds: 1_711_843_200))
    } catch { _ = error.description }
    var reader = FieldReader(members)
    for field in members.keys { _ = reader.value(field, .nullable) }
}

/// A query string: names and values decode, whatever stands there.
func fuzzQuery(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    let query = QueryString(encoded: text[...])
    _ = query.object
    _ = PercentText.decoded(bytes, plusIsBlank: false)
    for item in query.items {
        precondition(query[item.name] != nil, "a parameter is lost")
        _ = HTMLText.escaped(item.value)
    }
}

/// A form with files; the first line names the content type.
func fuzzForm(_ bytes: [UInt8]) {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    let type = "multipart/form-data; boundary=" + String(decoding: line, as: UTF8.self)
    guard let form = MultipartForm(contentType: type, body: Array(bytes.dropFirst(line.count + 1))) else { return }
    for part in form.parts { precondition(part.content.count <= bytes.count) }
}
