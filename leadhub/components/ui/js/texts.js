// The text catalogue and the formatters of the browser. The language is fixed at page load, so that
// no text depends on a state variable; switching it sets the cookie and reloads.
import english from "./texts_en.js";
import others from "./languages.js";

const browser = typeof window !== "undefined";

const cookie = (name) => {
  if (!browser) return "";
  const found = document.cookie.split("; ").find((part) => part.startsWith(name + "="));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
};

const pickLanguage = () => {
  if (!browser) return "en";
  const wanted = [cookie("leadhub_lang"), ...(navigator.languages || [navigator.language])];
  for (const tag of wanted) {
    const base = (tag || "").slice(0, 2).toLowerCase();
    if (base === "en" || base in others) return base;
  }
  return "en";
};

export const lang = pickLanguage();
const dictionary = lang === "en" ? english : (await others[lang]()).default;

const firstLocale = browser ? navigator.language : "en";
export const locale =
  cookie("leadhub_locale") || (firstLocale.toLowerCase().startsWith(lang) ? firstLocale : lang);

const knownZone = (zone) => {
  try {
    return zone && new Intl.DateTimeFormat("en", { timeZone: zone }) && zone;
  } catch {
    return "";
  }
};
const storedZone = () => {
  try {
    return localStorage.getItem("leadhub_tz");
  } catch {
    return "";
  }
};
export const timeZone = browser
  ? knownZone(cookie("leadhub_tz")) ||
    knownZone(storedZone()) ||
    Intl.DateTimeFormat().resolvedOptions().timeZone
  : "UTC";

if (browser) document.documentElement.lang = lang;

const cached = (make) => {
  const made = new Map();
  return (...args) => {
    const key = JSON.stringify(args);
    if (!made.has(key)) made.set(key, make(...args));
    return made.get(key);
  };
};
const numberFormat = cached((options) => new Intl.NumberFormat(locale, options));
const dateFormat = cached((options) => new Intl.DateTimeFormat(locale, options));
const relativeFormat = cached(() => new Intl.RelativeTimeFormat(lang, { numeric: "auto" }));
const pluralRules = cached(() => new Intl.PluralRules(lang));

const has = (value) => value !== null && value !== undefined && value !== "";

export const tr = (key, params) => {
  let entry = dictionary[key] ?? english[key];
  if (entry === undefined) {
    if (has(key)) console.warn(`LeadHub: no text for ${key}`);
    return key || "";
  }
  if (typeof entry !== "string")
    entry = entry[pluralRules().select(Number(params?.count ?? 0))] ?? entry.other;
  if (!params) return entry;
  return entry.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = params[name] ?? (params[name + "_label"] && tr(params[name + "_label"]));
    if (value === undefined || value === null) return "";
    return typeof value === "number" ? numberFormat().format(value) : String(value);
  });
};

export const hasText = (key) => key in english;

const dayOnly = /^\d{4}-\d{2}-\d{2}$/;
// A plain date has no time zone: it is the same day everywhere.
const asDate = (value) =>
  dayOnly.test(value) ? [new Date(value + "T12:00:00Z"), "UTC"] : [new Date(value), timeZone];

const dated = (options) => (value) => {
  if (!has(value)) return "";
  const [date, zone] = asDate(value);
  return isNaN(date) ? String(value) : dateFormat({ ...options, timeZone: zone }).format(date);
};
export const fmtDate = dated({ day: "numeric", month: "short", year: "numeric" });
export const fmtDateShort = dated({ day: "numeric", month: "short" });
export const fmtDateTime = dated({
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit",
});
export const fmtTime = dated({ hour: "2-digit", minute: "2-digit" });

export const today = () =>
  new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date());

