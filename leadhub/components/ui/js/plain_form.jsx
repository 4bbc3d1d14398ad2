// A form that the browser posts by itself: only a full response can set the session cookie.
// The next page gets a new connection token, so that no state outlives a change of user.
import { useEffect, useRef, useState } from "react";

const MAIL = "leadhub_email";

export function PlainForm({ action, label, remember, className, children }) {
  const form = useRef(null);
  const [sent, setSent] = useState(false);
  const mail = () => form.current?.querySelector('input[name="email"]');
  useEffect(() => {
    const back = (event) => event.persisted && setSent(false);
    window.addEventListener("pageshow", back);
    try {
      const known = remember && sessionStorage.getItem(MAIL);
      const field = mail();
      if (known && field && !field.value) {
        field.value = known;
        form.current.querySelector('input[type="password"]')?.focus();
      }
    } catch {}
    return () => window.removeEventListener("pageshow", back);
  }, []);
  const submit = (event) => {
    if (sent) return event.preventDefault();
    setSent(true);
    // Whoever is quicker than the connection goes on to where they wanted all the same.
    const next = form.current.querySelector('input[name="next"]');
    if (next && !next.value) next.value = new URLSearchParams(location.search).get("next") ?? "";
    try {
      if (remember) sessionStorage.setItem(MAIL, mail()?.value ?? "");
      sessionStorage.removeItem("token");
    } catch {}
  };
  return (
    <form ref={form} method="post" action={action} aria-label={label} className={className} onSubmit={submit} aria-busy={sent}>
      {children}
    </form>
  );
}
