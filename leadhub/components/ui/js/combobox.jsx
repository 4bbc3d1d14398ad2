// A field with a list of suggestions: type, pick by click or by key, or type a label in full and leave the field.
import { useEffect, useId, useMemo, useRef, useState } from "react";
import { Combobox as Input, ComboboxItem, ComboboxList, ComboboxPopover, ComboboxProvider } from "@ariakit/react";
import { tr } from "./texts";

const SHOWN = 100;
export const fold = (text) => String(text ?? "").normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().trim();

const narrow = (options, query) => {
  const wanted = fold(query);
  if (!wanted) return options.slice(0, SHOWN);
  const rank = (option) => {
    const label = fold(option.label);
    if (label === wanted) return 0;
    if (label.startsWith(wanted)) return 1;
    if (label.split(/\s+/).some((word) => word.startsWith(wanted))) return 2;
    return label.includes(wanted) || fold(option.hint).includes(wanted) ? 3 : 9;
  };
  return options.map((option) => [rank(option), option]).filter(([r]) => r < 9).sort((a, b) => a[0] - b[0]).slice(0, SHOWN).map(([, option]) => option);
};
const read = (options, valueKey, labelKey, hintKey) =>
  (options || []).map((option) =>
    typeof option === "string"
      ? { value: option, label: option }
      : { value: String(option[valueKey]), label: String(option[labelKey] ?? ""), hint: option[hintKey] || "" },
  );

const Chevron = () => (
  <svg className="icon sm" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true"><path d="m6 9 6 6 6-6" /></svg>
);
const Cross = () => (
  <svg className="icon sm" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true"><path d="M7 7l10 10M17 7 7 17" /></svg>
);
const Tick = ({ shown }) => (
  <svg className="tick" viewBox="0 0 24 24" width="14" height="14" fill="none" stroke="currentColor" strokeWidth="2.4" aria-hidden="true">{shown && <path d="m5 12 5 5L20 7" />}</svg>
);

const Alert = () => (
  <svg className="icon sm" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2" aria-hidden="true"><circle cx="12" cy="12" r="9.5" /><path d="M12 7.5v5M12 16.2v.3" strokeLinecap="round" /></svg>
);

function Frame({ id, label, hideLabel, required, hint, error, children }) {
  return (
    <div className="field">
      <div className={hideLabel ? "sr-only" : undefined}>
        <label htmlFor={id} className="field-label">{label}</label>
        {required && <span aria-hidden="true" className="field-label req">*</span>}
      </div>
      {children}
      {hint && <p id={id + "-hint"} className="field-hint">{hint}</p>}
      {error && <p id={id + "-error"} className="field-error"><Alert />{error}</p>}
    </div>
  );
}

// Asks the server for the options of what is typed, once typing pauses; `fresh` tells whether the present
// options answer what was asked last, so that Enter never picks from the answer to an older question.
export const useSearch = (onSearch, answer) => {
  const timer = useRef();
  const asked = useRef("");
  const latest = useRef(onSearch);
  latest.current = onSearch;
  const [answered, setAnswered] = useState("");
  useEffect(() => setAnswered(asked.current), [answer]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const ask = (query, delay = 160) => {
    if (!latest.current) return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      asked.current = query;
      latest.current(query);
      // The same answer as before may come without a change of options.
      timer.current = setTimeout(() => setAnswered(query), 1500);
    }, delay);
  };
  return [ask, (query) => answered === query];
};

function Options({ shown, query, loading, isPicked, pick, remote, onCreate, add }) {
  const empty = shown.length === 0;
  return (
    <>
      {(!empty || (onCreate && query.trim())) && (
        <ComboboxList aria-label={tr("ui.options")}>
          {shown.map((option) => (
            <ComboboxItem
              key={option.value} value={option.label} setValueOnClick={false} selectValueOnClick={false} hideOnClick={!add} focusOnHover
              className="option" aria-label={option.label} aria-description={option.hint || undefined} aria-selected={isPicked(option)}
              onClick={() => pick(option)}
            >
              <Tick shown={isPicked(option)} />
              <span className="truncate">{option.label}</span>
              {option.hint && <span className="hint truncate">{option.hint}</span>}
            </ComboboxItem>
          ))}
          {onCreate && query.trim() && !shown.some((option) => fold(option.label) === fold(query)) && (
            <ComboboxItem className="option" setValueOnClick={false} focusOnHover onClick={() => onCreate(query.trim())}>{tr("ui.add", { query: query.trim() })}</ComboboxItem>
          )}
        </ComboboxList>
      )}
      {loading ? (
        <p className="option-note" role="status">{tr("ui.searching")}</p>
      ) : (
        empty && !onCreate && <p className="option-note" role="status">{query.trim() || !remote ? tr("ui.no_matches", { query }) : tr("ui.type_to_search")}</p>
      )}
    </>
  );
}

