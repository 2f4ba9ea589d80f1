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
    package let annotations: AnnotationService
    package let undo: UndoService
    package let housekeeping: Housekeeping
    package let jobs: JobService
    package let world: WorldService
    package let migration: MigrationService
    package let forecasts: ForecastService
    package let data: DataService
    package let reports: ReportService
    package let status: StatusService
    package let kpis: KPIService
    package let charts: ChartService
    package let alarms: AlarmService
    package let alarmHistory: AlarmHistory
    package let schedules: ScheduleService
    package let firstRun: FirstRunService
    /// Requests that this process has answered.
    package let requests = RequestMeter()

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
        annotations = AnnotationService(context: context, sources: sources)
        undo = UndoService(context: context)
        let housekeeping = Housekeeping(context: context, mails: mails)
        self.housekeeping = housekeeping
        jobs = JobService(context: context) { housekeeping.tidy() }
        world = WorldService(context: context)
        migration = MigrationService(context: context, world: world)
        forecasts = ForecastService(context: context, jobs: jobs, sources: sources)
        data = DataService(context: context)
        reports = ReportService(context: context, jobs: jobs, data: data, sources: sources)
        status = StatusService(context: context)
        kpis = KPIService(context: context)
        charts = ChartService(context: context)
        alarms = AlarmService(context: context, status: status, jobs: jobs)
        alarmHistory = AlarmHistory(context: context)
        schedules = ScheduleService(context: context, jobs: jobs)
        firstRun = FirstRunService(context: context, world: world, schedules: schedules)
    }

    /// Ends what runs in the background: lets jobs finish for a while, and writes down what is not written yet.
    package func close(patienceMilliseconds: Int = 5_000) {
        jobs.runner.drain(patienceMilliseconds: patienceMilliseconds)
        access.activity.flush()
    }

    package var settings: ServiceSettings { context.settings }

    /// Works with other settings from now on, except those that a start decides: workers, zone, and whether anything is written.
    package func apply(_ settings: ServiceSettings) {
        var settings = settings
        settings.readOnly = self.settings.readOnly
        settings.jobs.workers = self.settings.jobs.workers
        settings.timezone = self.settings.timezone
        context.live.current = settings
    }
    package var clock: any WallClock { context.clock }
    /// What changes, through this process or another.
    package var notices: ChangeNotices { context.notices }
}
