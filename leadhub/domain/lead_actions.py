from enum import StrEnum


class LeadAction(StrEnum):
    """What a person can do with a lead from the list, the board and its page; label: actions.<action>."""

    PROCESS = "process"
    """Whatever the process button says now."""
    QUALIFY = "qualify"
    DISQUALIFY = "disqualify"
    DISTRIBUTE = "distribute"
    HANDOFF = "handoff"
    COMPLETE = "complete"
    MOVE = "move"
    START_PROGRESS = "start_progress"
    ACCEPT = "accept"
    ASSIGN = "assign"
    WIN = "win"
    LOSE = "lose"
    CANCEL = "cancel_lead"
    REOPEN = "reopen"
    DELETE = "delete"
    LOG_CALL = "log_call"
    FOLLOW_UP = "follow_up"
    SCHEDULE = "schedule"
