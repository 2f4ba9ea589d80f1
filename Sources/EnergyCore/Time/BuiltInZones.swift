/// Today's rules of common zones, for systems without a tz database. They hold for the present, not for history.
enum BuiltInZones {
    private static let rules: [String: [String]] = [
        "CET-1CEST,M3.5.0,M10.5.0/3": [
            "Europe/Amsterdam", "Europe/Andorra", "Europe/Belgrade", "Europe/Berlin", "Europe/Bratislava",
            "Europe/Brussels", "Europe/Budapest", "Europe/Copenhagen", "Europe/Ljubljana", "Europe/Luxembourg",
            "Europe/Madrid", "Europe/Malta", "Europe/Monaco", "Europe/Oslo", "Europe/Paris", "Europe/Prague",
            "Europe/Rome", "Europe/Sarajevo", "Europe/Skopje", "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw",
            "Europe/Zagreb", "Europe/Zurich", "CET",
        ],
        "EET-2EEST,M3.5.0/3,M10.5.0/4": [
            "Europe/Athens", "Europe/Bucharest", "Europe/Helsinki", "Europe/Kyiv", "Europe/Riga", "Europe/Sofia",
            "Europe/Tallinn", "Europe/Vilnius", "EET",
        ],
        "GMT0BST,M3.5.0/1,M10.5.0": ["Europe/London", "GB"],
        "IST-1GMT0,M10.5.0,M3.5.0/1": ["Europe/Dublin"],
        "WET0WEST,M3.5.0/1,M10.5.0": ["Europe/Lisbon", "Atlantic/Canary", "WET"],
        "<+03>-3": ["Europe/Istanbul", "Asia/Riyadh", "Asia/Kuwait"],
        "MSK-3": ["Europe/Moscow"],
        "EST5EDT,M3.2.0,M11.1.0": ["America/New_York", "America/Toronto", "US/Eastern"],
        "CST6CDT,M3.2.0,M11.1.0": ["America/Chicago", "US/Central"],
        "MST7MDT,M3.2.0,M11.1.0": ["America/Denver", "US/Mountain"],
        "PST8PDT,M3.2.0,M11.1.0": ["America/Los_Angeles", "US/Pacific"],
        "<-03>3": ["America/Sao_Paulo", "America/Argentina/Buenos_Aires"],
        "JST-9": ["Asia/Tokyo", "Japan"],
        "KST-9": ["Asia/Seoul"],
        "CST-8": ["Asia/Shanghai", "Asia/Taipei"],
        "<+08>-8": ["Asia/Singapore"],
        "IST-5:30": ["Asia/Kolkata"],
        "<+04>-4": ["Asia/Dubai"],
        "AEST-10AEDT,M10.1.0,M4.1.0/3": ["Australia/Sydney", "Australia/Melbourne"],
        "AEST-10": ["Australia/Brisbane"],
        "AWST-8": ["Australia/Perth"],
        "NZST-12NZDT,M9.5.0,M4.1.0/3": ["Pacific/Auckland"],
        "SAST-2": ["Africa/Johannesburg"],
        "UTC0": ["Etc/UTC", "GMT", "UCT", "Zulu", "Etc/GMT"],
    ]

    static let names: [String] = (rules.values.joined() + ["UTC"]).sorted()

    static func zone(_ name: String) -> Zone? {
        guard let text = rules.first(where: { $0.value.contains(name) })?.key, let rule = PosixZoneRule(text.utf8)
        else { return nil }
        var table = ZoneTable(initialOffset: Int32(rule.standardOffset))
        table.extend(by: rule)
        return table.zone(named: name)
    }
}
