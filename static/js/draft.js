/*
 * A copy of what is typed, on the applicant's own machine, for a tab that is closed or a session
 * that ends. Text alone: never a number of a paper, never a file. It can be switched off for a
 * machine that others use, and it goes when the application is filed.
 */
(() => {
  "use strict";

  const STORE = "jc-filing";
  const OFF = "jc-filing-off";
  const DAYS = 3;

  let store;
  try {
    store = window.localStorage;
    store.getItem(STORE);
  } catch {
    return; // no place to keep anything: the server's own draft is enough
  }

  const read = () => {
    try {
      const kept = JSON.parse(store.getItem(STORE) ?? "{}");
      const fresh = Date.now() - (kept.at ?? 0) < DAYS * 86400000;
      return fresh ? (kept.steps ?? {}) : {};
    } catch {
      return {};
    }
  };
  const clear = () => store.removeItem(STORE);

  if (document.querySelector("[data-draft-clear]")) {
    clear();
    return;
  }
  const form = document.querySelector("form[data-draft]");
  const panel = document.querySelector("[data-draft-panel]");
  if (!form || !panel) return;

  const step = form.dataset.draft;
  const fields = [...form.elements].filter(
    (each) =>
      each.name &&
      !("private" in each.dataset) &&
      (each.tagName === "TEXTAREA" || ["text", "email", "tel"].includes(each.type)),
  );
  const typed = () =>
    Object.fromEntries(fields.filter((each) => each.value.trim()).map((each) => [each.name, each.value]));
  const save = () => {
    if (store.getItem(OFF)) return;
    const steps = { ...read(), [step]: typed() };
    try {
      store.setItem(STORE, JSON.stringify({ at: Date.now(), steps }));
    } catch {
      clear(); // the store is full; a half copy would be worse than none
    }
  };

  const shared = panel.querySelector("[data-draft-off]");
  shared.checked = Boolean(store.getItem(OFF));
  panel.hidden = false;
  shared.addEventListener("change", () => {
    if (shared.checked) {
      store.setItem(OFF, "yes");
      clear();
    } else {
      store.removeItem(OFF);
      save();
    }
  });

  // Offer what is kept here where the page that came is empty.
  const kept = read()[step] ?? {};
  const missing = fields.filter((each) => !each.value.trim() && kept[each.name]);
  const offer = panel.querySelector("[data-draft-offer]");
  if (missing.length && offer) {
    offer.hidden = false;
    offer.querySelector("[data-draft-back]").addEventListener("click", () => {
      for (const each of missing) {
        each.value = kept[each.name];
        each.dispatchEvent(new Event("input", { bubbles: true }));
        const fold = each.closest("details");
        if (fold) fold.open = true;
      }
      offer.hidden = true;
      missing[0].focus();
    });
    offer.querySelector("[data-draft-no]").addEventListener("click", () => {
      clear();
      offer.hidden = true;
    });
  }

  form.addEventListener("input", save);
  for (const button of document.querySelectorAll('button[form="discard"]')) {
    button.addEventListener("click", clear);
  }
})();
