import Sheets

extension UploadedFile {
    /// A file that came over the network.
    package init(name: String, contentType: String?, bytes: [UInt8]) {
        self.init(name: name, contentType: contentType, source: .bytes(bytes))
    }
}
