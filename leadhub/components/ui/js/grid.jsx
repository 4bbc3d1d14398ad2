// A dense list of records: sort by header, select by checkbox, walk by arrow keys, edit a cell in place.
import { memo, useEffect, useId, useRef, useState, useSyncExternalStore } from "react";
import { Link } from "react-router";
import { Combobox } from "./combobox";
import { ScoreGauge } from "./gauge";
import { fmtDate, fmtDateTime, fmtDue, fmtMoney, fmtNumber, fmtRelative, hueOf, initialsOf, isOverdue, tr } from "./texts";

const STATES = { pending: "info", in_progress: "violet", won: "success", lost: "danger", cancelled: "neutral" };
const INPUTS = { integer: "text", money: "text", percent: "text", date: "date", datetime: "datetime-local", email: "email", phone: "tel", url: "url" };
const NUMERIC = new Set(["integer", "money", "percent", "score"]);
const PATHS = {
  call: "M22 16.9v3a2 2 0 0 1-2.2 2 19.8 19.8 0 0 1-8.6-3.1 19.5 19.5 0 0 1-6-6 19.8 19.8 0 0 1-3.1-8.7A2 2 0 0 1 4.1 2h3a2 2 0 0 1 2 1.7c.1 1 .4 1.9.7 2.8a2 2 0 0 1-.5 2.1L8.1 9.9a16 16 0 0 0 6 6l1.3-1.3a2 2 0 0 1 2.1-.4c.9.3 1.8.5 2.8.7a2 2 0 0 1 1.7 2z",
  follow: "M21 7.5V6a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h3.5M16 2v4M8 2v4M3 10h5M17.5 17.5 16 16.3V14M22 16a6 6 0 1 1-12 0 6 6 0 0 1 12 0z",
  down: "M12 5v14m7-7-7 7-7-7",
};
const Icon = ({ path, small }) => (
  <svg className={small ? "icon sm" : "icon"} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" strokeLinejoin="round" aria-hidden="true"><path d={PATHS[path]} /></svg>
);

function Value({ row, column }) {
  const text = row.cells[column.key] ?? "";
  switch (column.kind) {
    case "stage":
      return <span className={"pill " + (STATES[row.state] || "neutral")}><span className="dot" aria-hidden="true" />{row.stage_label}</span>;
    case "score":
      return <ScoreGauge score={row.score} label={tr(column.label_key)} />;
    case "user":
      return text && <span className="person"><span className={"avatar sm hue-" + hueOf(text)} aria-hidden="true">{initialsOf(text)}</span><span className="truncate">{text}</span></span>;
    case "money":
      return text && fmtMoney(Number(text), column.currency || "EUR");
    case "integer":
      return text && (column.key === "number" ? text : fmtNumber(Number(text)));
    case "percent":
      return text && text + " %";
    case "boolean":
      return text && tr(text === "true" ? "lead_list.yes" : "lead_list.no");
    case "choice":
      return text && tr(column.choice_key + "." + text);
    case "date":
    case "datetime":
      if (!text) return "";
      if (column.due) return row.is_final ? fmtDate(text) : <span className={isOverdue(text) ? "overdue" : undefined}>{fmtDue(text)}</span>;
      if (column.relative) return <time dateTime={text} data-tip={fmtDateTime(text)}>{fmtRelative(text)}</time>;
      return fmtDate(text);
    case "email":
      return text && <a className="link" href={"mailto:" + text} tabIndex={-1}>{text}</a>;
    case "phone":
      return text && <a className="link tnum" href={"tel:" + text} tabIndex={-1}>{text}</a>;
    default:
      return text;
  }
}

