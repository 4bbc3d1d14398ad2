// What works in the background of a page: endless scroll, hot keys, tooltips, toasts.
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { Link } from "react-router";
import { tr } from "./texts";

export function ScrollSentinel({ onReach, children }) {
  const place = useRef(null);
  const reach = useRef(onReach);
  reach.current = onReach;
  useEffect(() => {
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && reach.current?.(),
      { root: place.current.closest(".table-wrap, .board-cards, .scroll") || null, rootMargin: "600px" },
    );
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return <div ref={place} className="row" style={{ justifyContent: "center", height: 36 }}>{children}</div>;
}

const isTyping = (target) =>
  target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|radio|button)$/.test(target.type);
const popupOpen = () => document.querySelector('[role="dialog"]:not([hidden]),[role="alertdialog"]:not([hidden]),[role="menu"]:not([hidden])');

const nameOf = (event) => {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  return mod + (event.altKey ? "alt+" : "") + (event.shiftKey && event.key.length > 1 ? "shift+" : "") + key;
};

// targets: key -> selector; an input is focused, anything else is clicked, without asking the server.
// rows: selector of the links of a list; j and k walk through them, x selects the row.
export function Hotkeys({ keys = [], targets = {}, rows, onHotkey }) {
  const props = useRef();
  props.current = { keys, targets, rows, onHotkey };
  useEffect(() => {
    let waiting = "", timer;
    const onKeyDown = (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      const { keys, targets, rows, onHotkey } = props.current;
      const pressed = nameOf(event);
      const plain = !pressed.startsWith("mod+");
      if (plain && (isTyping(event.target) || popupOpen())) return;
      const wanted = (name) => keys.includes(name) || name in targets;
      const name = waiting && wanted(waiting + " " + pressed) ? waiting + " " + pressed : pressed;
      clearTimeout(timer);
      waiting = "";
      if (name in targets) {
        // The first selector that is on the page wins.
        const element = targets[name].split(", ").map((one) => document.querySelector(one)).find(Boolean);
        if (!element) return;
        event.preventDefault();
        if (element.matches("input, textarea")) { element.focus(); element.select(); } else element.click();
      } else if (keys.includes(name)) {
        event.preventDefault();
        onHotkey?.(name);
      } else if (rows && (name === "j" || name === "k")) {
        const all = [...document.querySelectorAll(rows)];
        const now = all.indexOf(document.activeElement?.closest("tr, li, .board-card")?.querySelector(rows) ?? document.activeElement);
        const next = all[now < 0 ? 0 : Math.min(all.length - 1, Math.max(0, now + (name === "j" ? 1 : -1)))];
        next?.focus();
        next?.scrollIntoView({ block: "nearest" });
        event.preventDefault();
      } else if (rows && name === "x") {
        document.activeElement?.closest("tr, li")?.querySelector('input[type="checkbox"]')?.click();
      } else if (plain && [...keys, ...Object.keys(targets)].some((key) => key.startsWith(name + " "))) {
        waiting = name;
        timer = setTimeout(() => (waiting = ""), 900);
      }
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);
  return null;
}

// One tooltip for the page: whatever carries data-tip shows it on hover and on keyboard focus.
export function Tooltips() {
  const [tip, setTip] = useState(null);
  const box = useRef(null);
  useEffect(() => {
    let timer;
    const show = (element, delay) => {
      clearTimeout(timer);
      const text = element?.getAttribute("data-tip");
      if (!text) return setTip(null);
      timer = setTimeout(() => element.isConnected && setTip({ text, at: element.getBoundingClientRect() }), delay);
    };
    const over = (event) => show(event.target.closest?.("[data-tip]"), 350);
    const focus = (event) => event.target.matches?.(":focus-visible") && show(event.target.closest("[data-tip]"), 0);
    const hide = () => { clearTimeout(timer); setTip(null); };
    const key = (event) => event.key === "Escape" && hide();
    const listeners = [["mouseover", over], ["focusin", focus], ["focusout", hide], ["pointerdown", hide], ["keydown", key], ["scroll", hide]];
    for (const [name, listener] of listeners) document.addEventListener(name, listener, true);
    return () => {
      clearTimeout(timer);
      for (const [name, listener] of listeners) document.removeEventListener(name, listener, true);
    };
  }, []);
  useEffect(() => {
    if (!tip || !box.current) return;
    const { width, height } = box.current.getBoundingClientRect();
    const left = Math.min(Math.max(6, tip.at.left + tip.at.width / 2 - width / 2), innerWidth - width - 6);
    const below = tip.at.bottom + 6 + height < innerHeight;
    Object.assign(box.current.style, { left: left + "px", top: (below ? tip.at.bottom + 6 : tip.at.top - height - 6) + "px", visibility: "visible" });
  }, [tip]);
  return tip && <div ref={box} className="tip" role="tooltip" style={{ visibility: "hidden", left: 0, top: 0 }}>{tip.text}</div>;
}

// Toasts live outside React, so that they outlast a change of page.
let toasts = [];
let nextToast = 1;
const readers = new Set();
const publish = (list) => { toasts = list; readers.forEach((reader) => reader()); };
const subscribe = (reader) => { readers.add(reader); return () => readers.delete(reader); };
const dismiss = (id) => publish(toasts.filter((toast) => toast.id !== id));

// {key, params} or {text}; tone; undo: the id that Undo sends; link: {href, key}; seconds
// On a page that is refused as a whole, its loaders are refused too: that is said once, by the page.
// The page may still be on its way when they are refused, hence the wait.
export const toast = (message) => {
  const show = () => publish([...toasts, { ...message, id: nextToast++ }].slice(-4));
  if (message.key !== "errors.not_permitted") return show();
  setTimeout(() => document.querySelector("[data-refused]") || show(), 200);
};
if (typeof window !== "undefined") window.leadhub = { ...window.leadhub, toast };

function Toast({ id, text, tone = "neutral", params, undo, link, seconds, onUndo, ...rest }) {
  const [held, hold] = useState(false);
  const message = text ?? tr(rest.textKey, params);
  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => dismiss(id), 1000 * (seconds || (undo ? 10 : tone === "danger" ? 12 : 5)));
    return () => clearTimeout(timer);
  }, [held]);
  return (
    <div className={"toast " + tone} role={tone === "danger" ? "alert" : "status"}
      onMouseEnter={() => hold(true)} onMouseLeave={() => hold(false)} onFocus={() => hold(true)} onBlur={() => hold(false)}>
      <span className="dot" aria-hidden="true" />
      <p>{message}</p>
      {undo && <button type="button" className="toast-action" onClick={() => { onUndo?.(String(undo)); dismiss(id); }}>{tr("ui.undo")}</button>}
      {link && <Link className="toast-action" to={link.href} onClick={() => dismiss(id)}>{tr(link.key)}</Link>}
      <button type="button" aria-label={tr("ui.close")} onClick={() => dismiss(id)}>×</button>
    </div>
  );
}

