/* Registering: dates and likes shown as one types, a bar while scans go up. All of it works without. */

(function () {
  "use strict";

  const form = document.querySelector("form[data-intake]");
  if (!form) { return; }

  /* --- The day of receipt as one types; the server works it out, here nothing is counted --- */

  const WATCHED = ["channel", "arrived_on", "confirmed_on", "identity_number", "description", "document_name"];
  let asked = 0;

  function preview() {
    const mine = asked += 1;
    const sent = new FormData(form);
    Array.from(sent.entries()).forEach(function (pair) {
      if (pair[1] instanceof File) { sent.delete(pair[0]); }
    });
    sent.set("preview", "yes");
    window.fetch(form.action || window.location.href, {
      method: "POST", body: sent, credentials: "same-origin", headers: { "X-Requested-With": "fetch" },
    }).then(function (answer) {
      return answer.ok ? answer.text() : "";
    }).then(function (text) {
      if (!text || mine !== asked) { return; }
      const answered = new DOMParser().parseFromString(text, "text/html");
      ["derived", "channel-rules"].forEach(function (part) {
        const old = document.getElementById(part);
        const fresh = answered.getElementById(part);
        if (old && fresh) { old.replaceWith(fresh); }
      });
    }).catch(function () { /* the button below does the same */ });
  }

  form.addEventListener("change", function (event) {
    if (WATCHED.includes(event.target.name)) { preview(); }
  });

  /* --- Sending scans over a slow line: how far it is --- */

  form.addEventListener("submit", function (event) {
    const files = Array.from(form.querySelectorAll("input[type=file]")).some(function (input) { return input.files.length; });
    if (!files || (event.submitter && event.submitter.name === "preview")) { return; }
    event.preventDefault();
    const bar = document.createElement("progress");
    bar.max = 100;
    bar.setAttribute("aria-label", "正在上传扫描件");
    form.querySelector(".foot").append(bar);
    const request = new XMLHttpRequest();
    request.open("POST", form.action || window.location.href);
    request.upload.addEventListener("progress", function (step) {
      if (step.lengthComputable) { bar.value = 100 * step.loaded / step.total; }
    });
    request.addEventListener("load", function () {
      window.history.replaceState(null, "", request.responseURL || window.location.href);
      document.open();
      document.write(request.responseText);
      document.close();
    });
    request.addEventListener("error", function () { bar.remove(); delete form.dataset.sent; form.submit(); });
    request.send(new FormData(form));
  });
}());
