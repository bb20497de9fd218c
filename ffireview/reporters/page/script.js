"use strict";
(() => {
  const list = document.getElementById("entries");
  const toolbar = document.getElementById("toolbar");
  if (!list || !toolbar) return;

  const control = (id) => document.getElementById(id);
  const entries = Array.from(list.children, (item, rank) => ({
    item,
    rank,
    text: item.querySelector(".head").textContent.toLowerCase() + " " + item.id,
    data: item.dataset,
  }));
  const words = new Intl.Collator("en", { numeric: true });
  const byPlace = (a, b) =>
    words.compare(a.data.path, b.data.path) || a.data.line - b.data.line || a.rank - b.rank;
  const orders = {
    "": (a, b) => a.rank - b.rank,
    risk: (a, b) => b.data.risk - a.data.risk || a.rank - b.rank,
    path: byPlace,
    kind: (a, b) => words.compare(a.data.kind, b.data.kind) || a.rank - b.rank,
  };

  function passes(entry) {
    const only = control("only").value;
    for (const field of ["change", "band", "kind", "area"]) {
      const wanted = control(field)?.value;
      if (wanted && entry.data[field] !== wanted) return false;
    }
    if (only && entry.data[only] === "0") return false;
    const parts = control("text").value.toLowerCase().split(/\s+/).filter(Boolean);
    return parts.every((part) => entry.text.includes(part));
  }

  function filter() {
    let shown = 0;
    for (const entry of entries) {
      entry.item.hidden = !passes(entry);
      shown += entry.item.hidden ? 0 : 1;
    }
    control("shown").value = `${shown} of ${entries.length}`;
  }

  function order() {
    list.append(...entries.slice().sort(orders[control("order").value]).map((entry) => entry.item));
  }

  function visible() {
    return Array.from(list.querySelectorAll(":scope > li:not([hidden]) > details > summary"));
  }

  function move(step) {
    const all = visible();
    const here = document.activeElement.closest?.("#entries > li");
    const at = here ? all.findIndex((summary) => here.contains(summary)) : -1;
    const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
    all[next]?.focus();
    all[next]?.scrollIntoView({ block: "nearest" });
  }

  function pressed(event) {
    const typing = event.target.closest?.("input:not([type=checkbox]), select, textarea");
    if (event.key === "Escape" && event.target === control("text")) {
      control("text").value = "";
      filter();
      event.target.blur();
      return;
    }
    if (typing || event.ctrlKey || event.metaKey || event.altKey || !control("keys").checked) return;
    const actions = { j: () => move(1), k: () => move(-1), "/": () => control("text").focus() };
    if (actions[event.key]) {
      event.preventDefault();
      actions[event.key]();
    }
  }

  function reveal() {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target || !list.contains(target)) return;
    const item = target.closest("#entries > li");
    item.hidden = false;
    item.querySelectorAll(":scope > details").forEach((details) => (details.open = true));
    item.scrollIntoView();
  }

  function openAll() {
    const closed = visible().some((summary) => !summary.parentElement.open);
    for (const summary of visible()) summary.parentElement.open = closed;
    control("all").textContent = closed ? "Close all" : "Open all";
  }

  function only(name) {
    control("text").value = name;
    filter();
    control("list").scrollIntoView();
    control("text").focus({ preventScroll: true });
  }

  for (const head of document.querySelectorAll("tr[data-component] > th")) {
    const name = head.parentElement.dataset.component;
    const button = document.createElement("button");
    button.type = "button";
    button.title = "Only the entries of this";
    button.append(...head.childNodes);
    button.addEventListener("click", () => only(name));
    head.append(button);
  }
  toolbar.addEventListener("submit", (event) => event.preventDefault());
  toolbar.addEventListener("input", filter);
  control("order").addEventListener("change", order);
  control("all").addEventListener("click", openAll);
  document.addEventListener("keydown", pressed);
  addEventListener("hashchange", reveal);
  toolbar.hidden = false;
  filter();
  reveal();
})();
