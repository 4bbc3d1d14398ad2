// A value that becomes a field when clicked: Enter or leaving saves, Escape puts it back.
import { useEffect, useId, useRef, useState } from "react";
import { Combobox } from "./combobox";
import { tr } from "./texts";

const TYPES = { number: "number", money: "text", date: "date", datetime: "datetime-local", email: "email", phone: "tel", url: "url" };

const Pencil = () => (
  <svg className="icon sm" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" aria-hidden="true">
    <path d="m15 5 4 4L8 20l-5 1 1-5L15 5z" />
  </svg>
);

export function InlineEdit({ field, label, value, display, kind = "text", options, error, disabled, onSave, onStart, onSearch, valueKey, labelKey, children }) {
  const id = useId();
  const [editing, setEditing] = useState(false);
  const [draft, setDraft] = useState("");
  const shownAgain = useRef(null);
  const done = useRef(false);
  const waiting = useRef(false);
  const before = value === null || value === undefined ? "" : String(value);

  // A refused value stays open beside its message, and closes when a later one is taken.
  useEffect(() => {
    if (error) { done.current = false; setEditing(true); }
    else if (waiting.current) { waiting.current = false; setEditing(false); }
  }, [error]);

  const start = () => { done.current = false; setDraft(before); setEditing(true); onStart?.(field); };
  const leave = (focus) => {
    done.current = true;
    waiting.current = false;
    setEditing(false);
    if (focus) setTimeout(() => shownAgain.current?.focus(), 0);
  };
  const save = (next, focus) => {
    if (done.current) return;
    if (error) { waiting.current = true; onSave?.(field, next); return; }
    leave(focus);
    if (next !== before) onSave?.(field, next);
  };

  if (!editing || disabled) {
    const shown = children ?? display ?? before;
    const unset = !children && (shown === "" || shown === null || shown === undefined);
    const content = unset ? tr("ui.empty_value") : shown;
    if (disabled) return <span className={unset ? "faint" : undefined}>{content}</span>;
    return (
      <button ref={shownAgain} type="button" className={"inline" + (unset ? " unset" : "")} onClick={start}
        aria-label={tr("ui.edit_field", { label })} aria-description={typeof content === "string" ? content : before}>
        <span className="truncate">{content}</span><Pencil />
      </button>
    );
  }
  if (kind === "select")
    return (
      <div className="inline-editor">
        <Combobox label={label} hideLabel options={options} value={before} valueLabel={display} valueKey={valueKey} labelKey={labelKey} error={error} autoFocus
          onSearch={onSearch} onChange={(next) => save(next, true)} onCancel={() => leave(true)} />
      </div>
    );
  const shared = {
    id, className: "input", value: draft, autoFocus: true, "aria-invalid": !!error, "aria-describedby": error ? id + "-error" : undefined,
    onChange: (event) => setDraft(event.target.value),
    onBlur: () => (draft === before && !error ? leave(false) : save(draft, false)),
    onFocus: (event) => event.target.select?.(),
    onKeyDown: (event) => {
      if (event.key === "Escape") { event.stopPropagation(); leave(true); }
      if (event.key === "Enter" && (kind !== "textarea" || event.ctrlKey || event.metaKey)) { event.preventDefault(); save(draft, true); }
    },
  };
  return (
    <div className="inline-editor">
      <label htmlFor={id} className="sr-only">{label}</label>
      {kind === "textarea" ? <textarea rows={4} {...shared} /> : <input type={TYPES[kind] || "text"} step={kind === "number" ? "any" : undefined} autoComplete="off" {...shared} />}
      {error && <p id={id + "-error"} className="field-error" role="alert">{error}</p>}
    </div>
  );
}
