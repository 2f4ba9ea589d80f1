import EnergyCore
import Services
import TerminalKit
import TestSupport
import Testing

@testable import Console

extension Story {
    static let changing: [Story] = [
        Story(name: "adds, changes and deletes assets and sensors, and undoes that") { robot in
            try await robot.press(":asset North Quay<Enter>aTest shed<Ctrl-S>")
            robot.see("added Test shed")
            try await robot.press(":asset Test shed<Enter>N<Ctrl-S>")
            robot.see("added sensor")
            try await robot.press("m<Ctrl-U>Old shed<Ctrl-S>")
            robot.see("Old shed")
            try await robot.press("u")
            robot.see("undone")
            try await robot.press(":asset Test shed<Enter>d")
            robot.see("DELETE ASSET")
            robot.world.clock.advance(.seconds(1))
            try await robot.press("<Enter>")
            robot.see("nothing was changed")
            try await robot.press("d")
            robot.world.clock.advance(.seconds(1))
            try await robot.press("Test shed<Tab><Enter>")
            robot.see("deleted Test shed")
            try await robot.press("u")
            robot.see("undone")
        },
        Story(name: "copies a tree and edits an asset as JSON") { robot in
            try await robot.press(":asset Berth<Enter>C")
            robot.see("copied Berth")
            robot.backend.external = { command in
                let path = command.last ?? ""
                let text = (try? TextFile.read(path)) ?? nil
                try? TextFile.write(
                    (text ?? "").replacing("\"latitude\": 51.911", with: "\"latitude\": 51.5"), to: path)
                return 0
            }
            try await robot.press(":asset North Quay<Enter>E")
            #expect(try robot.world.asset("North Quay").latitude == 51.5)
        },
        Story(name: "acknowledges and shelves alarms, and takes that back") { robot in
            try await robot.press("A")
            robot.see("WHAT TO DO")
            try await robot.press("apart is ordered<Enter>")
            robot.see("acked")
            robot.see("part is ordered")
            try await robot.press("i")
            robot.see("seen once in 30 days")
            try await robot.press("<Esc>u")
            robot.doNotSee("acked")
            try await robot.press("<Ctrl-R>")
            robot.see("acked")
            try await robot.press("u")
            try await robot.press("H<Enter><Enter>")
            robot.see("shelved")
            try await robot.press("<Esc>A")
        },
        Story(name: "manages accounts and users") { robot in
            try await robot.press("0aWind Cooperative<Ctrl-S>")
            robot.see("added account")
            try await robot.press("/wind<Enter>m<Ctrl-U>Wind Coop<Ctrl-S>")
            robot.see("Wind Coop")
            try await robot.press("d")
            robot.world.clock.advance(.seconds(1))
            try await robot.press("Wind Coop<Tab><Enter>")
            robot.see("deleted account")
            try await robot.press("<Esc>]/olga<Enter>awendy<Tab>wendy<Ctrl-S>")
            robot.see("3 Harbour Cooperative")
            robot.see("Not a valid email address.")
            let person = "<Ctrl-U>wendy@flexdeck.example<Tab><Tab>long-enough-word<Tab><Tab><Tab><Tab><Space><Ctrl-S>"
            try await robot.press(person + "/<Ctrl-U>wendy<Enter>")
            #expect(robot.lines.contains { $0.contains("wendy@") && $0.contains("account-admin") })
            try await robot.press("<Esc>P")
            robot.see("the old password is void")
            _ = try robot.world.services.access.signIn(email: "olga@flexdeck.example", password: "flexdeck-demo")
            try await robot.press("]r")
            robot.see("TOKENS 1")
            try await robot.press("d")
            robot.see("REVOKE TOKEN")
            robot.world.clock.advance(.seconds(1))
            try await robot.press("<Tab><Enter>")
            robot.see("no tokens in use")
            try await robot.press("[")
            try await robot.press("Tolga@flexdeck.example<Tab>wrong<Ctrl-S>")
            robot.see("password is wrong")
            try await robot.press("<Esc>")
        },
        Story(name: "uploads a file and is told which rows were left out") { robot in
            let folder = robot.world.newFilesFolder()
            try TextFile.write(
                "time,value\n2026-04-20 10:00,1.5\n2026-04-20 10:15,2.5\nbad,n/a\nx,3\n", to: "\(folder)/load.csv")
            try await robot.press("4/charger 1<Enter>U\(folder)/load.csv<Ctrl-S>")
            robot.see("stored 2 values in power, skipped 2 rows")
            robot.see("row 4  not a number: bad,n/a")
            robot.see("row 5  not a time: x,3")
            try await robot.press("<Esc>")
            robot.see("Charger 1")
        },
        Story(name: "signs in as a user and sees only what that user may see") { robot in
            try await robot.press(":login<Enter>olga@flexdeck.example<Tab>flexdeck-demo<Ctrl-S>")
            robot.see("signed in as")
            robot.doNotSee("Meadow Farm")
        },
    ]

