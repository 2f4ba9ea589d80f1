import EnergyCore
import Services
import TerminalKit
import Testing

@testable import Console

/// What an operator does, step by step, and what they must see.
@MainActor
struct Story {
    var name: String
    var workers = 0
    var tell: @MainActor (Robot) async throws -> Void

    static let all: [Story] = moving + looking + changing + scheduling

    private static let moving: [Story] = [
        Story(name: "walks through lists, trees and panes") { robot in
            try await robot.press("jjkGg<PgDn><PgUp><Ctrl-D><Ctrl-U><Tab><Shift-Tab>")
            try await robot.press("2jjlhl<Enter>]][[<Esc>")
            robot.see("[2 Assets]")
            try await robot.press("4nN!sSS<Space><Esc>")
            robot.see("[4 Status]")
            try await robot.press("<Esc>")
            robot.see("[2 Assets]")
        },
        Story(name: "pastes text where there is a field, and nowhere else") { robot in
            @MainActor func paste(_ text: String) async {
                robot.shell.handle(.paste(text))
                await robot.settle()
            }
            for keys in ["", "2", "4", "A", "o", ":asset Warehouse battery<Enter>d"] {
                try await robot.press("<Esc><Esc>\(keys)")
                let before = robot.lines.dropLast(2)
                if !keys.hasSuffix("d") { await paste("qdj\n2") } else { await paste("q\n") }
                if !keys.hasSuffix("d") {
                    #expect(robot.message.contains("no field is being edited"), "\(keys)")
                    #expect(robot.lines.dropLast(2) == before, "\(keys)")
                } else {
                    robot.see("DELETE ASSET")
                }
            }
            #expect(!robot.shell.isOver)
            for keys in [":", "<Ctrl-P>", "?", "M", "/", "0a", ":login<Enter>", "6jjwa<Tab>", "b"] {
                try await robot.press("<Esc><Esc><Esc>1\(keys)")
                await paste("20 pasted\n")
                robot.see("20 pasted")
            }
            try await robot.press("<Esc><Esc><Esc>:schedule Quay battery<Enter><Tab><Ctrl-U>")
            await paste("7 h\n")
            robot.see("[ 7 h")
            try await robot.press("<Tab><Tab><Tab><F3>")
            await paste("price")
            robot.see("intraday price")
            try await robot.press("<Esc><Esc>:lock<Enter>")
            await paste("sesame")
            try await robot.press("<Enter>sesame<Enter>")
            robot.see("unlocked")
        },
        Story(name: "draws anew and gives the shell back whatever is up, but not when locked") { robot in
            for keys in ["?", "0a", ":", "A", ":graphs Harbour Depot<Enter>i"] {
                try await robot.press("<Esc><Esc>\(keys)")
                let (before, times) = (robot.places, robot.backend.suspensions)
                try await robot.press("<Ctrl-L><Ctrl-Z>")
                #expect(robot.places == before)
                #expect(robot.backend.suspensions == times + 1)
            }
            let times = robot.backend.suspensions
            try await robot.press("<Esc><Esc>:lock<Enter>open<Enter><Ctrl-Z><Ctrl-L>open<Enter>")
            #expect(robot.backend.suspensions == times)
            robot.see("unlocked")
        },
        Story(name: "goes to every screen by its digit") { robot in
            for (key, tab) in [
                ("1", "[1 Overview]"), ("2", "[2 Assets]"), ("3", "[3 Graphs]"), ("4", "[4 Status]"), ("5", "[5 KPIs]"),
                ("6", "[6 Schedule]"), ("7", "[7 Forecast]"), ("8", "[8 Jobs]"), ("9", "[9 Audit]"), ("0", "[0 Admin]"),
            ] {
                try await robot.press(key)
                robot.see(tab)
            }
        },
        Story(name: "filters, sorts, freezes, hides panes") { robot in
            try await robot.press("/farm<Enter>")
            robot.see("SITES 1 of 3")
            try await robot.press("<Esc>ssS")
            robot.see("sorted by")
            try await robot.press("f")
            robot.see("FROZEN 14:37")
            try await robot.press("ffzzr")
            try await robot.press("L<Esc>")
            try await robot.press("/q<Esc>")
            #expect(!robot.shell.isOver)
        },
    ]

