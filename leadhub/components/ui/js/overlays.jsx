// Dialog, drawer, menus and tabs on Ariakit, which brings focus, keys and roles.
import { useState } from "react";
import {
  Dialog as Modal, DialogDismiss, DialogHeading, DialogDescription,
  Menu, MenuButton, MenuItem as Item, MenuProvider, MenuSeparator, useMenuStore,
  Popover as Pop, PopoverDisclosure, PopoverProvider,
  Tab as OneTab, TabList, TabPanel as Panel, TabProvider,
} from "@ariakit/react";
import { Link } from "react-router";
import { tr } from "./texts";

const Cross = () => (
  <svg className="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" aria-hidden="true">
    <path d="M6 6l12 12M18 6L6 18" />
  </svg>
);

export function Dialog({ open, onClose, title, description, size = "", kind = "dialog", role = "dialog", children }) {
  return (
    <Modal
      open={!!open} onClose={(event) => { event.preventDefault(); onClose?.(); }} unmountOnHide role={role}
      className={kind === "drawer" ? "drawer " + size : "dialog " + size}
      hideOnInteractOutside={role === "dialog" && kind === "drawer"}
      backdrop={<div className="scrim" />}
    >
      <div className="dialog-head">
        <DialogHeading render={<h2 />}>{title}</DialogHeading>
        {role === "dialog" && (
          <DialogDismiss className="btn icon-only ghost sm" aria-label={tr("ui.close")} data-tip={tr("ui.close")}><Cross /></DialogDismiss>
        )}
      </div>
      {description && <DialogDescription className="dialog-desc">{description}</DialogDescription>}
      <div className="dialog-body">{children}</div>
    </Modal>
  );
}

export const MenuRoot = ({ children, placement = "bottom-start" }) => <MenuProvider placement={placement}>{children}</MenuProvider>;
export const MenuTrigger = ({ className, label, children }) => (
  <MenuButton className={className} aria-label={label || undefined} data-tip={label || undefined} onClick={(event) => event.stopPropagation()}>
    {children}
  </MenuButton>
);
export const MenuContent = ({ label, children }) => (
  <Menu className="popup" gutter={4} fixed unmountOnHide aria-label={label || undefined} onClick={(event) => event.stopPropagation()}>{children}</Menu>
);
export function MenuItem({ onPick, href, disabled, tone = "", hint, children }) {
  return (
    <Item
      className={"menu-item " + tone} disabled={!!disabled} onClick={() => onPick?.()} aria-description={hint || undefined}
      render={href ? <Link to={href} /> : undefined}
    >
      {children}
      {hint && <span className="hint" aria-hidden="true">{hint}</span>}
    </Item>
  );
}
export const SubMenu = ({ label, mark, children }) => (
  <MenuProvider placement="right-start">
    <MenuButton className="menu-item" render={<Item />}>
      {mark}{label}
      <svg className="icon sm" style={{ marginLeft: "auto" }} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.75" aria-hidden="true"><path d="m9 6 6 6-6 6" /></svg>
    </MenuButton>
    <Menu className="popup" gutter={2} shift={-5} fixed portal overlap unmountOnHide aria-label={label}>{children}</Menu>
  </MenuProvider>
);
export const MenuRule = () => <MenuSeparator className="menu-sep" />;

export function ContextMenu({ items, label, children }) {
  const [at, setAt] = useState({ x: 0, y: 0 });
  const menu = useMenuStore({ placement: "bottom-start" });
  const show = (event) => {
    event.preventDefault();
    const box = event.target.getBoundingClientRect();
    setAt(event.clientX ? { x: event.clientX, y: event.clientY } : { x: box.left + 12, y: box.bottom });
    menu.show();
  };
  return (
    <>
      <div onContextMenu={show} style={{ display: "contents" }}>{children}</div>
      <Menu store={menu} className="popup" portal modal unmountOnHide aria-label={label} getAnchorRect={() => at}>
        {items}
      </Menu>
    </>
  );
}

export const PopoverRoot = ({ children, placement = "bottom-start" }) => <PopoverProvider placement={placement}>{children}</PopoverProvider>;
export const PopoverTrigger = ({ className, label, children }) => (
  <PopoverDisclosure className={className} aria-label={label || undefined} data-tip={label || undefined}>{children}</PopoverDisclosure>
);
export const PopoverContent = ({ label, children }) => (
  <Pop className="popup" gutter={4} fixed unmountOnHide aria-label={label} style={{ padding: 12 }}>{children}</Pop>
);

export function Tabs({ value, onChange, label, tabs, children }) {
  return (
    <TabProvider selectedId={value} setSelectedId={(id) => id && id !== value && onChange?.(id)} selectOnMove={false}>
      <TabList className="tabs" aria-label={label}>
        {tabs.map((tab) => (
          <OneTab key={tab.value} id={tab.value} className="tab">
            {tab.label}
            {tab.count !== undefined && tab.count !== null && <span className="count" aria-hidden="true">{tab.count}</span>}
          </OneTab>
        ))}
      </TabList>
      <Panel className="tab-panel" tabId={value} key={value}>{children}</Panel>
    </TabProvider>
  );
}