export function Combobox({
  id: givenId, name, label, hideLabel, options, value, defaultValue, valueLabel, onChange, onSearch, onCreate, placeholder,
  required, disabled, loading, clearable = true, hint, error, valueKey = "value", labelKey = "label", hintKey = "hint", autoFocus, onCancel,
}) {
  const made = useId();
  const id = givenId || made;
  const all = useMemo(() => read(options, valueKey, labelKey, hintKey), [options, valueKey, labelKey, hintKey]);
  const labelOf = (wanted) => all.find((option) => option.value === wanted)?.label;
  const [picked, setPicked] = useState(() => {
    const first = value ?? defaultValue;
    return first === undefined || first === null || first === "" ? null : { value: String(first), label: labelOf(String(first)) ?? valueLabel ?? "" };
  });
  const [text, setText] = useState(picked?.label ?? "");
  const [typed, setTyped] = useState(false);
  const [open, setOpen] = useState(false);
  const popover = useRef(null);
  const box = useRef(null);
  const input = useRef(null);
  const [search, fresh] = useSearch(onSearch, options);

  // The value set from outside wins; its label may arrive later than the value.
  useEffect(() => {
    if (value === undefined) return;
    const now = value === null || value === "" ? null : { value: String(value), label: labelOf(String(value)) ?? valueLabel ?? picked?.label ?? "" };
    setPicked(now);
    if (!typed) setText(now?.label ?? "");
  }, [value, valueLabel]);
  useEffect(() => {
    if (!picked || typed) return;
    const known = labelOf(picked.value);
    if (known && known !== picked.label) { setPicked({ ...picked, label: known }); setText(known); }
  }, [all]);
  useEffect(() => {
    const form = input.current?.form;
    const reset = () => { setPicked(null); setText(""); setTyped(false); };
    form?.addEventListener("reset", reset);
    return () => form?.removeEventListener("reset", reset);
  }, []);

  const choose = (option) => {
    setPicked(option);
    setText(option?.label ?? "");
    setTyped(false);
    setOpen(false);
    if ((option?.value ?? "") !== (picked?.value ?? "")) onChange?.(option?.value ?? "");
    else onCancel?.();
  };
  const settle = () => {
    if (!typed) return;
    const exact = all.find((option) => fold(option.label) === fold(text));
    if (exact) choose(exact);
    else if (!text.trim() && clearable) choose(null);
    else { setText(picked?.label ?? ""); setTyped(false); }
  };
  const shown = onSearch && (!typed || fresh(text)) ? all.slice(0, SHOWN) : narrow(all, typed ? text : "");
  const described = [error && id + "-error", hint && id + "-hint"].filter(Boolean).join(" ");

  return (
    <Frame {...{ id, label, hideLabel, required, hint, error }}>
      <ComboboxProvider open={open} setOpen={setOpen} value={text} setValue={(next) => setText(next)}>
        <div ref={box} className="input-box" data-invalid={!!error} data-disabled={!!disabled}>
          <Input
            ref={input} id={id} autoSelect={typed && text.trim() ? "always" : false} disabled={!!disabled} placeholder={placeholder} autoFocus={autoFocus}
            aria-required={!!required} aria-invalid={!!error} aria-describedby={described || undefined} showOnClick showOnKeyPress
            onChange={(event) => { setTyped(true); setText(event.target.value); setOpen(true); search(event.target.value); }}
            onFocus={(event) => { event.target.select(); if (onSearch && !all.length) search("", 0); }}
            onBlur={(event) => { if (!popover.current?.contains(event.relatedTarget)) settle(); }}
            onKeyDown={(event) => {
              if (event.key === "Tab") settle();
              if (event.key === "Enter" && !open && typed) { event.preventDefault(); settle(); }
              if (event.key === "Escape") { if (typed) { setText(picked?.label ?? ""); setTyped(false); } if (!open) onCancel?.(); }
            }}
          />
          {clearable && picked && !disabled && (
            <button type="button" className="box-btn" aria-label={tr("ui.clear")} aria-description={label} onClick={() => { choose(null); input.current?.focus(); }}><Cross /></button>
          )}
          <span className="box-btn" aria-hidden="true" onMouseDown={(event) => { event.preventDefault(); if (disabled) return; input.current?.focus(); setOpen(!open); }}><Chevron /></span>
        </div>
        <ComboboxPopover ref={popover} fixed gutter={4} sameWidth getAnchorRect={() => box.current?.getBoundingClientRect()} className="popup options" unmountOnHide flip="top">
          <Options {...{ shown, query: typed ? text : "", loading: loading || (onSearch && typed && !!text.trim() && !fresh(text)), remote: !!onSearch, onCreate }} isPicked={(option) => option.value === picked?.value} pick={choose} />
        </ComboboxPopover>
      </ComboboxProvider>
      {name && <input type="hidden" name={name} value={picked?.value ?? ""} />}
    </Frame>
  );
}

