import { useId } from "react";
import { today, tr } from "./texts";

const iso = (date) => date.toISOString().slice(0, 10);
const PRESETS = ["today", "7", "30", "90", "month", "quarter", "year", "all"];

export const presetRange = (preset) => {
  const now = new Date(today() + "T12:00:00Z");
  const at = (year, month, day) => iso(new Date(Date.UTC(year, month, day, 12)));
  const [year, month, day] = [now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()];
  if (preset === "all") return ["", ""];
  if (preset === "today") return [today(), today()];
  if (preset === "month") return [at(year, month, 1), at(year, month + 1, 0)];
  if (preset === "quarter") return [at(year, month - (month % 3), 1), at(year, month - (month % 3) + 3, 0)];
  if (preset === "year") return [at(year, 0, 1), at(year, 11, 31)];
  return [at(year, month, day + 1 - Number(preset)), today()];
};

export function DateRange({ label, start, end, presets = PRESETS, onChange }) {
  const id = useId();
  const now = presets.find((preset) => { const [a, b] = presetRange(preset); return a === (start || "") && b === (end || ""); }) ?? "";
  const set = (from, to) => onChange?.(from, to && from && to < from ? from : to);
  return (
    <div className="row wrap" role="group" aria-label={label}>
      <select className="input" style={{ width: "auto" }} aria-label={tr("ui.preset")} value={now} onChange={(event) => event.target.value && set(...presetRange(event.target.value))}>
        <option value="" hidden>–</option>
        {presets.map((preset) => <option key={preset} value={preset}>{tr("ui.preset_" + preset)}</option>)}
      </select>
      <label className="sr-only" htmlFor={id + "a"}>{tr("ui.from")}</label>
      <input id={id + "a"} type="date" className="input" style={{ width: "auto" }} value={start || ""} max={end || undefined} onChange={(event) => set(event.target.value, end || "")} />
      <span aria-hidden="true" className="faint">–</span>
      <label className="sr-only" htmlFor={id + "b"}>{tr("ui.to")}</label>
      <input id={id + "b"} type="date" className="input" style={{ width: "auto" }} value={end || ""} min={start || undefined} onChange={(event) => set(start || "", event.target.value)} />
    </div>
  );
}
