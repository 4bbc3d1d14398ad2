from leadhub.jobs.registry import job, step
from leadhub.services import undo


@job("undo_action")
def undo_action(undo_action_id: int) -> None:
    """A long undo, one change set after the other."""
    while _undo_next_part(undo_action_id):
        pass


@step()
def _undo_next_part(undo_action_id: int) -> bool:
    return undo.undo_next_part(undo_action_id)
