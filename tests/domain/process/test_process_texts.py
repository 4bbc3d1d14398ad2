import re
from pathlib import Path

from leadhub.domain import process
from leadhub.domain.process.button import ButtonAction
from leadhub.domain.process.vocabulary import LifecycleState
from leadhub.texts import keys

ROOT = Path(process.__file__).parents[2]
FILES = [*(ROOT / "domain" / "process").rglob("*.py"), ROOT / "services" / "leads" / "enter_handoff.py"]
SOURCES = [path.read_text(encoding="utf-8") for path in FILES]


def used_keys() -> set[str]:
    """Every text key that the engine can utter."""
    source = "\n".join(SOURCES)
    found = set(re.findall(r'"(process\.(?:refused|fault|error|parse)\.\w+)"', source))
    found |= {f"process.refused.{name}" for name in re.findall(r'\brefuse\(\s*"(\w+)"', source)}
    found |= {f"process.hint.{name}" for name in re.findall(r'return "(\w+)"', source)}
    found |= {f"process.hint.{name}" for name in re.findall(r'return "(\w+)" if', source)}
    found |= {f"process.hint.{name}" for name in re.findall(r'else "(close_when_clear)"', source)}
    for action in set(ButtonAction) - {ButtonAction.NONE}:
        found |= {f"process.hint.{action}", f"process.button.{action}"}
    found |= {f"process.fault.no_stage_{state}" for state in LifecycleState}
    for what in ("process", "stage", "activity", "result"):
        found |= {
            f"process.fault.bad_{what}_key",
            f"process.fault.{what}_without_label",
            f"process.fault.{what}_label_too_long",
        }
    return found


def test_every_sentence_of_the_engine_is_in_the_catalogue_and_no_other():
    """Guards against a refusal that shows its key, and against sentences nobody says."""
    assert used_keys() == {key for key in keys() if key.startswith("process.")}