const UNITS = [
  ["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60],
];
export const fmtRelative = (value) => {
  if (!has(value)) return "";
  if (dayOnly.test(value)) {
    const days = Math.round((Date.parse(value) - Date.parse(today())) / 86400000);
    if (isNaN(days)) return String(value);
    for (const [unit, seconds] of UNITS.slice(0, 3))
      if (Math.abs(days) * 86400 >= seconds * (unit === "week" ? 2 : 1))
        return relativeFormat().format(Math.trunc((days * 86400) / seconds), unit);
    return relativeFormat().format(days, "day");
  }
  const seconds = (new Date(value) - Date.now()) / 1000;
  if (isNaN(seconds)) return String(value);
  for (const [unit, size] of UNITS)
    if (Math.abs(seconds) >= size) return relativeFormat().format(Math.trunc(seconds / size), unit);
  return tr("ui.just_now");
};

// What is still open and due: "3 days overdue", "due today", "in 2 days".
export const fmtDue = (value) => {
  if (!has(value)) return "";
  const day = dayOnly.test(value)
    ? value
    : new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }).format(new Date(value));
  const days = Math.round((Date.parse(day) - Date.parse(today())) / 86400000);
  if (days < 0) return tr("ui.overdue_days", { count: -days });
  if (days === 0) return new Date(value) < new Date() && !dayOnly.test(value) ? tr("ui.overdue_today") : tr("ui.due_today");
  return relativeFormat().format(days, "day");
};
export const isOverdue = (value) => {
  if (!has(value)) return false;
  return dayOnly.test(value) ? value < today() : new Date(value) < new Date();
};

const fractionDigits = cached(
  (currency) => new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits,
);
const moneyWith = (minor, currency, options) => {
  if (!has(minor)) return "";
  const code = currency || "EUR";
  try {
    const amount = Number(minor) / 10 ** fractionDigits(code);
    return numberFormat({ style: "currency", currency: code, ...options(amount) }).format(amount);
  } catch {
    return `${minor} ${code}`;
  }
};
export const fmtMoney = (minor, currency) =>
  moneyWith(minor, currency, (amount) => (Number.isInteger(amount) ? { minimumFractionDigits: 0, maximumFractionDigits: 0 } : {}));
export const fmtMoneyCompact = (minor, currency) =>
  moneyWith(minor, currency, () => ({ notation: "compact", minimumFractionDigits: 0, maximumFractionDigits: 1 }));
export const fmtNumber = (value) => (has(value) ? numberFormat().format(Number(value)) : "");
export const fmtCompact = (value) =>
  has(value) ? numberFormat({ notation: "compact", maximumFractionDigits: 1 }).format(Number(value)) : "";
export const fmtPercent = (value) =>
  has(value) ? numberFormat({ style: "percent", maximumFractionDigits: 0 }).format(Number(value)) : "";
export const fmtBytes = (value) => {
  if (!has(value)) return "";
  const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
  let size = Number(value), step = 0;
  while (size >= 1000 && step < 3) { size /= 1000; step += 1; }
  return numberFormat({ style: "unit", unit: units[step], unitDisplay: "short", maximumFractionDigits: step ? 1 : 0 }).format(size);
};
// The ISO instant as the value of <input type="datetime-local"> in the user's time zone.
export const toLocalInput = (value) => {
  if (!has(value)) return "";
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat("en-CA", {
      timeZone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(new Date(value)).map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}`;
};
export const initialsOf = (name) => {
  const words = String(name || "").trim().split(/\s+/).filter(Boolean);
  if (!words.length) return "?";
  const first = [...words[0]][0], last = words.length > 1 ? [...words[words.length - 1]][0] : "";
  return (first + last).toUpperCase();
};
export const hueOf = (name) => {
  let hash = 0;
  for (const char of String(name || "")) hash = (hash * 31 + char.codePointAt(0)) % 997;
  return hash % 8;
};

const remember = (name, value) => {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; SameSite=Lax`;
};
export const setLanguage = (code) => {
  remember("leadhub_lang", code);
  window.location.reload();
};
export const setTimeZone = (zone) => {
  remember("leadhub_tz", zone);
  window.location.reload();
};

if (browser) window.leadhub = { ...window.leadhub, lang, locale, timeZone, tr, setLanguage, setTimeZone };