export function Toasts({ onUndo }) {
  const list = useSyncExternalStore(subscribe, () => toasts, () => toasts);
  return (
    <section className="toasts" aria-label={tr("ui.notifications")} aria-live="polite">
      <div className="stack tight">{list.map(({ key, ...one }) => <Toast key={one.id} {...one} textKey={key} onUndo={onUndo} />)}</div>
    </section>
  );
}

// The checkbox above a list: on, off, or some.
export function SomeCheckbox({ checked, some, label, onChange }) {
  const box = useRef(null);
  useEffect(() => { if (box.current) box.current.indeterminate = !checked && !!some; });
  return <input ref={box} type="checkbox" className="checkbox" aria-label={label} checked={!!checked} onChange={(event) => onChange?.(event.target.checked)} />;
}

// What stands in the place of a page whose code failed; the error itself goes to the log.
export const Crashed = () => (
  <main className="sign-in">
    <div className="state-note danger" role="alert">
      <strong>{tr("ui.crashed")}</strong>
      <p>{tr("ui.crashed_hint")}</p>
      <button type="button" className="btn secondary" onClick={() => window.location.reload()}>{tr("ui.reload")}</button>
    </div>
  </main>
);

// Gives the hidden file input of a drop zone, which is a button to a reader, its name.
export function NamedFileInput({ label, children }) {
  const box = useRef(null);
  useEffect(() => { box.current?.querySelector('input[type="file"]')?.setAttribute("aria-label", label); });
  return <div ref={box}>{children}</div>;
}

// Texts depend on the reader's language and time zone, which the prerendered page cannot know.
const never = () => () => {};
export function ClientOnly({ fallback = null, children }) {
  return useSyncExternalStore(never, () => true, () => false) ? children : fallback;
}

// A radio button or checkbox that answers a click at once; what the server says follows.
export function Tick({ checked, ...rest }) {
  const box = useRef(null);
  useEffect(() => { if (box.current) box.current.checked = !!checked; }, [checked]);
  return <input ref={box} defaultChecked={!!checked} {...rest} />;
}

// A double click, or Enter held down, is one click: nothing is posted, planned or created twice.
// Whoever changed something in between means the second one.
const PAUSE_MS = 700;
let sent = { form: null, at: 0 };
const drop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
if (typeof document !== "undefined" && !window.leadhub?.single) {
  window.leadhub = { ...window.leadhub, single: true };
  document.addEventListener("submit", (event) => {
    const now = performance.now();
    if (event.target === sent.form && now - sent.at < PAUSE_MS) drop(event);
    sent = { form: event.target, at: now };
  }, true);
  document.addEventListener("input", () => { sent.form = null; }, true);
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.("[type=submit]")) sent.form = null;
    if (event.detail > 1 && event.target.closest?.(".btn:not(.icon-only)")) drop(event);
  }, true);
}