function CellEditor({ edit, onSave, onCancel, onSearch }) {
  const id = useId();
  const [draft, setDraft] = useState(edit.value ?? "");
  const left = useRef(false);
  const error = edit.error_key ? tr(edit.error_key, edit.error_params) : "";
  useEffect(() => { left.current = false; }, [error]);
  const save = (value) => {
    if (left.current) return;
    left.current = true;
    if (value === (edit.value ?? "") && !error) onCancel(); else onSave(value);
  };
  const stop = (event) => event.stopPropagation();
  if (edit.options)
    return (
      <div className="inline-editor" onClick={stop} onDoubleClick={stop}>
        <Combobox label={tr(edit.label_key)} hideLabel options={edit.options} value={edit.value ?? ""} error={error} autoFocus onSearch={edit.remote ? onSearch : undefined}
          onChange={(value) => onSave(value)} onCancel={onCancel} />
      </div>
    );
  const shared = {
    id, className: "input" + (NUMERIC.has(edit.kind) ? " num" : ""), value: draft, autoFocus: true, "aria-invalid": !!error, "aria-describedby": error ? id + "-error" : undefined,
    onChange: (event) => setDraft(event.target.value),
    onFocus: (event) => event.target.select?.(),
    onBlur: () => save(draft),
    onKeyDown: (event) => {
      event.stopPropagation();
      if (event.key === "Escape") { left.current = true; onCancel(); }
      if (event.key === "Enter" && (edit.kind !== "long_text" || event.ctrlKey || event.metaKey)) { event.preventDefault(); save(draft); }
    },
  };
  return (
    <div className="inline-editor" onClick={stop} onDoubleClick={stop}>
      <label htmlFor={id} className="sr-only">{tr(edit.label_key)}</label>
      {edit.kind === "long_text" ? <textarea rows={4} {...shared} /> : <input type={INPUTS[edit.kind] || "text"} inputMode={NUMERIC.has(edit.kind) ? "decimal" : undefined} autoComplete="off" {...shared} />}
      {error && <p id={id + "-error"} className="field-error" role="alert">{error}</p>}
    </div>
  );
}

const narrowScreen = typeof window === "undefined" ? null : window.matchMedia("(max-width: 860px)");
const watchWidth = (reader) => { narrowScreen?.addEventListener("change", reader); return () => narrowScreen?.removeEventListener("change", reader); };
const useNarrow = () => useSyncExternalStore(watchWidth, () => !!narrowScreen?.matches, () => false);
const TITLE = { key: "title", kind: "text", label_key: "fields.lead.title" };

const Row = memo(function Row({ row, columns, narrow, checked, isCurrent, edit, suffix, act, mayEdit, mayCall }) {
  const go = (event) => {
    const cell = event.target.closest("td");
    if (!cell || event.target.closest(".inline-editor")) return;
    const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
    if (step) {
      const line = step[0] ? (step[0] > 0 ? cell.parentElement.nextElementSibling : cell.parentElement.previousElementSibling) : cell.parentElement;
      const next = line?.children[cell.cellIndex + step[1]];
      if (next) { event.preventDefault(); (next.querySelector("a.primary, input, button") ?? next).focus(); }
    }
    const field = cell.dataset.field;
    const onLink = event.target.closest("a, button, input");
    if (field && mayEdit && (event.key === "F2" || (event.key === "Enter" && !onLink))) { event.preventDefault(); act.edit(row.id, field); }
  };
  return (
    <tr aria-selected={checked} data-current={isCurrent} className="clickable" onKeyDown={go}
      onClick={(event) => { if (!event.target.closest("a, button, input, .inline-editor")) act.current(row.id); }}>
      <td className="pick">
        <input type="checkbox" className="checkbox" checked={checked} aria-label={tr("ui.select_row", { label: row.title })} onChange={() => {}}
          onClick={(event) => { event.stopPropagation(); act.toggle(row.id, event.shiftKey); }} />
      </td>
      {columns.map((column) => {
        const editing = edit && edit.key === column.key;
        const editable = column.editable && mayEdit && !row.is_final;
        return (
          <td key={column.key} className={(NUMERIC.has(column.kind) && column.kind !== "score" ? "num " : "") + "col-" + column.key} data-field={editable ? column.key : undefined} tabIndex={-1}
            onDoubleClick={() => editable && !editing && act.edit(row.id, column.key)}>
            {editing ? (
              <CellEditor edit={edit} onSave={(value) => act.save(row.id, column.key, value)} onCancel={() => act.cancel()} onSearch={act.search} />
            ) : column.key === "title" ? (
              <>
                <Link className="primary" to={"/leads/" + row.id + suffix}>{row.title}</Link>
                {narrow && <span className="cell-sub">
                  <span className={"pill " + (STATES[row.state] || "neutral")}><span className="dot" aria-hidden="true" />{row.stage_label}</span>
                  <span className="truncate">{[row.account_name || row.contact_name, row.owner_name].filter(Boolean).join(" · ")}</span>
                </span>}
              </>
            ) : (
              <Value row={row} column={column} />
            )}
          </td>
        );
      })}
      <td className="row-tools">
        {mayCall && <button type="button" className="btn icon-only ghost sm" aria-label={tr("actions.log_call")} aria-description={row.title} data-tip={tr("actions.log_call")} onClick={() => act.quick(row.id, "log_call")}><Icon path="call" /></button>}
        {mayEdit && !row.is_final && <button type="button" className="btn icon-only ghost sm" aria-label={tr("actions.follow_up")} aria-description={row.title} data-tip={tr("actions.follow_up")} onClick={() => act.quick(row.id, "follow_up")}><Icon path="follow" /></button>}
      </td>
    </tr>
  );
});

