// A board of cards in columns, moved by mouse, touch or keyboard.
import { useEffect, useMemo, useRef, useState } from "react";
import {
  DndContext, DragOverlay, KeyboardSensor, MouseSensor, TouchSensor, pointerWithin, rectIntersection, useDraggable, useDroppable, useSensor, useSensors,
} from "@dnd-kit/core";
import { Link } from "react-router";
import { ScoreGauge } from "./gauge";
import { fmtCompact, fmtDue, fmtMoney, fmtMoneyCompact, fmtNumber, hueOf, initialsOf, isOverdue, tr } from "./texts";

function CardFace({ card }) {
  return (
    <>
      {card.href ? <Link to={card.href} draggable={false} tabIndex={-1}>{card.title}</Link> : <strong>{card.title}</strong>}
      {card.subtitle && <div className="sub truncate">{card.subtitle}</div>}
      <div className="meta">
        {card.amount_minor != null && <span className="tnum">{fmtMoney(card.amount_minor, card.currency)}</span>}
        {card.score > 0 && <ScoreGauge score={card.score} label={card.score_label || ""} size={15} />}
        {card.due_on && <span className={"tnum truncate" + (isOverdue(card.due_on) ? " overdue" : "")}>{fmtDue(card.due_on)}</span>}
        <span className="grow" />
        {card.owner && <span className={"avatar sm hue-" + hueOf(card.owner)} data-tip={card.owner} aria-label={card.owner} role="img">{initialsOf(card.owner)}</span>}
      </div>
    </>
  );
}

function Card({ card, onOpen }) {
  const { attributes, listeners, setNodeRef, isDragging } = useDraggable({ id: String(card.id), data: { card } });
  const { role: _role, ...rest } = attributes;
  return (
    <div ref={setNodeRef} {...rest} {...listeners} role="group" aria-label={card.title} className="board-card" data-dragging={isDragging}
      onClick={(event) => { if (!event.target.closest("a")) onOpen?.(String(card.id)); }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && !isDragging) { event.preventDefault(); event.stopPropagation(); onOpen?.(String(card.id)); } else listeners?.onKeyDown?.(event);
      }}>
      <CardFace card={card} />
    </div>
  );
}

function Column({ column, cards, onOpen, onLoadMore, currency }) {
  const { setNodeRef, isOver } = useDroppable({ id: column.key });
  const titleId = "board-" + column.key;
  return (
    <section ref={setNodeRef} className="board-col" data-over={isOver} aria-labelledby={titleId} data-column={column.key}>
      <header>
        <h2 id={titleId} className="truncate">{column.label}</h2>
        <span className="count">{column.count == null ? "…" : column.count > 9999 ? fmtCompact(column.count) : fmtNumber(column.count)}</span>
        {column.sum_minor != null && <span className="sum">{fmtMoneyCompact(column.sum_minor, column.currency || currency)}</span>}
      </header>
      <div className="board-cards" role="list" aria-labelledby={titleId}>
        {cards.map((card) => <div role="listitem" key={card.id}><Card card={card} onOpen={onOpen} /></div>)}
        {!cards.length && <p role="listitem" className="option-note">{tr("ui.column_empty")}</p>}
        {(column.more ?? column.count > cards.length) && (
          <div role="listitem"><button type="button" className="btn ghost sm block" aria-description={column.label} onClick={() => onLoadMore?.(column.key)}>{tr("ui.load_more")}</button></div>
        )}
      </div>
    </section>
  );
}

export default function Board({ columns, cards, onMove, onOpen, onLoadMore, currency }) {
  const [moved, setMoved] = useState({});
  const [held, setHeld] = useState(null);
  const board = useRef(null);
  // What was dropped stays where it was dropped until the server has spoken.
  useEffect(() => setMoved({}), [cards]);
  const byColumn = useMemo(() => {
    const lists = Object.fromEntries(columns.map((column) => [column.key, []]));
    for (const card of cards) lists[moved[card.id] ?? card.column]?.push(card);
    return lists;
  }, [columns, cards, moved]);

  // An arrow key goes to the next column, whatever its width.
  const nextColumn = (event, { currentCoordinates, context }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.code];
    if (!step) return undefined;
    event.preventDefault();
    const places = [...board.current.querySelectorAll("[data-column]")];
    const middle = currentCoordinates.x + (context.collisionRect?.width ?? 0) / 2;
    const now = places.reduce((best, place, index) => {
      const box = place.getBoundingClientRect();
      const far = Math.abs((box.left + box.right) / 2 - middle);
      return far < best.far ? { far, index } : best;
    }, { far: Infinity, index: 0 }).index;
    const target = places[Math.min(places.length - 1, Math.max(0, now + step))];
    target.scrollIntoView({ inline: "nearest", block: "nearest" });
    const box = target.getBoundingClientRect();
    return { x: box.left + 9, y: box.top + 48 };
  };
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: nextColumn, keyboardCodes: { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] } }),
  );
  const label = (key) => columns.find((column) => column.key === key)?.label ?? "";
  const said = (key) => ({ active, over }) => tr(key, { card: active.data.current?.card.title, column: over ? label(over.id) : "" });
  const drop = ({ active, over }) => {
    const card = held;
    setHeld(null);
    if (!over || !card || over.id === (moved[card.id] ?? card.column)) return;
    setMoved((before) => ({ ...before, [card.id]: over.id }));
    onMove?.(String(card.id), String(over.id));
    // A move that the server refuses changes no card: put it back.
    setTimeout(() => setMoved(({ [card.id]: _gone, ...rest }) => rest), 4000);
  };
  return (
    <DndContext sensors={sensors} autoScroll={{ threshold: { x: 0.06, y: 0.1 } }} onDragStart={({ active }) => setHeld(active.data.current.card)} onDragEnd={drop} onDragCancel={() => setHeld(null)}
      collisionDetection={(args) => { const hit = pointerWithin(args); return hit.length ? hit : rectIntersection(args); }}
      accessibility={{
        screenReaderInstructions: { draggable: tr("ui.move_help") },
        announcements: { onDragStart: said("ui.card_picked_up"), onDragOver: said("ui.card_over"), onDragEnd: said("ui.card_dropped"), onDragCancel: said("ui.card_put_back") },
      }}>
      <div className="board" ref={board}>
        {columns.map((column) => <Column key={column.key} {...{ column, cards: byColumn[column.key] ?? [], onOpen, onLoadMore, currency }} />)}
      </div>
      <DragOverlay dropAnimation={null}>{held && <div className="board-card overlay"><CardFace card={held} /></div>}</DragOverlay>
    </DndContext>
  );
}
