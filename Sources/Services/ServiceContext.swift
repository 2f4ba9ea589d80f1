import EnergyCore
import Logging
import Store

/// What every service works with.
package struct ServiceContext: Sendable {
    package let store: Store
    package let live: Live<ServiceSettings>
    package let clock: any WallClock
    package let logger: Logger
    /// Accounts, users, assets, sensors and sources in memory.
    package let directory: DirectoryCache
    package let notices: ChangeNotices
    /// How far the data of sensors reach, for those who watch all of them.
    let statusFacts = StatusFacts()
    /// What measured values are held against.
    let limits = WatchedLimits()
    /// Whether somebody has set the clock.
    package let clockWatch: ClockWatch
    package let stamps: BeliefStamps

    package init(store: Store, settings: ServiceSettings, clock: any WallClock, logger: Logger) {
        self.store = store
        live = Live(settings)
        self.clock = clock
        self.logger = logger
        directory = DirectoryCache(store: store, clock: clock)
        notices = ChangeNotices(store: store)
        clockWatch = ClockWatch(clock)
        stamps = BeliefStamps(clock)
    }

    package var settings: ServiceSettings { live.current }

    /// The records in memory as they are now.
    package func records() throws -> Directory { try directory.current() }

    /// One change of the store by a service, on the calling thread. All calls of services may wait for the disk:
    /// whoever must not block makes them on a thread of its own.
    package func write<T>(_ body: (WriteTransaction) throws -> T) throws -> T {
        try changing { try store.write(body) }
    }

    /// One change of the store, or nil without having tried if another writer is at work: for threads that must not
    /// wait.
    package func writeIfFree<T>(_ body: (WriteTransaction) throws -> T) throws -> T? {
        try changing { try store.writeIfFree(body) }
    }

    private func changing<T>(_ body: () throws -> T) throws -> T {
        if settings.readOnly { throw RequestError.readOnly }
        do {
            return try body()
        } catch StoreError.locked {
            throw RequestError.busy(.locked)
        } catch let error as StoreError where error == .diskFull || error == .readOnly {
            throw RequestError.unavailable(error)
        }
    }
}

extension ServiceContext {
    /// An account that the caller may use that way; throws `NotFound` or `AccessError`.
    package func account(_ id: AccountID, for permission: Permission, _ caller: Caller) throws -> Account {
        guard let account = try records().accounts[id] else { throw NotFound(.account, id) }
        try AccessPolicy.require(permission, on: .account(AccountScope(account)), for: caller)
        return account
    }

    /// A user that the caller may use that way; throws `NotFound` or `AccessError`.
    package func user(_ id: UserID, for permission: Permission, _ caller: Caller) throws -> User {
        let records = try records()
        guard let user = records.users[id] else { throw NotFound(.user, id) }
        try AccessPolicy.require(permission, on: records.resource(user), for: caller)
        return user
    }

    /// An asset that the caller may use that way; throws `NotFound` or `AccessError`.
    package func asset(_ id: AssetID, for permission: Permission, _ caller: Caller) throws -> Asset {
        let records = try records()
        guard let asset = records.asset(id) else { throw NotFound(.asset, id) }
        try AccessPolicy.require(permission, on: records.resource(asset), for: caller)
        return asset
    }

    /// A sensor that the caller may use that way; throws `NotFound` or `AccessError`.
    package func sensor(_ id: SensorID, for permission: Permission, _ caller: Caller) throws -> Sensor {
        let records = try records()
        guard let sensor = records.sensor(id) else { throw NotFound(.sensor, id) }
        try AccessPolicy.require(permission, on: records.resource(sensor), for: caller)
        return sensor
    }
}
