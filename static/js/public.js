/*
 * Small helps on top of pages that work without them: a counter under long texts, the focus on the
 * error summary, a button that is pressed once, printing. Nothing here is needed to file or follow.
 */
(() => {
  "use strict";

  for (const counter of document.querySelectorAll("[data-count-for]")) {
    const text = document.getElementById(counter.dataset.countFor);
    if (!text) continue;
    const show = () => {
      const typed = [...text.value].length;
      counter.textContent = `${typed} / ${text.dataset.count}`;
    };
    counter.hidden = false;
    text.addEventListener("input", show);
    show();
  }

  document.querySelector("[data-focus]")?.focus();

  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "yes";
      // Coming back by the browser's button must find the form alive.
      addEventListener("pageshow", () => delete form.dataset.sent, { once: true });
    });
  }

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // A menu closes with Escape, and when the focus leaves it.
  for (const menu of document.querySelectorAll("details[data-menu]")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    menu.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
    });
  }

  // A file that is too large is named at once, before minutes are spent on sending it. In the
  // capturing phase, so that the script that sends files one by one is handed only what may go.
  addEventListener(
    "change",
    (event) => {
      const box = event.target.closest?.("[data-most]");
      if (!box || event.target.type !== "file") return;
      box.querySelector("[data-too-large]")?.remove();
      const most = Number(box.dataset.most) * 1048576;
      const large = [...event.target.files].filter((file) => most && file.size > most);
      if (!large.length) return;
      const rest = new DataTransfer();
      for (const file of event.target.files) if (!large.includes(file)) rest.items.add(file);
      event.target.files = rest.files;
      const told = document.createElement("p");
      told.className = "invalid-feedback";
      told.dataset.tooLarge = "";
      told.setAttribute("role", "alert");
      told.textContent = large
        .map((file) => `“${file.name}”有 ${Math.ceil(file.size / 1048576)} MB，没有选上：单个文件不超过 ${box.dataset.most} MB。`)
        .join("");
      event.target.after(told);
    },
    true,
  );

  // A way hidden by the chosen form must not stay chosen.
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("change", (event) => {
      if (event.target.name !== "form_wanted") return;
      const ways = [...form.querySelectorAll('[name="way_wanted"]')];
      const fitting = ways.filter((way) =>
        way.closest(".form-check").classList.contains(`fits-${event.target.value}`),
      );
      if (fitting.length && !fitting.some((way) => way.checked)) fitting[0].checked = true;
    });
  }
})();
