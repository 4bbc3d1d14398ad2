"""Brings the local JSX and the text catalogue into the built front end.

Register in rxconfig.py: `plugins=[LeadhubFrontend()]`. Files land in `<web>/leadhub/`, outside the
public folder, so that nothing is served twice, and are imported as `$/leadhub/<name>`.
"""

import json
from pathlib import Path
from typing import Any

from reflex.plugins import Plugin
from reflex.utils.prerequisites import get_web_dir

from leadhub.texts import DEFAULT_LANGUAGE, catalogue, languages

JS_ROOT = Path(__file__).parent / "ui" / "js"
LIBRARY = "$/leadhub"
FONT = "@fontsource-variable/inter"
FONT_PACKAGE = f"{FONT}@5.2.8"


class LeadhubFrontend(Plugin):
    """Copies `components/ui/js` and writes one dictionary module per language."""

    def get_stylesheet_paths(self, **context: Any) -> tuple[str, ...]:
        """Name the font's stylesheet, which the build bundles with its files."""
        return (f"{FONT}/index.css",)

    def pre_compile(self, **context: Any) -> None:
        """Queue one file per JSX module and language."""
        for path in sorted(JS_ROOT.glob("*.js*")):
            context["add_save_task"](_copied, path)
        for language in languages():
            context["add_save_task"](_dictionary, language)
        context["add_save_task"](_language_table)


def _copied(path: Path) -> tuple[str, str]:
    return str(_target(path.name)), path.read_text(encoding="utf-8")


def _dictionary(language: str) -> tuple[str, str]:
    body = json.dumps(catalogue(language), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return str(_target(f"texts_{language}.js")), f"export default {body};\n"


def _language_table() -> tuple[str, str]:
    others = [language for language in languages() if language != DEFAULT_LANGUAGE]
    table = ",".join(f'"{language}":()=>import("./texts_{language}.js")' for language in others)
    return str(_target("languages.js")), f"export default {{{table}}};\n"


def _target(name: str) -> Path:
    return Path(get_web_dir()).absolute() / "leadhub" / name
