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
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  const keys = {
    j: function () { select(at + 1); },
    k: function () { select(at - 1); },
    Enter: function () { follow(".no"); },
    ".": function () { follow(".x-nx a"); },
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
    if (event.key === "Enter" && event.target.closest("a, button")) { return; }
    const known = keys[event.key];
    if (known) { event.preventDefault(); known(); return; }
    const tab = /^[1-9]$/.test(event.key) && document.querySelectorAll(".tabs a")[Number(event.key) - 1];
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

  /* Filters apply as soon as one is chosen. */
  document.querySelectorAll(".filters select").forEach(function (choice) {
    choice.addEventListener("change", function () { choice.form.requestSubmit(); });
  });
}());
