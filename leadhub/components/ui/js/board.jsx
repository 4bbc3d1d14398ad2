import { lazy, Suspense } from "react";
import { tr } from "./texts";

const Board = lazy(() => import("./board_dnd"));

// The drag and drop library loads only where a board is shown.
export const Kanban = (props) => (
  <Suspense fallback={<div className="option-note" role="status">{tr("ui.loading")}</div>}><Board {...props} /></Suspense>
);
