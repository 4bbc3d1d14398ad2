import json
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from leadhub.domain.errors import NotFound
from leadhub.domain.process.codec import parse_process
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.models import ProcessVersion


def process_of(session: Session, version_id: int) -> ProcessDefinition:
    """The definition of a process version, parsed once per stored text. Raises NotFound."""
    definition = session.scalar(select(ProcessVersion.definition).where(ProcessVersion.id == version_id))
    if definition is None:
        raise NotFound("errors.process_not_found")
    return _parsed(json.dumps(definition, sort_keys=True))


@lru_cache(maxsize=256)
def _parsed(text: str) -> ProcessDefinition:
    return parse_process(text)
