// The types of the store that are part of what services take and return. Callers see these and nothing else of it.
@_exported import struct Forecasting.BacktestSummary
@_exported import struct Forecasting.ForecastReport
@_exported import struct Store.AlarmMark
@_exported import struct Store.AlarmRecord
@_exported import struct Store.Annotation
@_exported import enum Store.AnnotationTarget
@_exported import struct Store.AuditRecord
@_exported import enum Store.AuditScope
@_exported import struct Store.ChangeMark
@_exported import struct Store.Job
@_exported import typealias Store.JobID
@_exported import enum Store.JobState
@_exported import struct Store.OutgoingMail
@_exported import struct Store.UndoRecord
