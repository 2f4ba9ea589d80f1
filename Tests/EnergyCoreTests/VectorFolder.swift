import Foundation

/// Where this test target keeps its recorded cases.
let vectorFolder: String? = Bundle.module.resourcePath.map { $0 + "/Vectors" }
