import { tr } from "./texts";

const MARK = {
  done: <path d="m5 12 5 5L20 7" />,
  skipped: <path d="m6 6 6 6-6 6m7-12 6 6-6 6" />,
  off: <path d="M5 12h14" />,
};

// stages: [{key, label, state, outcome, reason, tip}]; state: done | skipped | current | open | off | disabled
export function StageBar({ stages, onPick, busy }) {
  const describe = (stage) =>
    [stage.state in MARK ? tr("ui.stage_" + stage.state) : "", stage.reason, stage.tip].filter(Boolean).join(". ");
  return (
    <div className="stages" role="group" aria-label={tr("ui.stages")}>
      {(stages || []).map((stage) => {
        const current = stage.state === "current";
        const shut = stage.state === "off" || stage.state === "disabled" || !!stage.reason || busy;
        return (
          <div className="stage" key={stage.key} data-state={stage.state} data-outcome={stage.outcome || undefined}>
            <button type="button" aria-current={current ? "step" : undefined} aria-disabled={shut && !current ? true : undefined}
              aria-description={describe(stage) || undefined} data-tip={stage.reason || stage.tip || undefined}
              onClick={() => !current && !shut && onPick?.(stage.key)}>
              {MARK[stage.state] && (
                <svg width="13" height="13" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.4" aria-hidden="true">{MARK[stage.state]}</svg>
              )}
              <span>{stage.label}</span>
              {stage.tip && (
                <svg width="13" height="13" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" aria-hidden="true" opacity=".75">
                  <circle cx="12" cy="12" r="9" /><path d="M12 11v5M12 7.6v.2" strokeLinecap="round" />
                </svg>
              )}
            </button>
          </div>
        );
      })}
    </div>
  );
}
