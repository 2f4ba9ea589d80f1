import APIContract
import EnergyCore
import Services

/// One operation of the API: all that routing, `Allow` headers and the published description need to know about it.
struct Route: Sendable {
    enum Method: String, Sendable, CaseIterable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    /// The headings under which operations are listed.
    enum Group: String, Sendable, CaseIterable {
        case auth = "Auth"
        case publicInformation = "Public"
        case accounts = "Accounts"
        case users = "Users"
        case assets = "Assets"
        case sensors = "Sensors"
        case data = "Data"
        case schedules = "Schedules"
        case forecasts = "Forecasts"
        case charts = "Charts"
        case jobs = "Jobs"
        case annotations = "Annotations"
        case sources = "Sources"
        case operations = "Operations"
    }

    /// Who may use it.
    enum Access: Sendable {
        case anonymous
        /// Signed-in users; the text says what else is needed.
        case signedIn(String)
    }

    /// How much a caller may do per window of time.
    enum Quota: Sendable {
        case none, general, trigger
    }

    /// Works on a thread that may wait for the disk.
    typealias Handler = @Sendable (APIRequest) throws -> APIAnswer
    /// Checks a post of data without storing it.
    typealias Posting = @Sendable (APIRequest) throws -> CheckedPost
    /// Says by the parameters of the path and the query whether a request takes well under a millisecond or two.
    typealias QuickTest = @Sendable ([String: String], QueryString) -> Bool

    var method: Method
    var path: String
    var group: Group
    var summary: String
    var details = ""
    var access: Access
    var parameters: [Parameter] = []
    var body: Body?
    var answers: [Answer] = []
    var takesLargeBody = false
    /// Hashes a password, which takes tens of milliseconds on purpose.
    var checksPasswords = false
    var quota = Quota.general
    var faults = FaultPolicy()
    /// Not part of the published description.
    var isHidden = false
    var handler: Handler
    /// The first half of `handler`, for posts that are stored together with those of other clients.
    var posting: Posting?
    /// Requests that pass are answered without a detour over another thread.
    var isQuick: QuickTest?

    init(
        _ method: Method, _ path: String, _ group: Group, _ summary: String, access: Access,
        handler: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.group = group
        self.summary = summary
        self.access = access
        self.handler = handler
    }
}

extension Route {
    /// A parameter of the path or the query.
    struct Parameter: Sendable {
        var name: String
        var isInPath = false
        var isRequired = false
        var schema: Schema
        var summary: String
    }

    /// What a request carries.
    struct Body: Sendable {
        var contentType = "application/json"
        var schema: Schema
        var isRequired = true
        var example: JSONValue?
    }

    /// One status code and what comes with it.
    struct Answer: Sendable {
        var status: Int
        var summary: String
        var contentType = "application/json"
        /// nil: no body
        var schema: Schema?
        var headers: [(name: String, summary: String)] = []
    }
}

extension Route {
    /// Adds a longer description.
    func details(_ text: String) -> Route { changed { $0.details = text } }

    /// Adds a parameter of the query.
    func query(_ name: String, _ schema: Schema, _ summary: String, required: Bool = false) -> Route {
        changed { $0.parameters.append(Parameter(name: name, isRequired: required, schema: schema, summary: summary)) }
    }

    /// Adds the parameters of lists.
    func listing(sortFields: [String] = []) -> Route {
        var route = query("page", .integer(minimum: 1), "Page of the list; without it the whole list is answered.")
            .query("per_page", .integer(minimum: 1).byDefault(.int(10)), "Records per page.")
            .query("filter", .string, "Words to look for; quotes keep blanks together.")
        if !sortFields.isEmpty {
            route = route.query("sort_by", .choice(sortFields), "Field to sort by; only together with `sort_dir`.")
                .query("sort_dir", .choice(["asc", "desc"]), "Direction; only together with `sort_by`.")
        }
        return route
    }

    /// Adds a JSON body.
    func json(_ schema: Schema, example: JSONValue? = nil, required: Bool = true) -> Route {
        changed { $0.body = Body(schema: schema, isRequired: required, example: example) }
    }

    /// Adds an answer.
    func answer(_ status: Int, _ summary: String, _ schema: Schema? = nil) -> Route {
        changed { $0.answers.append(Answer(status: status, summary: summary, schema: schema)) }
    }

    /// Adds an answer that is not JSON.
    func answer(_ status: Int, _ summary: String, contentType: String) -> Route {
        changed {
            $0.answers.append(Answer(status: status, summary: summary, contentType: contentType, schema: .string))
        }
    }

    /// Takes bodies as long as uploads may be.
    var largeBody: Route { changed { $0.takesLargeBody = true } }

    /// Is answered on the threads for what hashes passwords.
    var passwords: Route { changed { $0.checksPasswords = true } }

    /// Counts against another limit.
    func quota(_ quota: Quota) -> Route { changed { $0.quota = quota } }

    /// Reports faults of fields under another place of the request.
    func faults(at location: String) -> Route { changed { $0.faults.location = location } }

    /// Reports a missing asset as a fault of a field.
    func missingAsset(at location: String, _ field: String) -> Route {
        changed { $0.faults.missingAsset = .field(location, field) }
    }

    /// Reports a missing sensor in another way than as a fault of the id in the path.
    func missingSensor(_ missing: FaultPolicy.Missing) -> Route { changed { $0.faults.missingSensor = missing } }

    /// Answers without a detour over another thread: for what is in memory.
    var quick: Route { quick { _, _ in true } }

    /// Answers requests that pass a test without a detour over another thread.
    func quick(_ test: @escaping QuickTest) -> Route { changed { $0.isQuick = test } }

    /// Stores posts of several clients together.
    func together(_ posting: @escaping Posting) -> Route { changed { $0.posting = posting } }

    /// Leaves it out of the published description.
    var hidden: Route { changed { $0.isHidden = true } }

    private func changed(_ change: (inout Route) -> Void) -> Route {
        var copy = self
        change(&copy)
        return copy
    }
}
