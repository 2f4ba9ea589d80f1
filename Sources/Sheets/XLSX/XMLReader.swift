import CExpat

/// Receives the parts of an XML text in order.
protocol XMLHandler: AnyObject {
    func open(_ element: XMLElement)
    func close(_ name: XMLName)
    func text(_ bytes: UnsafeBufferPointer<UInt8>)
}

/// The name of an element without its namespace prefix; valid during the call only.
struct XMLName {
    private let local: UnsafePointer<CChar>

    init(_ name: UnsafePointer<CChar>) {
        var local = name
        var next = name
        while next.pointee != 0 {
            if next.pointee == CChar(bitPattern: UInt8(ascii: ":")) { local = next + 1 }
            next += 1
        }
        self.local = local
    }

    static func == (name: XMLName, text: StaticString) -> Bool {
        text.utf8Start.withMemoryRebound(to: CChar.self, capacity: text.utf8CodeUnitCount + 1) {
            equal(name.local, $0)
        }
    }

    private static func equal(_ a: UnsafePointer<CChar>, _ b: UnsafePointer<CChar>) -> Bool {
        var index = 0
        while a[index] == b[index] {
            if a[index] == 0 { return true }
            index += 1
        }
        return false
    }
}

/// An opening tag; valid during the call only.
struct XMLElement {
    let name: XMLName
    fileprivate let attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    /// The value of an attribute, by its name without prefix.
    subscript(attribute: StaticString) -> UnsafePointer<CChar>? {
        guard let attributes else { return nil }
        var index = 0
        while let name = attributes[index] {
            if XMLName(name) == attribute { return attributes[index + 1] }
            index += 2
        }
        return nil
    }

    func text(_ attribute: StaticString) -> String? { self[attribute].map { String(cString: $0) } }
    func int(_ attribute: StaticString) -> Int? { text(attribute).flatMap(Int.init) }
}

/// Feeds an XML text to a handler piece by piece. Document types, and with them entities, are refused.
final class XMLReader {
    private let parser: XML_Parser
    private let handler: any XMLHandler
    private let name: String
    fileprivate var isRefused = false

    init(_ handler: any XMLHandler, name: String) throws(SheetFault) {
        guard let parser = XML_ParserCreate(nil) else { throw SheetFault("no memory to read the workbook") }
        self.parser = parser
        self.handler = handler
        self.name = name
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let data, let name else { return }
                let element = XMLElement(name: XMLName(name), attributes: attributes)
                XMLReader.of(data).handler.open(element)
            },
            { data, name in
                guard let data, let name else { return }
                XMLReader.of(data).handler.close(XMLName(name))
            })
        XML_SetCharacterDataHandler(parser) { data, text, count in
            guard let data, let text else { return }
            text.withMemoryRebound(to: UInt8.self, capacity: Int(count)) {
                XMLReader.of(data).handler.text(UnsafeBufferPointer(start: $0, count: Int(count)))
            }
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            guard let data else { return }
            let reader = XMLReader.of(data)
            reader.isRefused = true
            _ = XML_StopParser(reader.parser, XML_Bool(XML_FALSE))
        }
    }

    deinit {
        XML_ParserFree(parser)
    }

    private static func of(_ data: UnsafeMutableRawPointer) -> XMLReader {
        Unmanaged<XMLReader>.fromOpaque(data).takeUnretainedValue()
    }

    /// Takes the next piece; nil ends the text.
    func feed(_ chunk: [UInt8]?) throws(SheetFault) {
        let bytes = chunk ?? []
        let status = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) {
                XML_Parse(parser, $0.baseAddress, Int32($0.count), chunk == nil ? 1 : 0)
            }
        }
        guard status == XML_STATUS_OK, !isRefused else {
            throw SheetFault("the workbook is damaged: its part \(name) is no valid XML")
        }
    }

    /// Reads a whole part.
    static func read(_ bytes: [UInt8], name: String, _ handler: any XMLHandler) throws(SheetFault) {
        let reader = try XMLReader(handler, name: name)
        try reader.feed(bytes)
        try reader.feed(nil)
    }
}
