/* Keys and small kindnesses of the desk. Every page works without this file. */

(function () {
  "use strict";

  const rows = Array.from(document.querySelectorAll(".wl tbody tr"));
  let at = -1;

  function select(place) {
    if (!rows.length) { return; }
    if (rows[at]) { rows[at].removeAttribute("aria-selected"); }
    at = Math.max(0, Math.min(rows.length - 1, place));
    rows[at].setAttribute("aria-selected", "true");
    rows[at].scrollIntoView({ block: "nearest" });
  }

  function follow(selector) {
    const link = rows[at] && rows[at].querySelector(selector);
    if (link) { link.click(); }
  }

  function isTyping(target) {
    return target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog") !== null;
  }

  /* --- Ticking rows --- */

  const boxes = Array.from(document.querySelectorAll(".wl [name=case]"));
  const said = document.querySelector("[data-chosen]");

  function count() {
    const number = boxes.filter(function (box) { return box.checked; }).length;
    if (said) { said.textContent = number ? "已选 " + number + " 件：" : "勾选申请后："; }
  }

  function tick(wanted) {
    boxes.forEach(function (box) { box.checked = wanted; });
    count();
  }

  boxes.forEach(function (box) { box.addEventListener("change", count); });
  count();

  /* --- Single keys: can be turned off, for those whose software types letters itself --- */

  const help = document.getElementById("keys-help");
  const allowed = document.getElementById("keys-on");
  const SWITCH = "desk-keys";

  function keysOn() {
    try { return window.localStorage.getItem(SWITCH) !== "off"; } catch (error) { return true; }
  }

  if (allowed) {
    allowed.checked = keysOn();
    allowed.addEventListener("change", function () {
      try { window.localStorage.setItem(SWITCH, allowed.checked ? "on" : "off"); } catch (error) { allowed.checked = true; }
    });
  }

  const keys = {
    j: function () { select(at + 1); },
    k: function () { select(at - 1); },
    Enter: function () { follow(".no"); },
    ".": function () { follow(".x-nx a"); },
    e: function () { follow(".x-du a"); },
    x: function () {
      const box = rows[at] && rows[at].querySelector("[name=case]");
      if (box) { box.checked = !box.checked; count(); }
    },
    A: function () { tick(true); },
    Escape: function () { tick(false); },
    "?": function () { if (help && !help.open) { help.showModal(); } },
    "/": function () {
      const box = document.getElementById("desk-search");
      if (box) { box.focus(); box.select(); }
    },
  };

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey && event.key === "Enter") {
      const form = event.target.closest("form");
      if (form) { event.preventDefault(); form.requestSubmit(); }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) { return; }
    if (event.key === "Enter" && event.target.closest("a, button, summary")) { return; }
    if (!keysOn() && event.key !== "?" && event.key !== "Escape") { return; }
    const known = keys[event.key];
    if (known) { event.preventDefault(); known(); return; }
    const place = event.key === "0" ? 9 : Number(event.key) - 1;
    const tab = /^[0-9]$/.test(event.key) && document.querySelectorAll(".tabs a")[place];
    const link = tab || document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
    if (link) { event.preventDefault(); link.click(); }
  });

  /* A second click on a slow form sends nothing twice; the server would refuse it anyway. */
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.method !== "post") { return; }
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
  });
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  /* The list of what must be mended is read first. */
  const slips = document.querySelector("[data-focus]");
  if (slips) { slips.focus(); }

  /* The number of a case on the clipboard. */
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) { return; }
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy).then(function () { button.textContent = "已复制"; });
    });
  });

  /* Filters apply as soon as one is chosen. */
  document.querySelectorAll(".filters select").forEach(function (choice) {
    choice.addEventListener("change", function () { choice.form.requestSubmit(); });
  });
}());
