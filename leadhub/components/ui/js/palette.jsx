// Search and commands in one box, opened from anywhere: type, arrow keys, Enter.
import { useEffect, useMemo, useState } from "react";
import { Combobox, ComboboxGroup, ComboboxGroupLabel, ComboboxItem, ComboboxList, ComboboxProvider, Dialog } from "@ariakit/react";
import { useNavigate } from "react-router";
import { fold, useSearch } from "./combobox";
import { tr } from "./texts";

const ICONS = {
  lead: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18Zm0 5a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
  contact: "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  account: "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
  opportunity: "M3 17l6-6 4 4 8-8M15 7h6v6",
  activity: "M4 6l2 2 3-3M4 14l2 2 3-3M12 7h8M12 15h8",
  command: "M8 5l8 7-8 7",
};
const Icon = ({ kind }) => (
  <svg className="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"><path d={ICONS[kind] || ICONS.command} /></svg>
);

// results come from the server for what is typed; commands are known and narrowed here.
// both: [{value, label, hint, group, kind, href, keys}]
export function CommandPalette({ open, onClose, label, placeholder, results, commands, onSearch, onPick, loading }) {
  const [text, setText] = useState("");
  const navigate = useNavigate();
  const [ask, fresh] = useSearch(onSearch, results);
  useEffect(() => { if (open) setText(""); }, [open]);
  const search = (query) => { setText(query); ask(query, 120); };
  const current = fresh(text);
  const groups = useMemo(() => {
    const wanted = fold(text);
    const fitting = (commands || []).filter((one) => !wanted || fold(one.label).includes(wanted));
    const byGroup = new Map();
    const found = wanted ? (results || []).filter((one) => current || fold(one.label).includes(wanted)) : [];
    for (const one of [...found, ...fitting]) {
      if (!byGroup.has(one.group || "")) byGroup.set(one.group || "", []);
      byGroup.get(one.group || "").push(one);
    }
    return [...byGroup];
  }, [text, current, results, commands]);
  const pick = (one) => {
    onClose?.();
    if (one.href) navigate(one.href);
    else onPick?.(String(one.value));
  };
  return (
    <Dialog open={!!open} onClose={(event) => { event.preventDefault(); onClose?.(); }} unmountOnHide aria-label={label} className="dialog top palette" backdrop={<div className="scrim" />}>
      <ComboboxProvider open value={text} setValue={setText}>
        <div className="palette-box">
          <svg className="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" aria-hidden="true"><circle cx="11" cy="11" r="7" /><path d="m20 20-4-4" /></svg>
          <Combobox autoSelect="always" aria-label={label} placeholder={placeholder} onChange={(event) => search(event.target.value)} />
          <kbd aria-hidden="true">Esc</kbd>
        </div>
        {groups.length > 0 && (
          <ComboboxList className="palette-list" aria-label={tr("ui.options")}>
            {groups.map(([group, items]) => (
              <ComboboxGroup key={group}>
                {group && <ComboboxGroupLabel className="menu-label">{group}</ComboboxGroupLabel>}
                {items.map((one) => (
                  <ComboboxItem key={(one.kind || "") + one.value} value={one.label} setValueOnClick={false} hideOnClick={false} focusOnHover className="option"
                    aria-label={one.label} aria-description={one.hint || undefined} onClick={() => pick(one)}>
                    <Icon kind={one.kind} />
                    <span className="truncate">{one.label}</span>
                    {one.hint && <span className="hint truncate">{one.hint}</span>}
                    {one.keys && <kbd aria-hidden="true" style={{ marginLeft: one.hint ? 8 : "auto" }}>{one.keys}</kbd>}
                  </ComboboxItem>
                ))}
              </ComboboxGroup>
            ))}
          </ComboboxList>
        )}
        {(loading || (text.trim() && !current)) && <p className="option-note" role="status">{tr("ui.searching")}</p>}
        {!loading && current && groups.length === 0 && text && <p className="option-note" role="status">{tr("ui.no_matches", { query: text })}</p>}
      </ComboboxProvider>
    </Dialog>
  );
}
