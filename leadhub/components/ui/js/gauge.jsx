import { tr } from "./texts";

const MARKS = {
  high: "M9 5.2 12.2 11H5.8z",
  medium: "M5.8 7.9h6.4v2.2H5.8z",
  low: "M9 12.8 5.8 7h6.4z",
};

export const bandOf = (score) => (score >= 80 ? "high" : score >= 50 ? "medium" : score >= 1 ? "low" : "none");

export function ScoreGauge({ score, label, size = 18, provisional }) {
  const band = bandOf(score || 0);
  const turn = 2 * Math.PI * 7.5;
  const name =
    band === "none" ? tr("ui.score_none", { label }) : tr("ui.score_named", { label, score, band: tr("ui.band_" + band) });
  return (
    <span className={"gauge " + band} role="img" aria-label={name}>
      <svg width={size} height={size} viewBox="0 0 18 18" fill="none" strokeWidth="2.2" aria-hidden="true">
        <circle className="track" cx="9" cy="9" r="7.5" strokeDasharray={band === "none" ? "2 2" : undefined} />
        {band !== "none" && (
          <circle
            className="arc" cx="9" cy="9" r="7.5" strokeLinecap="round" transform="rotate(-90 9 9)"
            strokeDasharray={provisional ? "1.5 2.4" : `${(turn * score) / 100} ${turn}`}
          />
        )}
        {MARKS[band] && <path className="mark" d={MARKS[band]} />}
      </svg>
      <b>{band === "none" ? "–" : score}</b>
    </span>
  );
}
