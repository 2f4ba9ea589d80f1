import Optimizer

/// The linear programme of a problem, and how to read its solutions.
struct Programme {
    let linear: LinearProgram
    let powers: [[PieceSum]]
    let sites: [PieceSum?]
    let siteRows: [Row?]
    /// Power of each sum and step.
    let sums: [[PieceSum]]
    let stockRows: [[Row]]
    let stocks: [[PieceSum]]
    let scale: ProgrammeScale

    /// Power per device and step in MW.
    func powers(in columns: [Double]) -> [[Double]] {
        powers.map { device in device.map { $0.value(in: columns) } }
    }
}