    private static let looking: [Story] = [
        Story(name: "zooms, pans and reads a chart") { robot in
            try await robot.press(":graphs Harbour Depot<Enter>+-=][}{.")
            robot.see("2026-04-30")
            try await robot.press("c<Left><Left>HL")
            #expect(robot.message.contains("grid power"))
            try await robot.press("<Enter><Esc>c")
            try await robot.press("@2026-03-29<Enter>")
            robot.see("window 2026-03-29 00:00 .. 2026-03-30 00:00")
            robot.see("04:00")
            #expect(!robot.lines.suffix(5).joined().contains("02:00"))
            try await robot.press("vvvvvvBi<Space><Space><Esc>")
            robot.see("GRID POWER")
            try await robot.press(".")
        },
        Story(name: "looks at what was known before") { robot in
            try await robot.press("bnonsense<Enter>")
            #expect(robot.message.contains("is not a time"))
            try await robot.press("b11:00<Enter>")
            robot.see("BELIEF 11:00")
            try await robot.press("<lt>")
            robot.see("BELIEF 10:45")
            try await robot.press(">p")
            robot.see("REPLAY")
            robot.shell.handle(.tick)
            await robot.settle()
            try await robot.press("pP")
            robot.see("LIVE")
        },
        Story(name: "copies, exports and prints") { robot in
            let folder = robot.world.newFilesFolder()
            try await robot.press("yY")
            #expect(robot.backend.clipboard.count == 2)
            try await robot.press("e<Ctrl-U>\(folder)/sites.csv<Enter>")
            #expect(try TextFile.read("\(folder)/sites.csv")?.hasPrefix("state,site,grid") == true)
            try await robot.press(":export \(folder)/sites.json<Enter>:print \(folder)/screen.txt<Enter>")
            #expect(try TextFile.read("\(folder)/screen.txt")?.contains("Harbour Depot") == true)
        },
        Story(name: "finds things by palette, menu, help and command") { robot in
            try await robot.press("?freeze<Enter>")
            robot.see("FROZEN")
            try await robot.press("<Ctrl-P>freeze the<Enter>")
            robot.see("LIVE")
            try await robot.press("oj<Esc>:theme mono<Enter>")
            #expect(robot.shell.settings.theme == "mono")
            try await robot.press(":nonsense<Enter>")
            try await robot.press("<Esc><Esc><Ctrl-L><Ctrl-Z>")
            #expect(robot.backend.suspensions == 1)
            try await robot.press("9w")
            #expect(robot.message.contains("whole log"))
            try await robot.press("5+-][")
            robot.see("[5 KPIs]")
            try await robot.press("1D")
        },
        Story(name: "types commands about plans, the API, the log and the lock") { robot in
            try await robot.press(":compare Warehouse battery<Enter>")
            robot.see("COMPARE   A* now")
            try await robot.press("<Esc>:explain Warehouse battery<Enter>")
            robot.see("WHY IT LOOKS LIKE THIS")
            try await robot.press("<Esc>:forecast Creamery<Enter>")
            robot.see("TRIGGER FORECAST")
            try await robot.press("<Esc>:explain nothing<Enter>")
            #expect(robot.message.contains("no schedule or device"))
            try await robot.press(":api<Enter>")
            robot.see("The API is off")
            try await robot.press("<Esc>:log error<Enter>")
            robot.see("LOG  errors only")
            try await robot.press("<Esc>:lock<Enter><Esc>")
            robot.see("not locked")
            try await robot.press(":lock<Enter>open<Enter>")
            robot.see("LOCKED")
            robot.doNotSee("Meadow Farm")
            try await robot.press("q<Esc><Enter>")
            robot.see("not the word")
            try await robot.press("open<Enter>")
            robot.see("unlocked")
            try await robot.press(":lock<Enter><Enter>x<Enter>")
            robot.see("unlocked")
        },
        Story(name: "searches and reads the manual") { robot in
            try await robot.press("M")
            robot.see("MANUAL  2 topics")
            try await robot.press("hydraulic<Enter>")
            robot.see("the hydraulic pump")
            try await robot.press("jkGgny<Esc><Esc>")
            #expect(robot.backend.clipboard.last?.contains("# Pumps") == true)
            try await robot.press("?hydraulic")
            robot.see("pumps")
            try await robot.press("<Down><Enter>")
            robot.see("MANUAL  pumps")
            try await robot.press("q:help valves<Enter>")
            robot.see("MANUAL  valves")
            try await robot.press("q")
        },
        Story(name: "changes settings and takes that back") { robot in
            try await robot.press("<F2>l")
            #expect(robot.shell.settings.theme != "control-room")
            try await robot.press("u")
            #expect(robot.shell.settings.theme == "control-room")
            try await robot.press("0c")
            robot.see("SETTINGS")
        },
    ]
}
