from leadhub.change_log.bulk import bulk_delete, bulk_insert, bulk_update
from leadhub.change_log.derive import derive_values, refresh_derived_rows
from leadhub.change_log.encoding import decode as as_stored
from leadhub.change_log.recorder import ActionInfo, Recorder, recorder_of, watch
from leadhub.change_log.undo import Obstacle, UndoStep, change_sets_of, plan_undo, steps_of, undo_rows

__all__ = [
    "ActionInfo",
    "Obstacle",
    "Recorder",
    "UndoStep",
    "as_stored",
    "bulk_delete",
    "bulk_insert",
    "bulk_update",
    "change_sets_of",
    "derive_values",
    "plan_undo",
    "recorder_of",
    "refresh_derived_rows",
    "steps_of",
    "undo_rows",
    "watch",
]
