import EnergyCore
import Logging
import Store

/// All use cases of the program, on one store. Console, API and command line call nothing else.
package final class FlexServices: Sendable {
    package let context: ServiceContext
    package let access: AccessService
    package let accounts: AccountService
    package let users: UserService
    package let assets: AssetService
    package let sensors: SensorService
    package let sources: SourceService
    package let audit: AuditService
    package let mails: MailService
    package let jobs: JobService
    package let world: WorldService

    package init(store: Store, settings: ServiceSettings, clock: any WallClock, logger: Logger) {
        context = ServiceContext(store: store, settings: settings, clock: clock, logger: logger)
        access = AccessService(context: context)
        mails = MailService(context: context)
        accounts = AccountService(context: context)
        users = UserService(context: context, access: access, mails: mails)
        assets = AssetService(context: context)
        sensors = SensorService(context: context)
        sources = SourceService(context: context)
        audit = AuditService(context: context)
        jobs = JobService(context: context)
        world = WorldService(context: context)
    }

    package var settings: ServiceSettings { context.settings }
    package var clock: any WallClock { context.clock }
    /// What changes, through this process or another.
    package var notices: ChangeNotices { context.notices }
}
