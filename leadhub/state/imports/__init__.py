from leadhub.state.imports.history import ImportHistory
from leadhub.state.imports.wizard import ImportWizard

__all__ = ["ImportHistory", "ImportWizard"]