export function DataGrid({
  label, columns, rows, sort, descending, selected = [], current, edit, suffix = "", mayEdit, mayCall, busy, children,
  onSort, onSelect, onCurrent, onEdit, onSave, onCancel, onQuick, onSearch,
}) {
  const [picked, setPicked] = useState(new Set(selected));
  const [place, setPlace] = useState(current);
  const last = useRef(null);
  const all = useRef(null);
  const now = useRef();
  useEffect(() => setPicked(new Set(selected)), [selected]);
  useEffect(() => setPlace(current), [current]);
  now.current = { rows, picked, onSelect, onCurrent, onEdit, onSave, onCancel, onQuick, onSearch };

  const narrow = useNarrow();
  const shown = narrow ? [columns.find((column) => column.key === "title") ?? TITLE, ...columns.filter((column) => edit?.key === column.key && column.key !== "title")] : columns;
  const act = useRef({
    toggle: (id, range) => {
      const { rows, picked, onSelect } = now.current;
      const next = new Set(picked);
      const on = !next.has(id);
      const ids = rows.map((row) => row.id);
      const [from, to] = [ids.indexOf(last.current), ids.indexOf(id)];
      const touched = range && from >= 0 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [id];
      for (const one of touched) on ? next.add(one) : next.delete(one);
      last.current = id;
      setPicked(next);
      setPlace(id);
      onSelect?.([...next], on ? id : 0);
    },
    current: (id) => { setPlace(id); now.current.onCurrent?.(id); },
    edit: (id, field) => now.current.onEdit?.(id, field),
    save: (id, field, value) => now.current.onSave?.(id, field, value),
    cancel: () => now.current.onCancel?.(),
    quick: (id, action) => now.current.onQuick?.(id, action),
    search: (text) => now.current.onSearch?.(text),
  }).current;

  const count = rows.filter((row) => picked.has(row.id)).length;
  useEffect(() => { if (all.current) all.current.indeterminate = count > 0 && count < rows.length; });
  const toggleAll = () => {
    const next = new Set(count === rows.length ? [] : rows.map((row) => row.id));
    setPicked(next);
    onSelect?.([...next], 0);
  };
  return (
    <div className="table-wrap grid" tabIndex={0} role="region" aria-label={label} aria-busy={!!busy}>
      <table className="table" aria-label={label}>
        <thead>
          <tr>
            <th className="pick" scope="col"><input ref={all} type="checkbox" className="checkbox" aria-label={tr("ui.select_all")} checked={rows.length > 0 && count === rows.length} onChange={toggleAll} /></th>
            {shown.map((column) => {
              const numeric = NUMERIC.has(column.kind) && column.kind !== "score";
              if (!column.sortable) return <th key={column.key} scope="col" className={(numeric ? "num " : "") + "col-" + column.key}>{tr(column.label_key)}</th>;
              const direction = sort === column.key ? (descending ? "descending" : "ascending") : "none";
              return (
                <th key={column.key} scope="col" aria-sort={direction} className={(numeric ? "num " : "") + "col-" + column.key}>
                  <button type="button" className="sort" onClick={() => onSort?.(column.key)}>{tr(column.label_key)}<Icon path="down" /></button>
                </th>
              );
            })}
            <th scope="col" className="row-tools"><span className="sr-only">{tr("lead_list.row_tools")}</span></th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.id} row={row} columns={shown} narrow={narrow} checked={picked.has(row.id)} isCurrent={place === row.id} suffix={suffix} act={act} mayEdit={mayEdit} mayCall={mayCall}
              edit={edit && edit.row_id === row.id ? edit : null} />
          ))}
        </tbody>
      </table>
      {children}
    </div>
  );
}
