"""The people and leads that the rules are shown on."""

from dataclasses import replace
from typing import Any

import pytest

from leadhub.domain.process import engine
from leadhub.domain.process.definition import ProcessDefinition
from leadhub.domain.process.engine import (
    ActionRefused,
    ActorFacts,
    OpenActivity,
    Plan,
    ProcessFacts,
)
from leadhub.domain.process.plan import (
    CreateActivity,
)
from leadhub.domain.process.vocabulary import (
    LifecycleState,
)

SALES = ActorFacts(roles=frozenset({"sales"}))
OWNER = replace(SALES, is_owner=True)
MANAGER = ActorFacts(roles=frozenset({"manager"}), is_in_charge=True)
MARKETER = ActorFacts(roles=frozenset({"marketer"}))
WON, LOST, CANCELLED = LifecycleState.WON, LifecycleState.LOST, LifecycleState.CANCELLED


def facts(stage: str, **known: Any) -> ProcessFacts:
    return ProcessFacts(**{"actor": SALES, "has_contact": True, "has_owner": True, "stage": stage, **known})


def task(template_key: str | None = None, activity_id: int = 7) -> OpenActivity:
    return OpenActivity(activity_id=activity_id, template_key=template_key)


def created(plan: Plan) -> list[str]:
    return [creation.template.key for creation in plan.all_of(CreateActivity)]


def refused(call: Any, *args: Any, **kwargs: Any) -> engine.Refusal:
    with pytest.raises(ActionRefused) as caught:
        call(*args, **kwargs)
    return caught.value.refusal


def switched_off(process: ProcessDefinition, *keys: str) -> ProcessDefinition:
    stages = tuple(replace(s, is_switched_off=s.key in keys) for s in process.stages)
    return replace(process, stages=stages)
