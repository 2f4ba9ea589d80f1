import APIContract
import Testing

@Suite("Uploaded forms")
struct MultipartFormTests {
    private static let type = "multipart/form-data; boundary=\"b-1\""

    private func form(_ text: String) -> MultipartForm? {
        MultipartForm(contentType: Self.type, body: Array(text.replacing("\n", with: "\r\n").utf8))
    }

    @Test("files and fields come out with their names")
    func parts() throws {
        let text = """
            --b-1
            Content-Disposition: form-data; name="uploaded-files"; filename="a \\"b\\".csv"
            Content-Type: text/csv

            x,y
            1,2
            --b-1
            Content-Disposition: form-data; name=unit

            kW
            --b-1--

            """
        let parts = try #require(form(text)).parts
        #expect(parts.map(\.name) == ["uploaded-files", "unit"])
        #expect(parts[0].filename == "a \"b\".csv")
        #expect(parts[0].contentType == "text/csv")
        #expect(String(decoding: parts[0].content, as: UTF8.self) == "x,y\r\n1,2")
        #expect(String(decoding: parts[1].content, as: UTF8.self) == "kW")
    }

    @Test(
        "a body that is cut off is no form",
        arguments: ["", "--b-1", "--b-1\nContent-Disposition: form-data; name=a\n\nx"])
    func cutOff(text: String) {
        #expect(form(text) == nil)
    }

    @Test("a content type without a boundary is no form")
    func noBoundary() {
        #expect(MultipartForm(contentType: "multipart/form-data", body: Array("--b--".utf8)) == nil)
    }
}
