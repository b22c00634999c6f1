/*
 * Files go up one by one as soon as they are chosen, each with a bar that tells how far it is.
 * Without this script the same control sends them with the form; the same address keeps them.
 */
(() => {
  "use strict";

  const HEADER = "X-Upload-Field";
  const LOST = "没有传上去，请看看网络，再选一次。";

  /** How many controls of a form are sending; and the button that waits for them. */
  const busy = new Map();
  const waiting = new Map();

  addEventListener("submit", (event) => {
    if (!busy.get(event.target)) return;
    event.preventDefault();
    waiting.set(event.target, event.submitter);
  });

  /** Show one file on its way; returns what moves the bar and what takes it away. */
  const line = (box, name) => {
    const row = document.createElement("div");
    const label = document.createElement("span");
    const bar = document.createElement("progress");
    const told = document.createElement("span");
    row.className = "sending-row";
    label.textContent = name;
    bar.max = 100;
    bar.value = 0;
    bar.setAttribute("aria-label", `正在上传 ${name}`);
    row.append(label, bar, told);
    box.append(row);
    box.hidden = false;
    return {
      move: (share) => {
        bar.value = Math.round(share * 100);
        told.textContent = share < 1 ? `${bar.value}%` : "正在检查";
      },
      done: () => {
        row.remove();
        box.hidden = !box.children.length;
      },
    };
  };

  const send = (form, field, file, moved) =>
    new Promise((resolve) => {
      const body = new FormData(form);
      for (const control of form.querySelectorAll('input[type="file"]')) body.delete(control.name);
      body.append(field, file, file.name);
      const call = new XMLHttpRequest();
      call.open("POST", form.action || location.href);
      call.setRequestHeader(HEADER, field);
      call.upload.addEventListener("progress", (event) => {
        if (event.lengthComputable) moved(event.loaded / event.total);
      });
      call.addEventListener("loadend", () => resolve(call.status === 200 ? call.responseText : null));
      call.send(body);
    });

  /** Say why a file did not come in, beside the control and to a screen reader. */
  const complain = (kept, name) => {
    const told = document.createElement("p");
    told.className = "invalid-feedback";
    told.setAttribute("role", "alert");
    told.textContent = `“${name}”${LOST}`;
    kept.prepend(told);
  };

  for (const box of document.querySelectorAll("[data-upload]")) {
    const control = box.querySelector('input[type="file"]');
    const sending = box.querySelector("[data-sending]");
    const kept = box.querySelector("[data-kept]");
    const form = control.form;

    control.addEventListener("change", async () => {
      const files = [...control.files];
      const refused = [];
      // What is sent here must not go a second time with the form.
      control.value = "";
      busy.set(form, (busy.get(form) ?? 0) + 1);
      for (const file of files) {
        const row = line(sending, file.name);
        const answer = await send(form, box.dataset.upload, file, row.move);
        row.done();
        if (answer === null) {
          complain(kept, file.name);
          continue;
        }
        kept.innerHTML = answer;
        const problem = kept.querySelector(".invalid-feedback");
        if (problem) refused.push(problem);
      }
      // The answer to the last file replaces what was said of those before it.
      for (const problem of refused) if (!problem.isConnected) kept.prepend(problem);
      busy.set(form, busy.get(form) - 1);
      if (!refused.length && files.length) {
        control.classList.remove("is-invalid");
        box.querySelector(":scope > .invalid-feedback")?.remove();
      }
      if (!busy.get(form) && waiting.has(form)) {
        const button = waiting.get(form);
        waiting.delete(form);
        form.requestSubmit(button);
      }
    });

  }
})();