    static let scheduling: [Story] = [
        Story(name: "asks what a device would do, and why, from wherever it is selected") { robot in
            try await robot.press(":asset Warehouse battery<Enter>w")
            robot.see("COMPARE")
            try await robot.press("<Esc>x")
            robot.see("WHY IT LOOKS LIKE THIS")
            try await robot.press("<Esc>1w")
            #expect(robot.message.contains("select a device with a flex-model"))
        },
        Story(name: "triggers a schedule with a preview, follows the job, explains and compares", workers: 2) { robot in
            robot.world.services.jobs.runner.start()
            try await robot.press(":asset Warehouse battery<Enter>t")
            robot.see("TRIGGER SCHEDULE")
            robot.see("PREVIEW   cost")
            try await robot.press("<F4>")
            robot.see("\"duration\"")
            try await robot.press("<F4><F8><F5>")
            robot.see("WHY IT LOOKS LIKE THIS")
            try await robot.press("<Esc><F7>")
            robot.see("COMPARE")
            try await robot.press("<Esc><F3>")
            #expect(robot.message.contains("Start takes no sensor"))
            try await robot.press("<Tab><Tab><Tab><F3>intraday<Enter>")
            robot.see("sensor 3")
            try await robot.press("<Ctrl-U>100 kW<Shift-Tab><Shift-Tab><Shift-Tab><Ctrl-U>2026-04-30 15:00<F6>")
            robot.see("[6 Schedule]")
            robot.see("done")
            try await robot.press("x")
            robot.see("SLOT BY SLOT")
            try await robot.press("w")
            robot.see("COMPARE")
            try await robot.press("a<Tab>50 kW<Ctrl-S>")
            robot.see("B - A")
            try await robot.press("-")
            robot.see("site-power-capacity 45.45 kW")
            try await robot.press(
                "+a<Right><Right><Right><Right><Right><Right><Right><Right><Right><Right><Right><Tab>20<Ctrl-S>")
            robot.see("all prices % 20")
            robot.see("C costs")
            try await robot.press("<F6>")
            robot.see("cannot be stored")
            try await robot.press("x<Esc>ddd<F6>")
            robot.world.clock.advance(.seconds(1))
            try await robot.press("<Tab><Enter>")
            robot.see("[6 Schedule]")
            try await robot.press("gw<Esc>x<F6>")
            robot.world.services.jobs.runner.drain(patienceMilliseconds: 5000)
        },
        Story(name: "schedules a whole site, its devices together", workers: 2) { robot in
            robot.world.services.jobs.runner.start()
            try await robot.press(":asset Harbour Depot<Enter>t")
            robot.see("6 devices, scheduled together")
            robot.see("left out: its state of charge is not known")
            robot.see("PREVIEW   cost")
            try await robot.press("<F4>")
            robot.see("\"soc-at-start\": \"256.48 kWh\"")
            try await robot.press("<F4><F6>")
            robot.see("[6 Schedule]")
            robot.see("done")
            robot.world.services.jobs.runner.drain(patienceMilliseconds: 5000)
        },
        Story(name: "is warned that prices end early, and ends the schedule with them") { robot in
            try await robot.press(":schedule Warehouse battery<Enter><Tab><Ctrl-U>5 d<Ctrl-S>")
            robot.see("count as free (F9)")
            robot.doNotSee("is being computed")
            try await robot.press("<F9>")
            robot.doNotSee("count as free")
            try await robot.press("<F9>")
            robot.see("the prices are known for the whole schedule")
            try await robot.press("<Ctrl-S><Esc>")
        },
        Story(name: "triggers a forecast") { robot in
            try await robot.press("4/creamery<Enter>F")
            robot.see("TRIGGER FORECAST")
            try await robot.press("<Ctrl-S>8")
            robot.see("forecasting")
        },
        Story(name: "keeps a draft when the form is left") { robot in
            try await robot.press(":schedule Quay battery<Enter><Tab><Ctrl-U>6 h<Esc>")
            robot.see("the draft is kept")
            try await robot.press(":schedule Quay battery<Enter>")
            robot.see("[ 6 h")
            try await robot.press("<Esc>")
        },
        Story(name: "retries and cancels jobs") { robot in
            try await robot.press("6jt<F6>")
            robot.see("queued")
            try await robot.press("K")
            robot.see("canceled")
            try await robot.press("R")
            try await robot.press("8K")
            robot.see("canceled")
            try await robot.press("R")
            robot.see("is in the queue again")
        },
        Story(name: "quits") { robot in
            try await robot.press("q")
            #expect(robot.shell.isOver)
        },
    ]
}
