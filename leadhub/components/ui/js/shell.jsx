// The frame of every page: navigation that folds, and becomes a drawer on a narrow screen.
import { useEffect, useState, useSyncExternalStore } from "react";
import { Dialog, DialogDismiss, DialogHeading } from "@ariakit/react";
import { NavLink, useLocation } from "react-router";
import { tr } from "./texts";

const readers = new Set();
let folded = false;
try { folded = localStorage.getItem("leadhub_nav") === "narrow"; } catch {}
const fold = (value) => {
  folded = value;
  try { localStorage.setItem("leadhub_nav", value ? "narrow" : "wide"); } catch {}
  readers.forEach((reader) => reader());
};
const subscribe = (reader) => { readers.add(reader); return () => readers.delete(reader); };
const useFolded = () => useSyncExternalStore(subscribe, () => folded, () => false);

const Lines = ({ d }) => (
  <svg className="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" aria-hidden="true"><path d={d} /></svg>
);
const Brand = () => (
  <NavLink to="/" className="nav-brand" aria-label="LeadHub">
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" fill="var(--accent)" /><path d="M9 8v16h14" fill="none" stroke="#fff" strokeWidth="3.4" strokeLinecap="round" strokeLinejoin="round" /><circle cx="20" cy="12" r="4" fill="#fff" /></svg>
    <span>LeadHub</span>
  </NavLink>
);

export function NavItem({ href, label, children }) {
  const narrow = useFolded();
  return (
    <NavLink to={href} end={href === "/"} className="nav-item" aria-label={label} data-tip={narrow ? label : undefined}>
      {children}<span className="nav-label" aria-hidden="true">{label}</span>
    </NavLink>
  );
}

export function ShellFrame({ nav, bar, flush, children }) {
  const narrow = useFolded();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  return (
    <div className="shell" data-nav={narrow ? "narrow" : "wide"}>
      <aside className="nav">
        <Brand />
        <nav className="nav-list" aria-label={tr("shell.navigation")}>{nav}</nav>
        <button type="button" className="nav-item" aria-label={tr(narrow ? "shell.unfold" : "shell.fold")} aria-expanded={!narrow} onClick={() => fold(!narrow)} data-tip={narrow ? tr("shell.unfold") : undefined}>
          <Lines d={narrow ? "m10 7 5 5-5 5" : "m14 7-5 5 5 5"} /><span className="nav-label" aria-hidden="true">{tr("shell.fold")}</span>
        </button>
      </aside>
      <header className="topbar">
        <button type="button" className="btn icon-only ghost only-narrow" aria-label={tr("shell.open_navigation")} aria-expanded={open} onClick={() => setOpen(true)}><Lines d="M4 7h16M4 12h16M4 17h16" /></button>
        {bar}
      </header>
      <main id="content" tabIndex={-1} className={"content" + (flush ? " flush" : "")}>{children}</main>
      <Dialog open={open} onClose={() => setOpen(false)} className="drawer left" backdrop={<div className="scrim" />} unmountOnHide>
        <div className="dialog-head"><DialogHeading render={<h2 />}>LeadHub</DialogHeading><DialogDismiss className="btn icon-only ghost sm" aria-label={tr("ui.close")}><Lines d="M6 6l12 12M18 6L6 18" /></DialogDismiss></div>
        <nav className="nav-list" style={{ padding: "0 8px 12px" }} aria-label={tr("shell.navigation")}>{nav}</nav>
      </Dialog>
    </div>
  );
}

export function PageTitle({ title }) {
  useEffect(() => { if (title) document.title = title + " · LeadHub"; }, [title]);
  return null;
}

// Signing out is a form that leaves the page, so that the server can clear the cookie.
export const signOut = (action) => {
  const form = Object.assign(document.createElement("form"), { method: "post", action });
  try { sessionStorage.removeItem("token"); } catch {}
  document.body.append(form);
  form.submit();
};