export function MultiCombobox({
  id: givenId, name, label, hideLabel, options, value, defaultValue, onChange, onSearch, placeholder, required, disabled, loading,
  hint, error, valueKey = "value", labelKey = "label", hintKey = "hint",
}) {
  const made = useId();
  const id = givenId || made;
  const all = useMemo(() => read(options, valueKey, labelKey, hintKey), [options, valueKey, labelKey, hintKey]);
  const [own, setOwn] = useState((value ?? defaultValue ?? []).map(String));
  const labels = useRef(new Map());
  for (const option of all) labels.current.set(option.value, option.label);
  const values = value !== undefined ? (value || []).map(String) : own;
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const input = useRef(null);
  const popover = useRef(null);
  const box = useRef(null);
  const [search, fresh] = useSearch(onSearch, options);
  const set = (next) => { setOwn(next); onChange?.(next); };
  const toggle = (option) => {
    set(values.includes(option.value) ? values.filter((one) => one !== option.value) : [...values, option.value]);
    setText("");
    input.current?.focus();
  };
  const settle = () => {
    const exact = text.trim() && all.find((option) => fold(option.label) === fold(text));
    if (exact && !values.includes(exact.value)) set([...values, exact.value]);
    setText("");
  };
  const shown = onSearch && fresh(text) ? all.slice(0, SHOWN) : narrow(all, text);
  const described = [error && id + "-error", hint && id + "-hint"].filter(Boolean).join(" ");
  return (
    <Frame {...{ id, label, hideLabel, required, hint, error }}>
      <ComboboxProvider open={open} setOpen={setOpen} value={text} setValue={(next) => setText(next)}>
        <div ref={box} className="input-box wrap" data-invalid={!!error} data-disabled={!!disabled}>
          {values.map((one) => (
            <span className="token" key={one}>
              <span className="truncate">{labels.current.get(one) ?? one}</span>
              <button type="button" disabled={!!disabled} aria-label={tr("ui.remove", { label: labels.current.get(one) ?? one })} onClick={() => { set(values.filter((other) => other !== one)); input.current?.focus(); }}><Cross /></button>
            </span>
          ))}
          <Input
            ref={input} id={id} autoSelect={text.trim() ? "always" : false} disabled={!!disabled} placeholder={values.length ? "" : placeholder} showOnClick
            aria-required={!!required} aria-invalid={!!error} aria-describedby={described || undefined}
            onChange={(event) => { setText(event.target.value); setOpen(true); search(event.target.value); }}
            onFocus={() => { if (onSearch && !all.length) search("", 0); }}
            onBlur={(event) => { if (!popover.current?.contains(event.relatedTarget)) settle(); }}
            onKeyDown={(event) => {
              if (event.key === "Tab") settle();
              if (event.key === "Backspace" && !text && values.length) set(values.slice(0, -1));
            }}
          />
        </div>
        <ComboboxPopover ref={popover} fixed gutter={4} sameWidth getAnchorRect={() => box.current?.getBoundingClientRect()} className="popup options" unmountOnHide>
          <Options {...{ shown, query: text, loading, remote: !!onSearch }} add isPicked={(option) => values.includes(option.value)} pick={toggle} />
        </ComboboxPopover>
      </ComboboxProvider>
      {name && <input type="hidden" name={name} value={values.join(",")} />}
    </Frame>
  );
}
